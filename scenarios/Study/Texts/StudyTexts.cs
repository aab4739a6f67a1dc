using System.Globalization;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Texts;

/// <summary>The estimand and the endpoint of a scenario in words.</summary>
internal static class StudyTexts
{
    public static EstimandResult Estimand(Scenario scenario) => new(
        scenario.Estimand.Population,
        PopulationText(scenario),
        scenario.Arms.Treated.Label,
        scenario.Arms.Control.Label,
        Variable(scenario.Endpoint),
        Summary(scenario.Estimand.Measures[0]),
        [.. scenario.Estimand.IntercurrentEvents.Select(e => new IntercurrentEventText(e.Event, $"{Strategy(e.Strategy)}: {e.Text}"))]);

    public static EndpointResult Endpoint(ScenarioEndpoint endpoint) => endpoint switch
    {
        TimeToEventEndpoint e => new(e.Event, e.Label, e.Kind, e.EventText, e.Horizon, e.DisplayUnit, "d", e.HigherIsBetter),
        BinaryEndpoint e => new(e.Variable, e.Label, e.Kind, e.Label, null, TimeUnit.Day, "1", e.HigherIsBetter),
        ContinuousEndpoint e => new(e.Variable, e.Label, e.Kind, null, null, TimeUnit.Day, e.Unit, e.HigherIsBetter),
        _ => throw new ArgumentException($"Unknown endpoint {endpoint.GetType().Name}.", nameof(endpoint)),
    };

    private static string PopulationText(Scenario scenario) => scenario.Estimand.Population switch
    {
        EstimandPopulation.Att => $"subjects like those of the treated arm ({scenario.Arms.Treated.Label})",
        EstimandPopulation.Ato => "subjects who might have been in either arm (overlap population)",
        _ => "the subjects of both arms together",
    };

    private static string Variable(ScenarioEndpoint endpoint) => endpoint switch
    {
        TimeToEventEndpoint e => $"time to {e.EventText}, followed for {InUnit(e.Horizon, e.DisplayUnit)}",
        BinaryEndpoint e => $"whether '{e.Label}' occurred",
        ContinuousEndpoint e => $"{e.Label} ({e.Unit})",
        _ => endpoint.Label,
    };

    private static string Summary(RequestedMeasure measure)
    {
        var name = ResultNames.Of(measure.Measure).Replace('-', ' ');
        return measure.Time is { } time ? $"{name} at {InUnit(time, TimeUnit.Year)}" : name;
    }

    private static string InUnit(Duration duration, TimeUnit unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.In(unit):0.##} {unit.ToString().ToLowerInvariant()}s");

    private static string Strategy(IntercurrentEventStrategy strategy) => strategy switch
    {
        IntercurrentEventStrategy.TreatmentPolicy => "treatment policy",
        IntercurrentEventStrategy.WhileOnTreatment => "while on treatment",
        IntercurrentEventStrategy.PrincipalStratum => "principal stratum",
        _ => strategy.ToString().ToLowerInvariant(),
    };
}
