using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Reads one entry of <c>variables</c>: what the variable is, and where its values stand in the source.</summary>
internal static class VariableReader
{
    /// <summary>In place of a list of levels: whatever the source holds.</summary>
    public const string FoundWord = "found";

    public static (Variable Variable, VariableSource Source)? Read(ManifestFields fields)
    {
        var name = fields.Name("name");
        var role = fields.Choice<VariableRole>("role", VariableRole.Covariate) ?? VariableRole.Covariate;
        if (fields.Choice<VariableType>("type", null) is not { } type)
        {
            // What the other keys may say hangs on the type: one fault is enough.
            return null;
        }

        var label = fields.Text("label") ?? name;
        var isCategorical = type == VariableType.Categorical;
        var unit = ReadUnit(fields, type);
        var range = ReadRange(fields, isCategorical);
        var findsLevels = isCategorical && fields.Node("levels") is YamlScalar { Text: FoundWord };
        var levels = findsLevels ? [] : ReadLevels(fields, isCategorical);
        var table = fields.Text("table");
        var column = fields.Text("column") ?? name;
        var columnUnit = isCategorical ? string.Empty : ReadColumnUnit(fields, unit);
        var map = ReadMap(fields, type, levels, findsLevels);
        fields.RefuseUnknownKeys();
        return name is null ? null : (new Variable(name, type, role, unit, label!, range, levels), new VariableSource(column!, columnUnit, map, table, findsLevels));
    }

    private static string ReadUnit(ManifestFields fields, VariableType type)
    {
        if (type is VariableType.Continuous or VariableType.Integer)
        {
            return fields.Unit("unit", absent: "1", required: true);
        }

        if (fields.Scalar("unit") is { } unit && (type == VariableType.Categorical || unit.Text != "1"))
        {
            fields.Report(unit.Location, $"{fields.Dotted("unit")} is '{unit.Text}', but a {type.ToString().ToLowerInvariant()} variable has no unit. Remove it.");
        }

        return type == VariableType.Categorical ? string.Empty : "1";
    }

    private static string ReadColumnUnit(ManifestFields fields, string unit)
    {
        var columnUnit = fields.Unit("columnUnit", absent: unit);
        if (!UcumUnit.Parse(columnUnit).CanConvertTo(UcumUnit.Parse(unit)))
        {
            fields.Report(fields.Scalar("columnUnit")!.Location, $"{fields.Dotted("columnUnit")} is '{columnUnit}', which does not convert to '{unit}'. Change one of them.");
        }

        return columnUnit;
    }

    private static AllowedRange? ReadRange(ManifestFields fields, bool isCategorical)
    {
        if (fields.Node("range") is not { } node)
        {
            return null;
        }

        if (isCategorical)
        {
            fields.Report(node.Location, $"{fields.Dotted("range")} is given for a categorical variable. Use 'levels'.");
            return null;
        }

        if (node is YamlSequence { Items: [YamlScalar low, YamlScalar high] }
            && TryGetLimit(low, double.NegativeInfinity, out var minimum)
            && TryGetLimit(high, double.PositiveInfinity, out var maximum)
            && minimum <= maximum)
        {
            return new AllowedRange(minimum, maximum);
        }

        fields.Report(node.Location, $"{fields.Dotted("range")} is not a range. Write [low, high] with low not above high; ~ leaves a side open.");
        return null;
    }

    private static bool TryGetLimit(YamlScalar scalar, double open, out double limit)
    {
        limit = open;
        return scalar.IsNull || scalar.TryGetNumber(out limit);
    }

    private static IReadOnlyList<string> ReadLevels(ManifestFields fields, bool isCategorical)
    {
        var levels = fields.Texts("levels", required: isCategorical);
        if (isCategorical && levels.Count is < 2 or > short.MaxValue && fields.Node("levels") is { } few)
        {
            fields.Report(few.Location, $"{fields.Dotted("levels")} has {levels.Count} usable levels. A categorical variable needs from 2 to {short.MaxValue}.");
        }
        else if (!isCategorical && levels.Count > 0)
        {
            fields.Report(fields.Node("levels")!.Location, $"{fields.Dotted("levels")} is given, but the type is not categorical. Change the type or remove the levels.");
            return [];
        }

        return levels;
    }

    private static Dictionary<string, string> ReadMap(ManifestFields fields, VariableType type, IReadOnlyList<string> levels, bool findsLevels)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in fields.Pairs("map"))
        {
            map[key.Text] = value.IsNull ? string.Empty : value.Text;
            if (value.IsNull)
            {
                continue;
            }

            if (type == VariableType.Categorical && !findsLevels && !levels.Contains(value.Text))
            {
                var nearest = NearestName.Find(value.Text, levels) ?? (levels.Count > 0 ? levels[0] : null);
                fields.Report(value.Location, $"{fields.Dotted("map")} leads to '{value.Text}', which is no level." + (nearest is null ? string.Empty : $" Did you mean '{nearest}'?"));
            }
            else if (type != VariableType.Categorical && !value.TryGetNumber(out _))
            {
                fields.Report(value.Location, $"{fields.Dotted("map")} leads to '{value.Text}', which is no number. Write a number, or ~ for missing.");
            }
        }

        return map;
    }
}
