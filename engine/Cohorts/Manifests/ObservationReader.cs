using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Reads <c>observations</c>: which variables are measured repeatedly, and how their source file is laid out.</summary>
internal static class ObservationReader
{
    public static (IReadOnlyList<Variable> Variables, ObservationSource? Source) Read(ManifestFields? fields, bool hasLayout, List<Fault> faults)
    {
        if (fields is null)
        {
            return ([], null);
        }

        var entries = ManifestReader.ReadNamed(
            fields.Items("variables", required: true), "observations.variables", faults, VariableReader.Read, v => v.Variable.Name);
        var subject = fields.Text("subject", required: hasLayout);
        var time = fields.Mapping("time", required: hasLayout);
        var variableColumn = fields.Text("variableColumn");
        var valueColumn = fields.Text("valueColumn");
        if (variableColumn is null != valueColumn is null)
        {
            fields.Report(fields.Location, "observations has one of 'variableColumn' and 'valueColumn'. The long form needs both, the wide form neither.");
        }

        fields.RefuseUnknownKeys();
        var source = subject is null || time is null ? null : ReadSource(subject, time, variableColumn, valueColumn, [.. entries.Select(e => e.Source)]);
        return ([.. entries.Select(e => e.Variable)], source);
    }

    private static ObservationSource? ReadSource(
        string subject, ManifestFields time, string? variableColumn, string? valueColumn, IReadOnlyList<VariableSource> variables)
    {
        var column = time.Text("column", required: true);
        var unit = time.Unit("unit", absent: "d", required: true);
        if (!UcumUnit.Parse(unit).CanConvertTo(UcumUnit.Parse("d")))
        {
            time.Report(time.Scalar("unit")!.Location, $"{time.Dotted("unit")} is '{unit}', which is no unit of time. Use 'd', 'wk', 'mo' or 'a'.");
        }

        time.RefuseUnknownKeys();
        return column is null ? null : new ObservationSource(subject, column, unit, variableColumn, valueColumn, variables);
    }
}
