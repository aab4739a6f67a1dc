namespace DigitalTwin.Omics.Missing;

/// <summary>What one subject showed at its visits. Immutable.</summary>
public sealed class VisitSeries
{
    private readonly double[] _times;
    private readonly double[] _values;

    /// <param name="times">Shape [visits], rising, finite, any one unit.</param>
    /// <param name="values">Row-major, shape [visits, variables]; NaN = not measured, else finite.</param>
    /// <param name="variableCount">At least 1.</param>
    /// <exception cref="ArgumentException">Times do not rise, a value is infinite, or the shapes do not fit.</exception>
    public VisitSeries(ReadOnlySpan<double> times, ReadOnlySpan<double> values, int variableCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(variableCount);
        if (values.Length != times.Length * variableCount)
        {
            throw new ArgumentException($"{values.Length} values do not fill [{times.Length} visits, {variableCount} variables].", nameof(values));
        }

        for (var v = 0; v < times.Length; v++)
        {
            if (!double.IsFinite(times[v]) || (v > 0 && times[v] <= times[v - 1]))
            {
                throw new ArgumentException($"The time of visit {v + 1} is not finite, or not after the visit before. Sort visits and merge those of one time.", nameof(times));
            }
        }

        foreach (var value in values)
        {
            if (double.IsInfinity(value))
            {
                throw new ArgumentException("A value is infinite. Correct it, or mark it missing.", nameof(values));
            }
        }

        _times = times.ToArray();
        _values = values.ToArray();
        VariableCount = variableCount;
    }

    public int VisitCount => _times.Length;

    public int VariableCount { get; }

    /// <summary>Shape [visits].</summary>
    public ReadOnlySpan<double> Times => _times;

    /// <summary>NaN = not measured.</summary>
    public double this[int visit, int variable] => _values[(visit * VariableCount) + variable];

    public bool IsObserved(int visit, int variable) => !double.IsNaN(this[visit, variable]);
}
