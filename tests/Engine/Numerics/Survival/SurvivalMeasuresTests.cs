using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracles: R's survival 3.5-3 and definitions written out in R, Reference/evaluation/survival.R: a stratified Cox model of the first 400
/// subjects of gbsg, judged on the other 286.</summary>
public sealed class SurvivalMeasuresTests
{
    private static readonly ReferenceValues s_r = ReferenceData.Values("evaluation/survival.csv");
    private static readonly ReferenceTable s_table = ReferenceData.Table("evaluation/predictions.csv");
    private static readonly double[] s_grid = [.. Enumerable.Range(0, 15).Select(k => 150.0 * k)];
    private static readonly double[] s_times = s_table.Numbers("time");
    private static readonly bool[] s_events = s_table.Flags("event");
    private static readonly double[] s_risk = s_table.Numbers("risk");
    private static readonly double[][] s_survival = [.. Enumerable.Range(1, 15).Select(k => s_table.Numbers($"X{k}"))];

    [Fact]
    public void Reference_UnoConcordance_MatchesRSurvival353()
    {
        Agreement.Close(R("uno.own"), UnoConcordance.Estimate(s_times, s_events, s_risk, s_times, s_events));
        Agreement.Close(R("uno.own.until"), UnoConcordance.Estimate(s_times, s_events, s_risk, s_times, s_events, 1500));
    }

    [Fact]
    public void Reference_UnoConcordanceWithTrainingCensoring_MatchesDefinitionInR()
    {
        var (times, events) = Training();
        Agreement.Close(R("uno.train"), UnoConcordance.Estimate(s_times, s_events, s_risk, times, events));
    }

    [Fact]
    public void Reference_TimeDependentConcordance_MatchesDefinitionInR() =>
        Agreement.Close(R("antolini"), TimeDependentConcordance.Estimate(s_times, s_events, At));

    [Fact]
    public void Property_UnderProportionalHazards_TimeDependentConcordanceIsHarrells()
    {
        double At(int subject, double time) => Math.Exp(-time * Math.Exp(s_risk[subject]) / 1e4);
        Agreement.Close(
            Concordance.Estimate(s_times, s_events, s_risk).Value, TimeDependentConcordance.Estimate(s_times, s_events, At), 1e-12);
    }

    [Fact]
    public void Reference_BrierScoresWithTrainingCensoring_MatchDefinitionInR()
    {
        var (times, events) = Training();
        var columns = s_survival.Take(13).ToArray();
        var matrix = new RowMajorMatrix(Enumerable.Range(0, s_times.Length).SelectMany(i => columns.Select(c => c[i])).ToArray(), s_times.Length, 13);
        var score = BrierScore.Integrated(s_times, s_events, matrix, s_grid.AsSpan(0, 13), times, events);
        Agreement.Close(s_r.Vector("gbsg", "brier.train"), score.Scores);
        Agreement.Close(R("ibs.train"), score.Value);
    }

    [Fact]
    public void Reference_DistributionCalibration_MatchesDefinitionInR()
    {
        var test = DistributionCalibration.Test(s_events, [.. s_times.Select((t, i) => At(i, t))]);
        Agreement.Close(s_r.Vector("gbsg", "dcal.counts"), test.Counts);
        Agreement.Close(s_r.Vector("gbsg", "dcal"), [test.Statistic, test.PValue], 1e-5);
    }

    [Fact]
    public void Property_DistributionCalibrationCountsEverySubjectOnce()
    {
        var counts = DistributionCalibration.Test([true, false, false, false], [1, 1, 0, 0.55], 4).Counts;
        Agreement.Close(4, counts.Sum());
        Agreement.Close([1.25 + (0.25 / 0.55), 0.25 + (0.25 / 0.55), 0.25 + (0.05 / 0.55), 1.25], counts);
    }

    [Fact]
    public void Error_NobodyIsFollowed()
    {
        Assert.True(double.IsNaN(UnoConcordance.Estimate([1, 2], [false, false], [1, 2], [1], [true])));
        Assert.True(double.IsNaN(TimeDependentConcordance.Estimate([1, 2], [false, false], (_, _) => 1)));
        Assert.Throws<ArgumentException>(() => DistributionCalibration.Test([true], [1.5]));
        Assert.Throws<ArgumentException>(() => DistributionCalibration.Test([], []));
    }

    private static double R(string quantity) => s_r.Scalar("gbsg", quantity);

    private static double At(int subject, double time)
    {
        var place = Array.BinarySearch(s_grid, time);
        return s_survival[place >= 0 ? place : ~place - 1][subject];
    }

    private static (double[] Times, bool[] Events) Training()
    {
        var gbsg = ReferenceData.DataSet("gbsg");
        return ([.. gbsg.Numbers("rfstime").Take(400)], [.. gbsg.Flags("status").Take(400)]);
    }
}
