namespace DigitalTwin.Omics.Missing;

/// <summary>Where a value of a filled series comes from.</summary>
public enum ValueOrigin : byte
{
    /// <summary>It was measured at this visit.</summary>
    Observed,

    /// <summary>It was measured at an earlier visit.</summary>
    Carried,

    /// <summary>It was not measured up to this visit, or too long ago.</summary>
    Missing,
}

/// <summary>A series in which the last value stands until the next.</summary>
/// <param name="Values">Row-major, shape [visits, variables]; NaN where still missing.</param>
/// <param name="Origins">Shape [visits, variables].</param>
/// <param name="Ages">How old a value is, in the unit of the times; 0 where observed, NaN where missing. Shape [visits, variables].</param>
public sealed record CarriedSeries(double[] Values, ValueOrigin[] Origins, double[] Ages);

/// <summary>Last observation carried forward, with flags and ages, so that a model or a reader is never shown an old value as a new one.</summary>
/// <remarks>For model input only: a complete-case or carried analysis of an outcome is biased unless missing completely at random [Molenberghs2004].</remarks>
public static class CarryForward
{
    /// <param name="series">One subject's visits.</param>
    /// <param name="oldest">Age in the unit of the times beyond which a value is not carried; positive, infinity for no bound.</param>
    /// <exception cref="ArgumentOutOfRangeException">The age is not positive.</exception>
    public static CarriedSeries Fill(VisitSeries series, double oldest = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(series);
        if (!(oldest > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(oldest), oldest, "The oldest age of a value is positive.");
        }

        var size = series.VisitCount * series.VariableCount;
        var (values, origins, ages) = (new double[size], new ValueOrigin[size], new double[size]);
        for (var j = 0; j < series.VariableCount; j++)
        {
            var last = -1;
            for (var v = 0; v < series.VisitCount; v++)
            {
                last = series.IsObserved(v, j) ? v : last;
                var age = last < 0 ? double.NaN : series.Times[v] - series.Times[last];
                var isThere = age <= oldest;
                var place = (v * series.VariableCount) + j;
                values[place] = isThere ? series[last, j] : double.NaN;
                ages[place] = isThere ? age : double.NaN;
                origins[place] = !isThere ? ValueOrigin.Missing : last == v ? ValueOrigin.Observed : ValueOrigin.Carried;
            }
        }

        return new CarriedSeries(values, origins, ages);
    }
}
