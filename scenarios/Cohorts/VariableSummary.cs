using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Cohorts;

/// <summary>One variable of a cohort in a line.</summary>
/// <remarks>
/// MissingCount: subjects without a value.
/// Minimum: of the values that are there, in the unit; null for categorical variables and where all are missing.
/// Levels: level and number of subjects, for categorical and binary variables.
/// </remarks>
public sealed record VariableSummary(
    string Name,
    string Label,
    string Type,
    string Role,
    string Unit,
    int MissingCount,
    double? Minimum,
    double? Mean,
    double? Median,
    double? Maximum,
    IReadOnlyList<LevelCount> Levels)
{
    public static VariableSummary Of(Column column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var variable = column.Variable;
        var empty = new VariableSummary(
            variable.Name,
            variable.Label,
            variable.Type.ToString().ToLowerInvariant(),
            variable.Role.ToString().ToLowerInvariant(),
            variable.Unit,
            column.CountMissing(),
            null,
            null,
            null,
            null,
            []);
        return column switch
        {
            CategoricalColumn categorical => empty with { Levels = CountLevels(categorical) },
            NumericColumn numeric => Describe(empty, numeric),
            _ => empty,
        };
    }

    private static VariableSummary Describe(VariableSummary empty, NumericColumn column)
    {
        var values = column.Values.ToArray().Where(v => !double.IsNaN(v)).Order().ToArray();
        if (values.Length == 0)
        {
            return empty;
        }

        var middle = values.Length / 2;
        return empty with
        {
            Minimum = values[0],
            Mean = values.Sum() / values.Length,
            Median = values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2,
            Maximum = values[^1],
            Levels = column.Variable.Type == VariableType.Binary
                ? [new LevelCount("0", values.Count(v => v == 0)), new LevelCount("1", values.Count(v => v == 1))]
                : [],
        };
    }

    private static LevelCount[] CountLevels(CategoricalColumn column)
    {
        var counts = new int[column.Variable.Levels.Count];
        foreach (var code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
            }
        }

        return [.. column.Variable.Levels.Zip(counts, (level, count) => new LevelCount(level, count))];
    }
}

/// <remarks>
/// Count: subjects with this level.
/// </remarks>
public sealed record LevelCount(string Level, int Count);
