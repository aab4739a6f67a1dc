using System.Text;

namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>How the values of an enumeration are written in a scenario: <c>HazardRatio</c> as <c>hazard-ratio</c>.</summary>
public static class Spelling
{
    /// <summary>Every value of an enumeration as written.</summary>
    public static IReadOnlyList<string> All<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(Of)];

    /// <summary>A value as written.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            text.Append(i > 0 && char.IsAsciiLetterUpper(name[i]) ? "-" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    /// <summary>The value written so, or null.</summary>
    public static T? Parse<T>(string? text)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (Of(value) == text)
            {
                return value;
            }
        }

        return null;
    }
}
