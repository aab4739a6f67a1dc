namespace DigitalTwin.ControlArms;

/// <summary>How far treated and control share propensity scores.</summary>
/// <param name="BinEdges">Shape [bins + 1], from 0 to 1.</param>
/// <param name="TreatedCounts">Treated subjects in each bin, shape [bins].</param>
/// <param name="ControlCounts">Control subjects in each bin, shape [bins].</param>
/// <param name="SupportLower">Lowest score among the control.</param>
/// <param name="SupportUpper">Highest score among the control.</param>
/// <param name="ShareOfTreatedOutsideSupport">Fraction of treated with a score outside these two.</param>
public sealed record OverlapAssessment(
    double[] BinEdges,
    int[] TreatedCounts,
    int[] ControlCounts,
    double SupportLower,
    double SupportUpper,
    double ShareOfTreatedOutsideSupport)
{
    private const int BinCount = 20;

    /// <summary>Assesses the scores of a trial.</summary>
    /// <param name="propensityScores">Shape [subjects], in [0, 1].</param>
    /// <param name="treated">Shape [subjects], both arms present.</param>
    public static OverlapAssessment Of(ReadOnlySpan<double> propensityScores, ReadOnlySpan<bool> treated)
    {
        var treatedCounts = new int[BinCount];
        var controlCounts = new int[BinCount];
        var lower = double.PositiveInfinity;
        var upper = double.NegativeInfinity;
        for (var i = 0; i < treated.Length; i++)
        {
            var bin = Math.Min((int)(propensityScores[i] * BinCount), BinCount - 1);
            (treated[i] ? treatedCounts : controlCounts)[bin]++;
            if (!treated[i])
            {
                lower = Math.Min(lower, propensityScores[i]);
                upper = Math.Max(upper, propensityScores[i]);
            }
        }

        var outside = 0;
        var treatedCount = 0;
        for (var i = 0; i < treated.Length; i++)
        {
            treatedCount += treated[i] ? 1 : 0;
            outside += treated[i] && (propensityScores[i] < lower || propensityScores[i] > upper) ? 1 : 0;
        }

        double[] edges = [.. Enumerable.Range(0, BinCount + 1).Select(b => (double)b / BinCount)];
        return new OverlapAssessment(edges, treatedCounts, controlCounts, lower, upper, (double)outside / treatedCount);
    }
}
