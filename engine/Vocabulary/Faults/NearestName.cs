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
                .Select(c => (Name: c, Distance: EditDistance(Plain(written), Plain(c)) + (written == c ? 0 : 0.5)))
                .Where(c => c.Distance <= Math.Max(1.5, written.Length / 2.0))
                .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal)
                .Select(c => c.Name)
                .FirstOrDefault();
    }

    private static string Plain(string name) => name.Trim('[', ']').ToUpperInvariant();

    private static int EditDistance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substituted, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
