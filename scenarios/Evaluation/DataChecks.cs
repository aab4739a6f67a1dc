using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Data that cannot carry a comparison: no value at all, one class, too few events.</summary>
internal sealed class DataChecks(EvaluationPlan plan, List<Fault> faults, List<string> notes)
{
    private const int MostNames = 5;

    /// <summary>Refuses, or with <c>allowAllMissing</c> takes out, features and subjects without a single value, and counts the subjects without a modality.</summary>
    public LearningProblem Missing(LearningProblem problem, out int[] kept)
    {
        var inputs = problem.Inputs;
        foreach (var (column, input) in inputs.Covariates.Zip(plan.Covariates))
        {
            if (column.CountMissing() == inputs.Count)
            {
                Refuse(input.Location, $"covariate '{input.Name}' has no value for any subject of the evaluation. Remove it");
            }
        }

        foreach (var (layer, input) in inputs.Layers.Zip(plan.Layers))
        {
            string[] empty = [.. layer.Layer.FeaturesWithoutValue()];
            if (empty.Length > 0)
            {
                Refuse(input.Location, FormattableString.Invariant($"{empty.Length} features of layer '{input.Name}' have no value for any subject of the evaluation: {Some(empty)}. Remove them from its source"));
            }

            string[] without = [.. Enumerable.Range(0, inputs.Count).Where(i => !LayerEncoding.IsPresent(layer, i)).Select(i => inputs.Subjects[i].Value)];
            if (without.Length > 0)
            {
                notes.Add(FormattableString.Invariant($"{without.Length} of {inputs.Count} subjects have no layer '{input.Name}': {Some(without)}."));
            }
        }

        return WithoutEmptySubjects(problem, out kept);
    }

    /// <summary>Refuses one class and few events.</summary>
    /// <returns>Events, or subjects of the rarest class; null for a continuous target.</returns>
    public int? Events(OutcomeData outcome)
    {
        var place = plan.PlaceOf("target");
        var (count, what) = outcome switch
        {
            SurvivalOutcome survival => (survival.HadEvent.Count(e => e), "events"),
            BinaryOutcome binary => (Math.Min(binary.Occurred.Count(o => o), binary.Occurred.Count(o => !o)), "subjects of the rarer outcome"),
            CategoricalOutcome categorical => (Enumerable.Range(0, categorical.Levels.Count).Min(l => categorical.Codes.Count(c => c == l)), "subjects of the rarest class"),
            _ => (-1, string.Empty),
        };
        if (outcome is ContinuousOutcome continuous)
        {
            if (continuous.Values.Distinct().Take(2).Count() < 2)
            {
                faults.Add(new Fault(place, $"'{plan.Target.Name}' has one and the same value for everybody, so there is nothing to predict."));
            }

            return null;
        }

        if (count == 0)
        {
            faults.Add(new Fault(place, outcome is SurvivalOutcome
                ? $"'{plan.Target.Name}' has no event before the horizon, so there is nothing to predict. Choose a later horizon or another target."
                : $"'{plan.Target.Name}' has a class without a subject ({EmptyClasses(outcome)}), so there is nothing to tell apart. Correct target or population."));
        }
        else if (count < plan.Limits.MinimumEvents && !plan.Limits.AllowFewEvents)
        {
            faults.Add(new Fault(place, FormattableString.Invariant(
                $"'{plan.Target.Name}' has {count} {what}, fewer than minimumEvents ({plan.Limits.MinimumEvents}). Use more data; 'allowFewEvents: true' goes on all the same.")));
        }
        else if (count < plan.Limits.MinimumEvents)
        {
            notes.Add(FormattableString.Invariant($"Only {count} {what}: fewer than minimumEvents ({plan.Limits.MinimumEvents}), allowed by the file. Intervals will be wide."));
        }

        return count;
    }

    private LearningProblem WithoutEmptySubjects(LearningProblem problem, out int[] kept)
    {
        var inputs = problem.Inputs;
        var hasObservation = new bool[inputs.Count];
        foreach (var subject in inputs.Observations?.Subjects.ToArray() ?? [])
        {
            hasObservation[subject] = true;
        }

        // Without any input at all (a bare baseline) nobody is missing anything.
        var sees = inputs.Covariates.Count + inputs.Layers.Count > 0 || inputs.Observations is not null;
        kept = [.. Enumerable.Range(0, inputs.Count).Where(i => !sees || hasObservation[i]
            || inputs.Covariates.Any(c => !c.IsMissing(i)) || inputs.Layers.Any(l => LayerEncoding.IsPresent(l, i)))];
        if (kept.Length == inputs.Count)
        {
            return problem;
        }

        var empty = Enumerable.Range(0, inputs.Count).Except(kept).Select(i => inputs.Subjects[i].Value).ToArray();
        Refuse(
            plan.PlaceOf(inputs.Layers.Count > 0 ? "layers" : "covariates"),
            FormattableString.Invariant($"{empty.Length} subjects have no value in any covariate, layer or observation: {Some(empty)}. Leave them out by 'population'"));
        return plan.Limits.AllowAllMissing ? problem.Take(kept) : problem;
    }

    private void Refuse(TextLocation place, string message)
    {
        if (plan.Limits.AllowAllMissing)
        {
            notes.Add($"{char.ToUpperInvariant(message[0])}{message[1..message.LastIndexOf('.')]}. Let pass by allowAllMissing.");
        }
        else
        {
            faults.Add(new Fault(place, $"{char.ToUpperInvariant(message[0])}{message[1..]}, or write 'allowAllMissing: true'."));
        }
    }

    private static string EmptyClasses(OutcomeData outcome) => outcome switch
    {
        CategoricalOutcome categorical => string.Join(", ", categorical.Levels.Where((_, l) => !categorical.Codes.Contains(l))),
        BinaryOutcome binary => binary.Occurred.Length > 0 && binary.Occurred[0] ? "not occurred" : "occurred",
        _ => string.Empty,
    };

    private static string Some(string[] names) => string.Join(", ", names.Take(MostNames)) + (names.Length > MostNames ? ", ..." : string.Empty);
}
