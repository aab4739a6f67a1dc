using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>What a value of a variable may be. Shared by the importer and the reader, so that they cannot disagree.</summary>
internal static class VariableValues
{
    /// <summary>What is wrong with a number, in words that follow the variable's name, or null.</summary>
    /// <param name="variable">A variable of any type; categorical ones hold the index of a level.</param>
    /// <param name="value">In the variable's unit; NaN, missing, is always right.</param>
    public static string? FaultOf(Variable variable, double value)
    {
        if (double.IsNaN(value))
        {
            return null;
        }

        if (!double.IsFinite(value))
        {
            return "is infinite";
        }

        return variable.Type switch
        {
            VariableType.Binary when value is not (0 or 1) => "is neither 0 nor 1",
            VariableType.Integer when value != Math.Floor(value) => "is not a whole number",
            VariableType.Categorical when value != Math.Floor(value) || value < 0 || value >= variable.Levels.Count => "is no level",
            _ when variable.Range is { } range && !range.Contains(value) =>
                FormattableString.Invariant($"is outside its range {range.Minimum} to {range.Maximum}"),
            _ => null,
        };
    }
}
