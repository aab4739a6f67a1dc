namespace DigitalTwin.Vocabulary;

/// <summary>The choice a writer most likely meant, for the end of a fault's message.</summary>
public static class NearestName
{
    // Longer texts are not misspelt names, and the cost grows with the square of the length.
    private const int LongestName = 64;

    /// <summary>The choice with the fewest letters different, case and square brackets counting half a letter; null when none is near.</summary>
    public static string? Find(string written, IEnumerable<string> choices)
    {
        ArgumentNullException.ThrowIfNull(written);
        ArgumentNullException.ThrowIfNull(choices);
        return written.Length > LongestName
            ? null
            : choices
                .Select(c => (Name: c, Distance: Distance(Plain(written), Plain(c)) + (written == c ? 0 : 0.5)))
                .Where(c => c.Distance <= Math.Max(1.5, written.Length / 2.0))
                .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
                .Select(c => c.Name)
                .FirstOrDefault();
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

    private static string Plain(string name) => name.Trim('[', ']').ToUpperInvariant();
}
