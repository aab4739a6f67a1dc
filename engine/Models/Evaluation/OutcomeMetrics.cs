using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Every measure there is, by kind of outcome.</summary>
public static class OutcomeMetrics
{
    /// <summary>The measures of a kind of outcome, the leading one first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are none for this kind.</exception>
    public static IReadOnlyList<OutcomeMetric> For(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => ClassMetrics.Binary,
        EndpointKind.Categorical => ClassMetrics.Categorical,
        EndpointKind.Ordinal => ClassMetrics.Ordinal,
        EndpointKind.Continuous => ContinuousMetrics.All,
        EndpointKind.TimeToEvent => SurvivalMetrics.All,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no measure for outcomes of this kind."),
    };
}
