using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>Finds the choice a writer most likely meant.</summary>
public static class Nearest
{
    // Longer texts are not misspelt names, and the table of distances grows with their length.
    private const int LongestName = 64;

    /// <summary>" Did you mean 'x'?" when a choice is near, else " Choose one of: ..." when the list is short, else nothing.</summary>
    public static string Suggest(string written, IEnumerable<string> choices)
    {
        ArgumentNullException.ThrowIfNull(written);
        var all = choices.Order(StringComparer.Ordinal).ToList();
        if (Find(written, all) is { } nearest)
        {
            return $" Did you mean '{nearest}'?";
        }

        return all.Count is > 0 and <= 20 ? $" Choose one of: {string.Join(", ", all)}." : string.Empty;
    }

    /// <summary>The choice with the smallest edit distance, or null when none is within a third of the length (at least 2 edits);
    /// then the only choice that starts with what is written, from 3 letters on.</summary>
    public static string? Find(string written, IEnumerable<string> choices)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(choices);
        if (written.Length > LongestName)
        {
            return null;
        }

        var limit = Math.Max(2, written.Length / 3);
        string? nearest = null;
        foreach (var choice in choices)
        {
            var distance = NearestName.Distance(written.ToUpperInvariant(), choice.ToUpperInvariant());
            if (distance <= limit && distance < choice.Length)
            {
                (nearest, limit) = (choice, distance - 1);
            }
        }

        return nearest ?? OnlyStart(written, choices);
    }

    private static string? OnlyStart(string written, IEnumerable<string> choices)
    {
        var longer = choices.Where(c => c.StartsWith(written, StringComparison.OrdinalIgnoreCase)).Take(2).ToList();
        return written.Length >= 3 && longer.Count == 1 ? longer[0] : null;
    }
}
