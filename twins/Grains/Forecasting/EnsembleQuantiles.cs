using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>Spread of an ensemble as 2.5 % and 97.5 % quantiles.</summary>
/// <remarks>Source: [HyndmanFan1996] type 7, linear between order statistics (the default of R's <c>quantile</c>).</remarks>
internal static class EnsembleQuantiles
{
    private const double LowerLevel = 0.025;
    private const double UpperLevel = 0.975;

    /// <summary>Band of one number over the ensemble.</summary>
    /// <param name="members">Shape [members], at least one; sorted in place.</param>
    public static EnsembleBand SortAndBand(Span<double> members)
    {
        members.Sort();
        return new EnsembleBand(Quantile(members, LowerLevel), Quantile(members, UpperLevel));
    }

    /// <param name="sorted">Shape [members], ascending, at least one.</param>
    /// <param name="level">0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double level)
    {
        var position = level * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
