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
            var distance = Distance(written.ToUpperInvariant(), choice.ToUpperInvariant());
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

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours [Damerau1964].</summary>
    public static int Distance(string a, string b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var substitution = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                var best = Math.Min(substitution, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                var isSwap = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
                table[i, j] = isSwap ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
            }
        }

        return table[a.Length, b.Length];
    }
}
