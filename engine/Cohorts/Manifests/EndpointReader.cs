using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Reads one entry of <c>endpoints</c>: what the endpoint is, and where its times stand in the source.</summary>
internal static class EndpointReader
{
    /// <summary>Words a status code may lead to, beside the labels of competing events.</summary>
    public const string CensoredWord = "censored";

    /// <inheritdoc cref="CensoredWord"/>
    public const string EventWord = "event";

    // Status is a byte: 0 censored, 1 event, the rest competing.
    private const int MostCompetingEvents = 254;

    /// <param name="fields">The entry.</param>
    /// <param name="hasLayout">True when the manifest says where values stand in a source, so that this endpoint must too.</param>
    public static (EventEndpoint Endpoint, EndpointSource? Source)? Read(ManifestFields fields, bool hasLayout)
    {
        var name = fields.Name("name");
        var label = fields.Text("label") ?? name;
        var competing = fields.Texts("competing");
        if (competing.Count > MostCompetingEvents || competing.Any(c => c is CensoredWord or EventWord))
        {
            fields.Report(fields.Node("competing")!.Location, $"{fields.Dotted("competing")} needs at most {MostCompetingEvents} labels, none of them '{CensoredWord}' or '{EventWord}'.");
        }

        var source = ReadSource(fields, hasLayout, competing);
        fields.RefuseUnknownKeys();
        return name is null ? null : (new EventEndpoint(name, label!, competing), source);
    }

    private static EndpointSource? ReadSource(ManifestFields fields, bool hasLayout, IReadOnlyList<string> competing)
    {
        var time = fields.Mapping("time", required: hasLayout);
        var status = fields.Mapping("status", required: hasLayout);
        if (time is null || status is null)
        {
            return null;
        }

        var timeColumn = time.Text("column", required: true);
        var unit = time.Unit("unit", absent: "d", required: true);
        if (!UcumUnit.Parse(unit).CanConvertTo(UcumUnit.Parse("d")))
        {
            time.Report(time.Scalar("unit")!.Location, $"{time.Dotted("unit")} is '{unit}', which is no unit of time. Use 'd', 'wk', 'mo' or 'a'.");
        }

        time.RefuseUnknownKeys();
        var statusColumn = status.Text("column", required: true);
        var codes = ReadCodes(status, competing);
        status.RefuseUnknownKeys();
        return timeColumn is null || statusColumn is null ? null : new EndpointSource(timeColumn, unit, statusColumn, codes);
    }

    private static Dictionary<string, byte> ReadCodes(ManifestFields status, IReadOnlyList<string> competing)
    {
        string[] meanings = [CensoredWord, EventWord, .. competing];
        var codes = new Dictionary<string, byte>(StringComparer.Ordinal);
        foreach (var (key, value) in status.Pairs("codes", required: true))
        {
            var meaning = Array.IndexOf(meanings, value.Text);
            if (meaning >= 0)
            {
                codes[key.Text] = (byte)meaning;
            }
            else
            {
                status.Report(value.Location, $"{status.Dotted("codes")} leads to '{value.Text}'. Use one of: {string.Join(", ", meanings)}.");
            }
        }

        if (codes.Count > 0 && !codes.ContainsValue(EventColumn.Event))
        {
            status.Report(status.Node("codes")!.Location, $"{status.Dotted("codes")} has no code for '{EventWord}'. Add one.");
        }

        return codes;
    }
}
