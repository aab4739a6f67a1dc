using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>Covariates, or one layer, as whitened principal components: all blocks count the same, so that thousands of genes do not drown age.</summary>
internal sealed class LikenessBlock
{
    /// <summary>Share of the variance that components keep, and how many there are at most.</summary>
    private const double Kept = 0.8;
    private const int MostComponents = 30;
    private const int SubjectsAComponent = 5;

    private readonly CovariateEncoding? _covariates;
    private readonly LayerEncoding? _layer;
    private readonly double[][] _directions;
    private readonly double[] _variances;
    private readonly double _outside;

    private LikenessBlock(string name, CovariateEncoding? covariates, LayerEncoding? layer, double[][] directions, double[] variances, double outside) =>
        (Name, _covariates, _layer, _directions, _variances, _outside) = (name, covariates, layer, directions, variances, outside);

    /// <summary>Name of the layer, or of covariates.</summary>
    public string Name { get; }

    /// <summary>Names of its encoded features, shape [features].</summary>
    public IReadOnlyList<string> Names => _covariates?.Names ?? _layer!.Names;

    public int ComponentCount => _directions.Length;

    /// <summary>Null where no covariate varies.</summary>
    public static LikenessBlock? OfCovariates(SubjectInputs training)
    {
        var encoding = CovariateEncoding.FitStandardized(training.Covariates);
        return Fit(FeatureName.Covariates, encoding, null, training);
    }

    /// <summary>Null where no feature varies.</summary>
    public static LikenessBlock? OfLayer(SubjectInputs training, int layer) =>
        Fit(training.Layers[layer].Layer.Name, null, LayerEncoding.Fit(training.Layers[layer]), training);

    /// <summary>Encoded features of subjects; null where the inputs have no such block.</summary>
    public FeatureMatrix? Encode(SubjectInputs inputs) =>
        _covariates is not null ? inputs.Covariates.Count == 0 ? null : _covariates.Encode(inputs.Covariates, inputs.Count)
        : inputs.Layers.FirstOrDefault(l => l.Layer.Name == Name) is { } layer ? _layer!.Encode(layer, continuesBeyond: true)
        : null;

    /// <summary>Whether inputs have such a block at all.</summary>
    public bool IsIn(SubjectInputs inputs) => _covariates is not null ? inputs.Covariates.Count > 0 : inputs.Layers.Any(l => l.Layer.Name == Name);

    /// <summary>Whether anything of the block is known of a subject.</summary>
    public bool IsPresent(SubjectInputs inputs, int subject) =>
        _covariates is not null ? inputs.Covariates.Any(c => !c.IsMissing(subject))
        : inputs.Layers.FirstOrDefault(l => l.Layer.Name == Name) is { } layer && LayerEncoding.IsPresent(layer, subject);

    /// <summary>Components of an encoded row, each of unit variance over training, and what lies outside of them: 1 is usual, 0 where components hold everything.</summary>
    public double Project(ReadOnlySpan<double> row, Span<double> components)
    {
        var left = 0.0;
        foreach (var value in row)
        {
            left += value * value;
        }

        for (var k = 0; k < _directions.Length; k++)
        {
            var sum = 0.0;
            for (var j = 0; j < row.Length; j++)
            {
                sum += row[j] * _directions[k][j];
            }

            components[k] = sum;
            left -= _variances[k] * sum * sum;
        }

        return _outside > 0 ? Math.Max(0, left) / _outside : 0;
    }

    private static LikenessBlock? Fit(string name, CovariateEncoding? covariates, LayerEncoding? layer, SubjectInputs training)
    {
        var block = new LikenessBlock(name, covariates, layer, [], [], 0);
        var width = block.Names.Count;
        int[] present = [.. Enumerable.Range(0, training.Count).Where(i => block.IsPresent(training, i))];
        if (width == 0 || present.Length < 2)
        {
            return null;
        }

        var encoded = block.Encode(training)!;
        double[] rows = [.. present.SelectMany(i => encoded.Row(i).ToArray())];
        var basis = SingularBasis.Of(new BlockDesign([new RowMajorMatrix(rows, present.Length, width)]), [1]);
        var total = basis.Eigenvalues.Sum();
        var count = Math.Min(basis.Rank, Math.Clamp(present.Length / SubjectsAComponent, 1, MostComponents));
        var kept = 0.0;
        var directions = new List<double[]>();
        var variances = new List<double>();
        while (directions.Count < count && kept < Kept * total)
        {
            var k = directions.Count;
            var unit = new double[basis.Rank];
            unit[k] = 1 / Math.Sqrt(basis.Eigenvalues[k] / present.Length);
            directions.Add(basis.Back(unit));
            variances.Add(basis.Eigenvalues[k] / present.Length);
            kept += basis.Eigenvalues[k];
        }

        var outside = (total - kept) / present.Length;
        return new LikenessBlock(name, covariates, layer, [.. directions], [.. variances], outside > 1e-9 * total / present.Length ? outside : 0);
    }
}
