using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Tests.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Study.Populations;

/// <summary>Half of a population plays an outside source; the other half must have none of its subjects.</summary>
public sealed class PopulationHalfTests
{
    private const int Count = 2000;

    [Fact]
    public void Property_HalvesShareNobodyAndLeaveNobodyOut()
    {
        var (first, second) = (Select("first", 7), Select("second", 7));

        Assert.Empty(first.Intersect(second));
        Assert.Equal(Count, first.Length + second.Length);
        Assert.InRange(first.Length, 1000 - 90, 1000 + 90); // four standard deviations of a fair coin
    }

    [Fact]
    public void Property_ASubjectsHalfDependsOnItsIdAndTheSeedAlone()
    {
        Assert.Equal(Select("first", 7), Select("first", 7, reversed: true));
        Assert.InRange(Select("first", 7).Intersect(Select("first", 8)).Count(), 500 - 80, 500 + 80); // independent: a quarter in both
    }

    [Fact]
    public void ClosedForm_TheFlowSaysWhichHalfAndSeed()
    {
        var selected = Population("second", 7, reversed: false);

        Assert.Equal("in the second half drawn by seed 7", Assert.Single(selected.Flow.Steps).Reason);
    }

    [Fact]
    public void Error_AThirdHalfIsNamed() => Assert.Contains(
        "populations.external.half is 'third', which is not a choice here",
        Assert.Single(ScenarioFixture.Faults(ScenarioFixture.With("hormon == 0\" }\n  concurrent", "hormon == 0\", half: third }\n  concurrent"))).Message,
        StringComparison.Ordinal);

    private static string[] Select(string half, ulong seed, bool reversed = false) =>
        [.. Population(half, seed, reversed).Subjects.Subjects.Select(s => s.Value)];

    private static SelectedSubjects Population(string half, ulong seed, bool reversed)
    {
        var scenario = ScenarioFixture.Bind(ScenarioFixture.With("where: \"nodes > 0 and hormon == 0\"", $"half: {half}"));
        var ids = Enumerable.Range(0, Count).Select(i => new SubjectId($"r{i:D4}"));
        SubjectId[] subjects = [.. reversed ? ids.Reverse() : ids];
        var cohort = new Cohort(
            new CohortDescription(new CohortId("registry"), "registry", "made for tests", "CC0-1.0", "randomisation"),
            subjects,
            [],
            [new EventColumn("recurrence_free_survival", "Recurrence-free survival", [.. subjects.Select(_ => 10.0)], [.. subjects.Select(_ => (byte)1)])]);
        return PopulationSelector.Select(cohort, scenario.Population(new PopulationId("external")), new ArmId("control"), scenario.Endpoint, seed);
    }
}
