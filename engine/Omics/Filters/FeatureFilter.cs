using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Filters;

/// <summary>Which features are worth keeping. Each bound is off until set; they are asked in the order of the properties.</summary>
public sealed record FeatureFilterOptions
{
    /// <summary>Largest share of training subjects without a value, in [0, 1].</summary>
    public double? MostMissing { get; init; }

    /// <summary>Largest share of zeros among the values that are there, in [0, 1].</summary>
    public double? MostZeros { get; init; }

    /// <summary>A feature must vary by more than this: variance over n - 1, in the squared unit of the layer, not negative. 0 drops constants.</summary>
    public double? LeastVariance { get; init; }

    /// <summary>How many features of the highest variance are kept; the first of equals. At least 1.</summary>
    public int? HighestVarianceCount { get; init; }

    /// <summary>Largest size of the correlation with a feature that is kept, in (0, 1]. Features are taken in the order of falling variance.</summary>
    public double? MostCorrelation { get; init; }
}

/// <summary>Why a feature fell.</summary>
public enum FilterReason
{
    Missing,
    Zeros,
    LowVariance,
    NotAmongTheHighestVariances,
    Correlated,
}

/// <summary>A feature that fell.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Reason">The first bound it did not hold.</param>
/// <param name="Value">What was measured: a share, a variance or a correlation.</param>
/// <param name="Bound">What the options state.</param>
/// <param name="KeptInstead">The kept feature it is correlated with; null for other reasons.</param>
public sealed record DroppedFeature(string Feature, FilterReason Reason, double Value, double Bound, string? KeptInstead = null)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Feature}: {Reason} {Value:G4}, bound {Bound:G4}") + (KeptInstead is null ? string.Empty : $", {KeptInstead} kept instead");
}

/// <summary>Drops features by what training subjects show of them.</summary>
/// <param name="options">The bounds.</param>
/// <exception cref="ArgumentOutOfRangeException">A bound is out of its range.</exception>
public sealed class FeatureFilter(FeatureFilterOptions options) : IOmicsTransform
{
    private readonly FeatureFilterOptions _options = Checked(options);

    public string Name => "feature filter";

    /// <exception cref="NoFeatureLeftException">Every feature fell.</exception>
    public FittedTransform Fit(TrainingLayer training) => FitFilter(training);

    /// <summary>As <see cref="Fit"/>, with the list of what fell.</summary>
    /// <exception cref="NoFeatureLeftException">Every feature fell.</exception>
    public FittedFeatureFilter FitFilter(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var selection = new FeatureSelection(training.Values, _options);
        return selection.Kept.Count > 0
            ? new FittedFeatureFilter(Name, training.Values, selection.Kept, selection.Dropped)
            : throw new NoFeatureLeftException(training.Values.Layer.Name, selection.Dropped);
    }

    private static FeatureFilterOptions Checked(FeatureFilterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options.MostMissing is null or (>= 0 and <= 1), nameof(options.MostMissing), options.MostMissing, "in [0, 1]");
        Check(options.MostZeros is null or (>= 0 and <= 1), nameof(options.MostZeros), options.MostZeros, "in [0, 1]");
        Check(options.LeastVariance is null or >= 0, nameof(options.LeastVariance), options.LeastVariance, "not negative");
        Check(options.HighestVarianceCount is null or >= 1, nameof(options.HighestVarianceCount), options.HighestVarianceCount, "at least 1");
        Check(options.MostCorrelation is null or (> 0 and <= 1), nameof(options.MostCorrelation), options.MostCorrelation, "in (0, 1]");
        return options;
    }

    private static void Check(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}

/// <summary>A filter with its features chosen.</summary>
public sealed class FittedFeatureFilter : FittedTransform
{
    private readonly int[] _kept;

    internal FittedFeatureFilter(string name, SubjectLayer training, IReadOnlyList<int> kept, IReadOnlyList<DroppedFeature> dropped)
        : base(name, training, outputFeatures: [.. kept.Select(f => training.Layer.Features[f])])
    {
        _kept = [.. kept];
        Dropped = dropped;
    }

    /// <summary>What fell and why, in the order of the layer.</summary>
    public IReadOnlyList<DroppedFeature> Dropped { get; }

    private protected override float[] Compute(SubjectLayer layer)
    {
        var values = new float[layer.SubjectCount * _kept.Length];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Layer.Row(s);
            for (var k = 0; k < _kept.Length; k++)
            {
                values[(s * _kept.Length) + k] = row[_kept[k]];
            }
        }

        return values;
    }
}
