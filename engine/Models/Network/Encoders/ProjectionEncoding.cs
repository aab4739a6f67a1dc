using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>A layer, or the features of it that are not on the network, as one row a subject: embeddings of images or text, signatures, probes.</summary>
internal sealed class ProjectionEncoding : IModalityEncoding, IStored
{
    private readonly string _layer;
    private readonly LayerEncoding _encoding;
    private readonly int[] _kept;
    private readonly IReadOnlyList<string> _features;

    private ProjectionEncoding(string layer, LayerEncoding encoding, int[] kept) =>
        (_layer, _encoding, _kept, _features) = (layer, encoding, kept, encoding.Features);

    public string Name => $"{_layer} beside the network";

    /// <param name="training">Of the training subjects.</param>
    /// <param name="leaveOut">Features that go another way.</param>
    /// <returns>Null where no feature is left that varies.</returns>
    public static ProjectionEncoding? Fit(SubjectLayer training, IReadOnlySet<string> leaveOut)
    {
        var encoding = LayerEncoding.Fit(training);
        var features = encoding.Features;
        int[] kept = [.. Enumerable.Range(0, features.Count).Where(f => !leaveOut.Contains(features[f]))];
        return kept.Length == 0 ? null : new ProjectionEncoding(training.Layer.Name, encoding, kept);
    }

    public void Write(ModelWriter writer)
    {
        writer.Text(_layer);
        _encoding.Write(writer);
        writer.Ints(_kept);
    }

    public static ProjectionEncoding Read(ModelReader reader)
    {
        var (layer, encoding, kept) = (reader.Text(), LayerEncoding.Read(reader), reader.Ints());
        reader.Require(kept.Length > 0 && kept.All(f => (uint)f < (uint)encoding.Names.Count), $"features of the layer '{layer}' are read that are none of {encoding.Names.Count}");
        return new ProjectionEncoding(layer, encoding, kept);
    }

    public ModalityNumbers Encode(SubjectInputs inputs) => inputs.Remembered(this, () => EncodeAnew(inputs));

    private ModalityNumbers EncodeAnew(SubjectInputs inputs)
    {
        var values = new float[inputs.Count * _kept.Length];
        var isPresent = new bool[inputs.Count];
        if (inputs.Layers.FirstOrDefault(l => l.Layer.Name == _layer) is { } layer)
        {
            var encoded = _encoding.Encode(layer);
            for (var i = 0; i < inputs.Count; i++)
            {
                var row = encoded.Row(i);
                for (var k = 0; k < _kept.Length; k++)
                {
                    values[(i * _kept.Length) + k] = (float)row[_kept[k]];
                }

                isPresent[i] = LayerEncoding.IsPresent(layer, i);
            }
        }

        return new ModalityNumbers(values, 1, _kept.Length, isPresent);
    }

    public FeatureName? NameOf(int row, int column) => new(_layer, _features[_kept[column]]);

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) => new ProjectionEncoder(scope, _kept.Length, options);
}
