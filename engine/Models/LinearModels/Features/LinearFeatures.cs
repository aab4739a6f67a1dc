using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>Everything known of subjects as blocks of standardised features, the way training subjects taught. Outcomes never enter.</summary>
internal sealed class LinearFeatures
{
    private readonly CovariateEncoding _covariates;
    private readonly BendTerms? _bends;
    private readonly ProductTerms? _products;
    private readonly ArmTerms? _arms;
    private readonly ProductTerms? _armCovariates;
    private readonly LayerEncoding[] _layers;
    private readonly string[] _layerNames;

    private LinearFeatures(
        CovariateEncoding covariates, BendTerms? bends, ProductTerms? products, ArmTerms? arms, ProductTerms? armCovariates, LayerEncoding[] layers, string[] layerNames) =>
        (_covariates, _bends, _products, _arms, _armCovariates, _layers, _layerNames) = (covariates, bends, products, arms, armCovariates, layers, layerNames);

    public static LinearFeatures Fit(SubjectInputs training, LinearFeatureOptions options)
    {
        var encoding = CovariateEncoding.FitStandardized(training.Covariates);
        var covariates = encoding.Encode(training.Covariates, training.Count);
        var isNarrow = covariates.FeatureCount <= options.BendColumnLimit;
        var bends = options.WithBends && isNarrow ? BendTerms.Fit(training.Covariates) : null;
        var products = options.WithProducts && covariates.FeatureCount <= options.ProductColumnLimit
            ? ProductTerms.Fit(covariates, covariates, Pairs(covariates.FeatureCount))
            : null;
        var arms = ArmTerms.Fit(training.Treatments);
        ProductTerms? armCovariates = null;
        if (arms is not null && options.WithArmCovariates && isNarrow)
        {
            var indicators = arms.Encode(training.Treatments, training.Count);
            armCovariates = ProductTerms.Fit(
                indicators, covariates, from a in Enumerable.Range(0, indicators.FeatureCount) from c in Enumerable.Range(0, covariates.FeatureCount) select (a, c));
        }

        return new LinearFeatures(
            encoding, bends, products, arms, armCovariates, [.. training.Layers.Select(LayerEncoding.Fit)], [.. training.Layers.Select(l => l.Layer.Name)]);
    }

    /// <summary>Blocks of some subjects, always the same ones in the same order; those without a feature are left out.</summary>
    /// <exception cref="ArgumentException">Other covariates, layers or features than in training.</exception>
    public IReadOnlyList<FeatureBlock> Encode(SubjectInputs inputs)
    {
        if (inputs.Layers.Count != _layers.Length)
        {
            throw new ArgumentException(
                $"The subjects have the layers [{string.Join(", ", inputs.Layers.Select(l => l.Layer.Name))}], training had [{string.Join(", ", _layerNames)}]. "
                + "Give every layer; where a subject has none, a row of missing values.", nameof(inputs));
        }

        var covariates = _covariates.Encode(inputs.Covariates, inputs.Count);
        var blocks = new List<FeatureBlock> { new(BlockKind.Covariates, "covariates", covariates) };
        if (_bends is not null)
        {
            blocks.Add(new FeatureBlock(BlockKind.Bends, "bends", _bends.Encode(inputs.Covariates, inputs.Count)));
        }

        if (_products is not null)
        {
            blocks.Add(new FeatureBlock(BlockKind.Products, "products", _products.Encode(covariates, covariates)));
        }

        if (_arms is not null)
        {
            var arms = _arms.Encode(inputs.Treatments, inputs.Count);
            blocks.Add(new FeatureBlock(BlockKind.Arms, "arms", arms));
            if (_armCovariates is not null)
            {
                blocks.Add(new FeatureBlock(BlockKind.ArmCovariates, "arms x covariates", _armCovariates.Encode(arms, covariates)));
            }
        }

        for (var l = 0; l < _layers.Length; l++)
        {
            var (encoding, layer) = (_layers[l], inputs.Layers[l]);
            blocks.Add(new FeatureBlock(BlockKind.Layer, _layerNames[l], inputs.Remembered(encoding, () => encoding.Encode(layer))));
        }

        return [.. blocks.Where(b => b.Features.FeatureCount > 0)];
    }

    /// <summary>The blocks that <see cref="Encode"/> gives, with their numbers of features.</summary>
    public IReadOnlyList<(BlockKind Kind, string Name, int Width)> Layout
    {
        get
        {
            (BlockKind Kind, string Name, int Width)[] all =
            [
                (BlockKind.Covariates, "covariates", _covariates.Names.Count),
                (BlockKind.Bends, "bends", _bends?.Names.Count ?? 0),
                (BlockKind.Products, "products", _products?.Names.Count ?? 0),
                (BlockKind.Arms, "arms", _arms?.Names.Count ?? 0),
                (BlockKind.ArmCovariates, "arms x covariates", _armCovariates?.Names.Count ?? 0),
                .. _layers.Select((l, k) => (BlockKind.Layer, _layerNames[k], l.Names.Count)),
            ];
            return [.. all.Where(b => b.Width > 0)];
        }
    }

    public void Write(ModelWriter writer)
    {
        _covariates.Write(writer);
        Write(_bends, b => b.Write(writer), writer);
        Write(_products, p => p.Write(writer), writer);
        Write(_arms, a => a.Write(writer), writer);
        Write(_armCovariates, p => p.Write(writer), writer);
        writer.List(_layers, l => l.Write(writer));
    }

    public static LinearFeatures Read(ModelReader reader)
    {
        var covariates = CovariateEncoding.Read(reader);
        var bends = reader.Flag() ? BendTerms.Read(reader, covariates) : null;
        var products = reader.Flag() ? ProductTerms.Read(reader, covariates.Names, covariates.Names) : null;
        var arms = reader.Flag() ? ArmTerms.Read(reader) : null;
        var armCovariates = reader.Flag() ? ProductTerms.Read(reader, arms?.Names ?? [], covariates.Names) : null;
        var layers = reader.List(() => LayerEncoding.Read(reader));
        return new LinearFeatures(covariates, bends, products, arms, armCovariates, layers, [.. layers.Select(l => l.Name)]);
    }

    private static void Write<T>(T? terms, Action<T> write, ModelWriter writer)
        where T : class
    {
        writer.Flag(terms is not null);
        if (terms is not null)
        {
            write(terms);
        }
    }

    // A level times its own line, or another level of the same variable, is nothing new; both only waste a column, which the ridge forgives.
    private static IEnumerable<(int First, int Second)> Pairs(int count) =>
        from first in Enumerable.Range(0, count) from second in Enumerable.Range(first + 1, count - first - 1) select (first, second);
}
