using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>estimand</c>.</summary>
internal static class EstimandBinder
{
    public static Estimand? Bind(BindingContext context, DocumentSection root, ScenarioEndpoint? endpoint)
    {
        if (root.Section("estimand") is not { } section)
        {
            return null;
        }

        var measures = new List<RequestedMeasure>();
        foreach (var (word, mapping) in section.Items("measures"))
        {
            var name = mapping is null ? new Located<string>(word?.Text ?? string.Empty, word?.Location ?? default) : mapping.Text("measure");
            if (name is not { } written || Spelling.Parse<SummaryMeasure>(written.Value) is not { } measure)
            {
                continue;
            }

            foreach (var requested in BindMeasure(context, measure, written.Location, mapping, endpoint))
            {
                if (measures.Contains(requested))
                {
                    context.Report(written.Location, $"The measure '{written.Value}' is asked for twice at the same time. Keep one of them.");
                }
                else
                {
                    measures.Add(requested);
                }
            }
        }

        return BindPopulation(section) is { } population
            ? new Estimand(population, measures, BindEvents(section), section.Number("confidence")?.Value ?? 0)
            : null;
    }

    public static EstimandPopulation? BindPopulation(DocumentSection section)
    {
        var written = section.Text("population")?.Value;
        return written is null ? null : ScenarioChoices.EstimandPopulations.First(p => p.Text == written).Population;
    }

    /// <summary>Whether a measure suits a kind of endpoint.</summary>
    public static bool Fits(SummaryMeasure measure, EndpointKind endpoint) => measure switch
    {
        SummaryMeasure.HazardRatio or SummaryMeasure.RmstDifference or SummaryMeasure.SurvivalDifference => endpoint == EndpointKind.TimeToEvent,
        SummaryMeasure.RiskDifference or SummaryMeasure.OddsRatio => endpoint == EndpointKind.Binary,
        SummaryMeasure.MeanDifference => endpoint == EndpointKind.Continuous,
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "Unknown measure."),
    };

    /// <summary>Whether a measure belongs to a time.</summary>
    public static bool HasTime(SummaryMeasure measure) => measure is SummaryMeasure.RmstDifference or SummaryMeasure.SurvivalDifference;

    /// <summary>Times of a measure: those written, or the horizon; one null for a measure without time.</summary>
    public static IEnumerable<RequestedMeasure> BindMeasure(
        BindingContext context, SummaryMeasure measure, TextLocation location, DocumentSection? mapping, ScenarioEndpoint? endpoint)
    {
        if (endpoint is not null && !Fits(measure, endpoint.Kind))
        {
            var fitting = Enum.GetValues<SummaryMeasure>().Where(m => Fits(m, endpoint.Kind)).Select(Spelling.Of);
            context.Report(location, $"The measure '{Spelling.Of(measure)}' does not fit a {Spelling.Of(endpoint.Kind)} endpoint. Use {string.Join(", ", fitting)}.");
            return [];
        }

        if (!HasTime(measure))
        {
            if (mapping is not null && mapping.Has("at"))
            {
                context.Report(mapping.LocationOf("at"), $"{mapping.PathOf("at")} has no meaning for '{Spelling.Of(measure)}'. Remove it.");
            }

            return [new RequestedMeasure(measure, null)];
        }

        if (endpoint is not TimeToEventEndpoint timed)
        {
            return [];
        }

        return mapping is null || !mapping.Has("at")
            ? [new RequestedMeasure(measure, timed.Horizon)]
            : [.. mapping.Durations("at").Where(t => IsWithin(context, mapping, t, timed)).Select(t => new RequestedMeasure(measure, t.Value.Duration))];
    }

    private static bool IsWithin(BindingContext context, DocumentSection mapping, Located<StatedDuration> time, TimeToEventEndpoint endpoint)
    {
        var isWithin = time.Value.Duration <= endpoint.Horizon;
        if (!isWithin)
        {
            context.Report(time.Location, FormattableString.Invariant(
                $"{mapping.PathOf("at")} is {time.Value.Duration.Days} days, beyond the horizon of {endpoint.Horizon.Days} days. Take an earlier time, or a later horizon."));
        }

        return isWithin;
    }

    private static List<IntercurrentEvent> BindEvents(DocumentSection section) =>
    [
        .. from item in section.Items("intercurrentEvents")
           let mapping = item.Long
           where mapping is not null
           let name = mapping.Text("event")
           let strategy = Spelling.Parse<IntercurrentEventStrategy>(mapping.Text("strategy")?.Value)
           let text = mapping.Text("text")
           where name is not null && strategy is not null && text is not null
           select new IntercurrentEvent(name.Value.Value, strategy.Value, text.Value.Value),
    ];
}
