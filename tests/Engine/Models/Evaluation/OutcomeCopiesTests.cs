using DigitalTwin.Models.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

public sealed class OutcomeCopiesTests
{
    private static readonly double[] s_days = [.. Enumerable.Range(0, 40).Select(i => 10.0 + ((i * 7) % 40 * 5))];

    // A column may hold follow-up in another unit and beyond the horizon, where the outcome was cut.
    [Fact]
    public void ClosedForm_FollowUpIsACopy_InAnyUnitAndBeyondTheHorizon()
    {
        var horizon = Duration.FromDays(120);
        var outcome = new SurvivalOutcome([.. s_days.Select(d => Math.Min(d, horizon.Days))], [.. s_days.Select((d, i) => d <= horizon.Days && i % 3 > 0)], horizon);
        var copies = new OutcomeCopies(outcome);

        Assert.True(copies.Holds(s_days.Select(d => d / 30.4375).ToArray()));
        Assert.True(copies.Holds(s_days.Select((d, i) => i % 4 == 0 ? double.NaN : -d).ToArray()));
        Assert.True(copies.Holds(outcome.HadEvent.Select(e => e ? 2.0 : 7.0).ToArray()));
        Assert.False(copies.Holds(s_days.Select((d, i) => i == 0 ? d + 5 : d).ToArray()));
    }

    // One subject of ten with the event and one with the mutation are the same one in a tenth of all columns.
    [Fact]
    public void ClosedForm_FewSubjectsMayAgreeByChance()
    {
        Assert.False(Agrees(10, 4));
        Assert.True(Agrees(10, 5));
        Assert.False(Agrees(9, 5));

        static bool Agrees(int count, int events)
        {
            bool[] occurred = [.. Enumerable.Range(0, count).Select(i => i < events)];
            return new OutcomeCopies(new BinaryOutcome(occurred)).Holds(occurred.Select(o => o ? 1.0 : 0).ToArray());
        }
    }

    [Fact]
    public void ClosedForm_ClassesUnderOtherCodesAreACopy_OnlyWhereCodesAreNoNumbers()
    {
        int[] classes = [.. Enumerable.Range(0, 30).Select(i => i % 3)];
        double[] renamed = [.. classes.Select(c => new[] { 5.0, 0, 9 }[c])];

        Assert.True(new OutcomeCopies(new CategoricalOutcome(classes, ["a", "b", "c"], IsOrdered: false)).Holds(renamed));
        var score = new OutcomeCopies(new ContinuousOutcome([.. classes.Select(c => (double)c)], "1"));
        Assert.False(score.Holds(renamed));
        Assert.True(score.Holds(renamed, isCategory: true));
    }
}
