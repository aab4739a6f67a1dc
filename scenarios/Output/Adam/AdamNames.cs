using System.Globalization;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>Variable names as SAS transport files allow them: at most 8 upper-case letters, digits and underscores, no digit first.</summary>
internal static class AdamNames
{
    private const int MaximumLength = 8;

    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>A valid name made from <paramref name="prefix"/> and <paramref name="text"/> that is not yet taken; it is then taken.</summary>
    public static string Take(string prefix, string text, HashSet<string> taken)
    {
        var letters = new string([.. text.ToUpperInvariant().Where(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')]);
        var wanted = prefix + letters;
        wanted = wanted.Length == 0 || char.IsAsciiDigit(wanted[0]) ? "_" + wanted : wanted;
        var name = wanted[..Math.Min(MaximumLength, wanted.Length)];
        for (var number = 2; !taken.Add(name); number++)
        {
            var suffix = number.ToString(CultureInfo.InvariantCulture);
            name = wanted[..Math.Min(MaximumLength - suffix.Length, wanted.Length)] + suffix;
        }

        return name;
    }
}
