namespace DigitalTwin.Omics.Batches;

/// <summary>What batch correction learns: mean, covariate effects and pooled spread of each feature, and the shrunken shift and spread of each batch.</summary>
internal sealed class BatchModel
{
    private readonly double[][] _covariateEffects;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly double[][] _shifts;
    private readonly double[][] _spreads;
    private readonly bool[] _isCorrected;

    private BatchModel(BatchProblem problem, FeatureFit?[] fits)
    {
        Batches = problem.Batches;
        _isCorrected = [.. fits.Select(f => f is not null)];
        Uncorrected = [.. Enumerable.Range(0, fits.Length).Where(f => fits[f] is null)];
        _means = [.. fits.Select(f => f?.Mean ?? 0)];
        _deviations = [.. fits.Select(f => f?.Deviation ?? 1)];
        _covariateEffects = [.. fits.Select(f => f?.CovariateEffects ?? [])];
        _shifts = new double[Batches.Count][];
        _spreads = new double[Batches.Count][];
        for (var b = 0; b < Batches.Count; b++)
        {
            (_shifts[b], _spreads[b]) = b == problem.Reference
                ? (new double[fits.Length], [.. Enumerable.Repeat(1.0, fits.Length)])
                : BatchShrinkage.Of([.. fits.Select(f => f?.Standardized[b])]);
        }
    }

    public IReadOnlyList<string> Batches { get; }

    /// <summary>Features that stay as they are.</summary>
    public IReadOnlyList<int> Uncorrected { get; }

    public static BatchModel Fit(BatchProblem problem)
    {
        var layer = problem.Layer;
        var hasMissing = Enumerable.Range(0, layer.SubjectCount).Any(s => HasMissing(layer.Layer.Row(s)));
        var fits = new FeatureFit?[layer.FeatureCount];
        Parallel.For(0, fits.Length, f => fits[f] = FeatureFit.Of(problem, f, hasMissing));
        return fits.Count(f => f is not null) >= 2
            ? new BatchModel(problem, fits)
            : throw new BatchDesignException(
                layer.Layer.Name, "Fewer than two features vary within every batch, so there is nothing to shrink towards.", "Filter features first, or merge batches.");
    }

    /// <summary>Corrects one subject's values.</summary>
    public void Correct(int batch, ReadOnlySpan<double> covariates, ReadOnlySpan<float> values, Span<float> corrected)
    {
        for (var f = 0; f < values.Length; f++)
        {
            if (!_isCorrected[f])
            {
                corrected[f] = values[f];
                continue;
            }

            var mean = _means[f];
            for (var j = 0; j < covariates.Length; j++)
            {
                mean += covariates[j] * _covariateEffects[f][j];
            }

            var standardized = (values[f] - mean) / _deviations[f];
            corrected[f] = (float)(((standardized - _shifts[batch][f]) / Math.Sqrt(_spreads[batch][f]) * _deviations[f]) + mean);
        }
    }

    private static bool HasMissing(ReadOnlySpan<float> row)
    {
        foreach (var value in row)
        {
            if (float.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }
}
