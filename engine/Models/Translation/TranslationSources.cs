using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Translation;

/// <summary>What a layer is translated from: covariates and some layers, standardised, each a block of its own.</summary>
internal sealed class TranslationSources
{
    private readonly CovariateEncoding _covariates;
    private readonly LayerEncoding[] _layers;

    private TranslationSources(CovariateEncoding covariates, LayerEncoding[] layers) => (_covariates, _layers) = (covariates, layers);

    public IReadOnlyList<string> Layers => [.. _layers.Select(l => l.Name)];

    /// <summary>In words.</summary>
    public string Description => string.Join(" + ", (_covariates.Names.Count > 0 ? ["covariates"] : Array.Empty<string>()).Concat(Layers));

    /// <param name="training">Subjects that have all of it.</param>
    /// <param name="layers">Names of the layers.</param>
    /// <returns>Null where nothing varies.</returns>
    public static TranslationSources? Fit(SubjectInputs training, IReadOnlyList<string> layers)
    {
        LayerEncoding[] encodings = [.. layers.Select(n => LayerEncoding.Fit(training.Layers.First(l => l.Layer.Name == n))).Where(e => e.Names.Count > 0)];
        var sources = new TranslationSources(CovariateEncoding.FitStandardized(training.Covariates), encodings);
        return sources.Layers.Count == layers.Count && (layers.Count > 0 || sources._covariates.Names.Count > 0) ? sources : null;
    }

    /// <summary>Features in all.</summary>
    public long Width => _covariates.Names.Count + _layers.Sum(l => (long)l.Names.Count);

    public void Write(ModelWriter writer)
    {
        _covariates.Write(writer);
        writer.List(_layers, l => l.Write(writer));
    }

    public static TranslationSources Read(ModelReader reader) => new(CovariateEncoding.Read(reader), reader.List(() => LayerEncoding.Read(reader)));

    /// <summary>Whether a subject has every layer asked for; without layers, whether it has any covariate.</summary>
    public static bool Has(SubjectInputs inputs, IReadOnlyList<string> layers, int subject) => layers.Count == 0
        ? inputs.Covariates.Any(c => !c.IsMissing(subject))
        : layers.All(n => inputs.Layers.FirstOrDefault(l => l.Layer.Name == n) is { } layer && LayerEncoding.IsPresent(layer, subject));

    /// <summary>One block for the covariates, if any, and one a layer; each of the same total spread whatever the number of its features.</summary>
    public IReadOnlyList<RowMajorMatrix> Encode(SubjectInputs inputs)
    {
        var parts = _layers.Select(e => e.Encode(inputs.Layers.First(l => l.Layer.Name == e.Name))).ToList();
        if (_covariates.Names.Count > 0)
        {
            parts.Insert(0, _covariates.Encode(inputs.Covariates, inputs.Count));
        }

        return [.. parts.Select(p => new RowMajorMatrix(p.Values, p.SubjectCount, p.FeatureCount))];
    }
}
