using System.Globalization;
using DigitalTwin.Cohorts.Tables;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Turns the text of a source field into a value of a variable: maps it, reads it, converts its unit, checks it.</summary>
internal sealed class ValueParser
{
    private const string NotAvailable = "NA";

    private readonly Variable _variable;
    private readonly VariableSource _source;
    private readonly Dictionary<string, int> _levelOf;
    private readonly UcumUnit? _from;
    private readonly UcumUnit? _to;

    public ValueParser(Variable variable, VariableSource source)
    {
        _variable = variable;
        _source = source;
        _levelOf = variable.Levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        if (variable.IsNumeric && source.Unit != variable.Unit)
        {
            (_from, _to) = (UcumUnit.Parse(source.Unit), UcumUnit.Parse(variable.Unit));
        }
    }

    /// <summary>Whether the levels are those of the source.</summary>
    public bool FindsLevels => _source.FindsLevels;

    /// <summary>Levels in the order they were declared or came.</summary>
    public IReadOnlyCollection<string> Levels => _levelOf.Keys;

    /// <summary>True for an empty field and for <c>NA</c>.</summary>
    public static bool IsMissing(string text) => text.Length == 0 || text == NotAvailable;

    /// <summary>The number in the text, whatever the culture; no blanks, no thousands separators, no NaN or infinity.</summary>
    public static bool TryReadNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    /// <summary>A value: NaN for missing, the index of a level for a categorical variable.</summary>
    /// <param name="text">Field of the source.</param>
    /// <param name="value">The value; NaN when there is a fault.</param>
    /// <returns>What is wrong, in words that follow the variable's name, or null.</returns>
    public string? Parse(string text, out double value)
    {
        value = double.NaN;
        var isMapped = _source.Map.TryGetValue(text, out var mapped);
        var meaning = isMapped ? mapped! : text;
        if (IsMissing(meaning))
        {
            return null;
        }

        if (!_variable.IsNumeric)
        {
            if (!_levelOf.TryGetValue(meaning, out var level) && _source.FindsLevels)
            {
                level = _levelOf.Count;
                _levelOf.Add(meaning, level);
            }
            else if (!_levelOf.ContainsKey(meaning))
            {
                return $"is none of its levels. Add the text to 'map' or to 'levels' ({string.Join(", ", _variable.Levels.Take(10))}).";
            }

            value = level;
            return null;
        }

        if (!TryReadNumber(meaning, out var number))
        {
            return "is not a number. Correct it, leave it empty, or map it in the manifest.";
        }

        // A mapped number is already in the variable's unit.
        if (!isMapped && _from is not null && _to is not null)
        {
            try
            {
                number = UcumUnit.Convert(number, _from, _to);
            }
            catch (ArgumentOutOfRangeException)
            {
                return $"has no value in '{_to.Code}'. Correct it.";
            }
        }

        if (VariableValues.FaultOf(_variable, number) is { } fault)
        {
            return $"{fault}. Correct it, or the manifest.";
        }

        value = number;
        return null;
    }
}
