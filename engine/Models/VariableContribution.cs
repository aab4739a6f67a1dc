using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models;

/// <summary>What one variable adds to a subject's linear predictor.</summary>
/// <param name="Variable">Name of the variable.</param>
/// <param name="Value">Value of the subject as text, level or number.</param>
/// <param name="Contribution">Mean over the ensemble, on the linear scale.</param>
/// <param name="StandardDeviation">Spread over the ensemble.</param>
public sealed record VariableContribution(string Variable, string Value, double Contribution, double StandardDeviation)
{
    /// <summary>Mean and spread over the members of an ensemble.</summary>
    internal static VariableContribution Of(string variable, string value, double[] members)
    {
        var mean = members.Average();
        return new VariableContribution(variable, value, mean, Math.Sqrt(members.Sum(m => (m - mean) * (m - mean)) / Math.Max(1, members.Length - 1)));
    }

    /// <summary>Largest absolute contribution first, then by name.</summary>
    internal static IReadOnlyList<VariableContribution> InOrder(IEnumerable<VariableContribution> rows) =>
        [.. rows.OrderByDescending(r => Math.Abs(r.Contribution)).ThenBy(r => r.Variable, StringComparer.Ordinal)];

    /// <summary>A subject's value of a variable in words: its number, its level, or the reference.</summary>
    internal static string ValueText(string variable, IReadOnlyList<CovariateColumn> columns, ReadOnlySpan<double> covariates)
    {
        var text = "reference";
        for (var c = 0; c < columns.Count; c++)
        {
            if (columns[c].Variable == variable && columns[c].Level is null)
            {
                return covariates[c].ToString("G6", CultureInfo.InvariantCulture);
            }

            if (columns[c].Variable == variable && covariates[c] > 0.5)
            {
                text = columns[c].Level!;
            }
        }

        return text;
    }
}
