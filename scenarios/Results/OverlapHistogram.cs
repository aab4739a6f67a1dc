namespace DigitalTwin.Scenarios.Results;

/// <summary>Propensity scores of both arms in 25 shared bins from 0 to 1.</summary>
/// <param name="Edges">Shape [bins + 1].</param>
/// <param name="Treated">Treated subjects a bin.</param>
/// <param name="Control">Control subjects a bin, before weighting.</param>
/// <param name="ControlWeighted">Sum of the control weights a bin.</param>
public sealed record OverlapHistogram(double[] Edges, double[] Treated, double[] Control, double[] ControlWeighted)
{
    private const int BinCount = 25;

    /// <summary>Counts propensity scores by arm.</summary>
    /// <param name="scores">Shape [subjects], in (0,1).</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="weights">Shape [subjects].</param>
    public static OverlapHistogram Of(double[] scores, bool[] treated, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var rows = Enumerable.Range(0, scores.Length).ToArray();
        var treatedScores = rows.Where(i => treated[i]).Select(i => scores[i]).ToArray();
        var controlRows = rows.Where(i => !treated[i]).ToArray();
        var controlScores = controlRows.Select(i => scores[i]).ToArray();
        var control = Histogram.Of(controlScores, 0, 1, BinCount);
        return new OverlapHistogram(
            control.Edges,
            Histogram.Of(treatedScores, 0, 1, BinCount).Counts,
            control.Counts,
            Histogram.Of(controlScores, 0, 1, BinCount, controlRows.Select(i => weights[i]).ToArray()).Counts);
    }
}
