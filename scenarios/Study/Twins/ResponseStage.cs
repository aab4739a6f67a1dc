using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Trials;

namespace DigitalTwin.Scenarios.Study.Twins;

/// <summary>Says of each treated subject what its twin expects the treatment to have changed.</summary>
internal static class ResponseStage
{
    public static SubjectResponseResult Run(Scenario scenario, IReadOnlyList<VirtualSubject> subjects)
    {
        var (quantity, unit, higherIsBetter) = scenario.Endpoint switch
        {
            TimeToEventEndpoint endpoint => ($"probability of no event of '{endpoint.Label}'", "1", !endpoint.HigherIsBetter),
            BinaryEndpoint endpoint => ($"probability of '{endpoint.Label}'", "1", endpoint.HigherIsBetter),
            ContinuousEndpoint endpoint => ($"mean of '{endpoint.Label}'", endpoint.Unit, endpoint.HigherIsBetter),
            var other => throw new InvalidOperationException($"Unknown endpoint {other.GetType().Name}."),
        };
        var level = scenario.Estimand.Confidence;
        return new SubjectResponseResult(
            quantity,
            unit,
            (scenario.Endpoint as TimeToEventEndpoint)?.Horizon,
            higherIsBetter,
            level,
            [.. subjects.Select(s => Response(IndividualEffect.Of(s, level), higherIsBetter)).OrderBy(r => r.Subject)]);
    }

    private static SubjectResponse Response(IndividualEffect effect, bool higherIsBetter) => new(
        effect.Subject,
        effect.UnderTreatment,
        effect.UnderControl,
        effect.Difference,
        effect.Lower,
        effect.Upper,
        higherIsBetter ? effect.ProbabilityPositive : 1 - effect.ProbabilityPositive,
        SubjectResponse.Classify(effect.Lower, effect.Upper, higherIsBetter));
}
