using DigitalTwin.Models.Network.Series;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>All modalities of a cohort the way training subjects taught.</summary>
internal sealed class InputEncoding
{
    private InputEncoding(IReadOnlyList<IModalityEncoding> modalities) => Modalities = modalities;

    /// <summary>Those of which training subjects say anything; the order is that of the tokens.</summary>
    public IReadOnlyList<IModalityEncoding> Modalities { get; }

    /// <param name="training">The training subjects.</param>
    /// <param name="options">Which network, which embeddings.</param>
    /// <param name="findings">What was found on the network is added.</param>
    /// <exception cref="UnlearnableException">Nothing varies among the training subjects.</exception>
    public static InputEncoding Fit(SubjectInputs training, NetworkLearnerOptions options, List<string> findings)
    {
        var modalities = new List<IModalityEncoding?> { TableEncoding.Fit(training, options) };
        var graph = MolecularGraph.Find(training, options, findings);
        modalities.Add(graph is null ? null : MolecularEncoding.Fit(training, graph, options, findings));
        foreach (var layer in training.Layers)
        {
            var placed = graph?.Placements.FirstOrDefault(p => p.Layer.Layer.Name == layer.Layer.Name);
            modalities.Add(ProjectionEncoding.Fit(layer, placed?.OnNetwork ?? new HashSet<string>()));
        }

        modalities.Add(SeriesEncodings.Fit(training, options, findings));
        modalities.Add(TreatmentEncoding.Fit(training, graph));
        IModalityEncoding[] found = [.. modalities.OfType<IModalityEncoding>().Select(m => options.Pretrained?.Of(m) ?? m)];
        return found.Length > 0
            ? new InputEncoding(found)
            : throw new UnlearnableException($"No covariate, layer, observation or treatment varies among the {training.Count} training subjects: there is nothing to predict from.");
    }

    public void Write(ModelWriter writer) => writer.Parts(Modalities);

    public static InputEncoding Read(ModelReader reader)
    {
        var modalities = reader.Parts<IModalityEncoding>();
        reader.Require(modalities.Length > 0, $"a network reads nothing");
        return new InputEncoding(modalities);
    }

    public IReadOnlyList<ModalityNumbers> Encode(SubjectInputs inputs) => [.. Modalities.Select(m => m.Encode(inputs))];
}
