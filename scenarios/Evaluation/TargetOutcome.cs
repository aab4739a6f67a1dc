using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Reads the target from a cohort's columns.</summary>
internal static class TargetOutcome
{
    /// <summary>Whether each subject's target was observed and is one of its classes, shape [subjects].</summary>
    public static IEnumerable<bool> IsObserved(Cohort cohort, EvaluationTarget target)
    {
        if (target.Kind == EndpointKind.TimeToEvent)
        {
            var events = Events(cohort, target);
            return [.. events.Days.ToArray().Select(d => !double.IsNaN(d))];
        }

        var column = EvaluationAssembler.Column(cohort, target.Name);
        return [.. Enumerable.Range(0, cohort.Count).Select(i => !column.IsMissing(i)
            && (target.Kind is not (EndpointKind.Categorical or EndpointKind.Ordinal) || Levels(column, target).Contains(((CategoricalColumn)column).Level(i)!)))];
    }

    /// <summary>Outcomes of subjects whose target was observed. An event at the horizon counts, a later one is censored there; a competing event censors.</summary>
    public static OutcomeData Read(Cohort cohort, EvaluationTarget target)
    {
        if (target.Kind == EndpointKind.TimeToEvent)
        {
            return Cut(Events(cohort, target), target.Horizon);
        }

        var column = EvaluationAssembler.Column(cohort, target.Name);
        switch (target.Kind)
        {
            case EndpointKind.Binary when column is CategoricalColumn categorical:
                return new BinaryOutcome([.. Enumerable.Range(0, cohort.Count).Select(i => categorical.Level(i) == target.Levels[0])]);
            case EndpointKind.Binary:
                return new BinaryOutcome([.. ((NumericColumn)column).Values.ToArray().Select(v => v != 0)]);
            case EndpointKind.Continuous:
                return new ContinuousOutcome(((NumericColumn)column).Values.ToArray(), column.Variable.Unit);
            default:
                var levels = Levels(column, target);
                return new CategoricalOutcome(
                    [.. Enumerable.Range(0, cohort.Count).Select(i => levels.IndexOf(((CategoricalColumn)column).Level(i)!))], levels, target.Kind == EndpointKind.Ordinal);
        }
    }

    private static List<string> Levels(Column column, EvaluationTarget target) => [.. target.Levels.Count > 0 ? target.Levels : column.Variable.Levels];

    private static SurvivalOutcome Cut(EventColumn events, Duration? stated)
    {
        var horizon = stated ?? Duration.FromDays(Math.Max(1, events.Days.ToArray().DefaultIfEmpty(1).Max()));
        var days = new double[events.Count];
        var hadEvent = new bool[events.Count];
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = Math.Min(events.Days[i], horizon.Days);
            hadEvent[i] = events.Status[i] == EventColumn.Event && events.Days[i] <= horizon.Days;
        }

        return new SurvivalOutcome(days, hadEvent, horizon);
    }

    private static EventColumn Events(Cohort cohort, EvaluationTarget target) => cohort.TryGetEvent(target.Name, out var events)
        ? events
        : throw new ArgumentException($"The cohort has no endpoint '{target.Name}'; bind the evaluation to its manifest first.");
}
