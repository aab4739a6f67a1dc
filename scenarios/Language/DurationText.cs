using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>Reads a length of time as people write it: <c>5 years</c>, <c>60 months</c>, <c>1 day</c>.</summary>
public static class DurationText
{
    // No follow-up is longer; a slip of the keyboard is.
    private const double MaximumYears = 1_000;

    /// <summary>What <see cref="TryParse"/> reads, as an ECMA regular expression for editors.</summary>
    public const string Pattern = @"^[0-9]+(\.[0-9]+)? +(days?|weeks?|months?|years?)$";

    private static readonly (string Word, TimeUnit Unit)[] Units =
        [("day", TimeUnit.Day), ("week", TimeUnit.Week), ("month", TimeUnit.Month), ("year", TimeUnit.Year)];

    /// <summary>Reads a number that is not negative, a space, and a unit.</summary>
    public static bool TryParse(string text, out Duration duration, out TimeUnit unit)
    {
        ArgumentNullException.ThrowIfNull(text);
        (duration, unit) = (default, default);
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2 || text != text.Trim() || !char.IsAsciiDigit(parts[0][0]) || parts[0][^1] == '.')
        {
            return false;
        }

        var index = Array.FindIndex(Units, u => parts[1] == u.Word || parts[1] == u.Word + "s");
        if (index < 0
            || !double.TryParse(parts[0], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || number > MaximumYears * 365.25)
        {
            return false;
        }

        unit = Units[index].Unit;
        duration = Duration.From(number, unit);
        return true;
    }
}
