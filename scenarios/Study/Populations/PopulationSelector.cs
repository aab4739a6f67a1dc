using DigitalTwin.Numerics.Random;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Selects the subjects of a population from its cohort.</summary>
internal static class PopulationSelector
{
    /// <summary>Orders the cohort by subject id, then leaves out the subjects whose condition cannot be told, those who do not meet it, those of
    /// the other half, and those whose endpoint was not observed.</summary>
    public static SelectedSubjects Select(Cohort cohort, Population population, ArmId arm, ScenarioEndpoint endpoint, ulong seed)
    {
        var order = Enumerable.Range(0, cohort.Count).OrderBy(i => cohort.Subjects[i]).ToArray();
        var selected = new SelectedSubjects(
            cohort.Take(order), new PopulationFlow(population.Id.Value, arm, population.Cohort, cohort.Count, []));
        if (population.Where is { } where)
        {
            var truths = ExpressionEvaluator.Truths(where.Root, selected.Subjects);
            var isKnown = Array.ConvertAll(truths, t => t != Truth.Missing);
            selected = selected.Keep($"values known for: {where.Root}", isKnown);
            selected = selected.Keep($"{where.Root}", [.. truths.Where(t => t != Truth.Missing).Select(t => t == Truth.True)]);
        }

        if (population.Half is { } half)
        {
            bool[] isKept = [.. Enumerable.Range(0, selected.Subjects.Count).Select(i => HalfOf(selected.Subjects.Subjects[i], seed) == half)];
            selected = selected.Keep($"in the {(half == PopulationHalf.First ? "first" : "second")} half drawn by seed {seed}", isKept);
        }

        return selected.Keep($"endpoint observed: {endpoint.Label}", OutcomeReader.IsObserved(selected.Subjects, endpoint));
    }

    /// <summary>The half a subject falls in, with even odds.</summary>
    internal static PopulationHalf HalfOf(SubjectId subject, ulong seed) =>
        new RandomStream(new StreamKey(seed, StreamKey.HashOf(subject.Value), 0, 0, RandomPurpose.PopulationHalf)).NextDouble() < 0.5 ? PopulationHalf.First : PopulationHalf.Second;
}
