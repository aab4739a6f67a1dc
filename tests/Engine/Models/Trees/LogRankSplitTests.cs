using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Trees.Nodes;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

/// <summary>One split of a survival tree against the log-rank test of every cut point.</summary>
public sealed class LogRankSplitTests
{
    private static readonly ReferenceValues Expected = ReferenceData.Values("trees/forests.csv");

    [Theory]
    [InlineData("karno")]
    [InlineData("diagtime")]
    [InlineData("age")]
    [InlineData("squamous")]
    public void Reference_BestCutOfVeteran_IsThatOfRSurvdiff(string feature)
    {
        var problem = TreeCohort.Veteran();
        var values = ((NumericColumn)problem.Inputs.Covariates.Single(c => c.Variable.Name == feature)).Values.ToArray();
        var (split, bins) = Best(values, SurvivalTargets.Of(problem.Outcome), Ones(values.Length));
        var statistics = Expected.Vector($"veteran.{feature}", "chisq");
        Agreement.Close(statistics.Max(), split.Gain, 1e-9);
        Agreement.Close(Expected.Vector($"veteran.{feature}", "cut")[Array.IndexOf(statistics, statistics.Max())], bins.Threshold(0, split.Bin));
    }

    /// <summary>A subject drawn twice counts as two.</summary>
    [Fact]
    public void Property_DrawnTwice_IsTwoSubjects()
    {
        var problem = TreeCohort.Veteran();
        var survival = (SurvivalOutcome)problem.Outcome;
        var values = ((NumericColumn)problem.Inputs.Covariates[1]).Values.ToArray();
        var draws = Enumerable.Range(0, values.Length).Select(i => i % 3).ToArray();
        var copies = Enumerable.Range(0, values.Length).SelectMany(i => Enumerable.Repeat(i, draws[i])).ToArray();
        var (drawn, _) = Best(values, SurvivalTargets.Of(survival), draws);
        var (copied, _) = Best([.. copies.Select(i => values[i])], SurvivalTargets.Of(survival.Take(copies)), Ones(copies.Length));
        Agreement.Close(copied.Gain, drawn.Gain, 1e-9);
        var best = BinnedFeatures.Fit(new FeatureMatrix(["x"], values, values.Length)).Threshold(0, drawn.Bin);
        var test = LogRank.Test(
            [.. copies.Select(i => survival.Days[i])], [.. copies.Select(i => survival.HadEvent[i])], [.. copies.Select(i => values[i] <= best ? 0 : 1)]);
        Agreement.Close(test.Test.Statistic, drawn.Gain, 1e-9);
    }

    [Theory]
    [InlineData("age")]
    [InlineData("bili")]
    [InlineData("stage")]
    public void Reference_TwoKindsOfEvent_AddTheirStatistics(string feature)
    {
        var (problem, causes) = TreeCohort.Pbc();
        var values = ((NumericColumn)problem.Inputs.Covariates.Single(c => c.Variable.Name == feature)).Values.ToArray();
        var sums = Expected.Vector($"pbc.transplant.{feature}", "chisq").Zip(Expected.Vector($"pbc.death.{feature}", "chisq"), (a, b) => a + b).ToArray();
        var (split, _) = Best(values, SurvivalTargets.Of(causes), Ones(values.Length));

        // Where there are more values than bins the best of them may lie inside a bin.
        if (values.Distinct().Count() <= BinnedFeatures.MaximumBinCount)
        {
            Agreement.Close(sums.Max(), split.Gain, 1e-9);
        }
        else
        {
            Assert.Contains(sums, s => Math.Abs(s - split.Gain) < 1e-9 * s);
            Assert.InRange(split.Gain, 0.97 * sums.Max(), sums.Max() * (1 + 1e-9));
        }
    }

    [Fact]
    public void ClosedForm_MissingWhoDieEarly_GoToTheSideThatDiesEarly()
    {
        double[] values = [1, 2, 3, 4, 5, 6, 7, 8, double.NaN, double.NaN, double.NaN, double.NaN];
        double[] days = [20, 21, 22, 23, 2, 4, 6, 8, 1, 3, 5, 7];
        var outcome = new SurvivalOutcome(days, [.. days.Select(_ => true)], TreeCohort.Horizon);
        var (split, bins) = Best(values, SurvivalTargets.Of(outcome), Ones(days.Length));
        Assert.Equal(4.5, bins.Threshold(0, split.Bin));
        Assert.False(split.MissingGoesLeft);
        var (mirrored, _) = Best([.. values.Select(v => -v)], SurvivalTargets.Of(outcome), Ones(days.Length));
        Assert.True(mirrored.MissingGoesLeft);
        var test = LogRank.Test(days, [.. days.Select(_ => true)], [.. values.Select(v => v <= 4.5 ? 0 : 1)]);
        Agreement.Close(test.Test.Statistic, split.Gain, 1e-9);
        Agreement.Close(test.Test.Statistic, mirrored.Gain, 1e-9);
    }

    [Fact]
    public void ClosedForm_Leaf_IsNelsonAalen()
    {
        var targets = SurvivalTargets.Of(new SurvivalOutcome([1, 2, 2, 3, 4], [true, true, false, false, true], TreeCohort.Horizon));
        var rule = new LogRankSplitRule(targets, 1);
        rule.Enter(rule.Order, [1, 2, 1, 0, 1]);
        var writer = new LeafWriter();
        rule.WriteLeaf(writer);
        writer.Close();
        var sums = new double[rule.Width];
        writer.ToTable().AddTo(0, sums);
        Agreement.Close([0, 1 / 5.0, 2 / 4.0, 1], sums, 1e-14);
    }

    [Fact]
    public void ClosedForm_LeafOfTwoKindsOfEvent_IsAalenJohansen()
    {
        var targets = SurvivalTargets.Of(new CompetingRisksOutcome([1, 2, 3, 4], [2, 1, 0, 2], ["a", "b"], TreeCohort.Horizon));
        var rule = new LogRankSplitRule(targets, 1);
        rule.Enter(rule.Order, [1, 1, 1, 1]);
        var writer = new LeafWriter();
        rule.WriteLeaf(writer);
        writer.Close();
        var sums = new double[rule.Width];
        writer.ToTable().AddTo(0, sums);
        Agreement.Close([0, 0, 0.75 / 3, 0, 0, 0.25, 0, 0.5], sums, 1e-14);
    }

    private static int[] Ones(int count) => [.. Enumerable.Repeat(1, count)];

    private static (ForestSplit Split, BinnedFeatures Bins) Best(double[] values, SurvivalTargets targets, int[] draws)
    {
        var bins = BinnedFeatures.Fit(new FeatureMatrix(["x"], values, values.Length));
        var rule = new LogRankSplitRule(targets, 1);
        int[] members = [.. rule.Order.Where(i => draws[i] > 0)];
        var cuts = new CutPoints();
        Assert.True(rule.Enter(members, draws));
        Assert.True(cuts.Choose(bins.Of(0), members, int.MaxValue, new RandomStream(new StreamKey(1, 0, 0, 0, RandomPurpose.Permutation))));
        var best = ForestSplit.None;
        rule.Search(0, cuts, bins.Of(0), members, ref best);
        return (best, bins);
    }
}
