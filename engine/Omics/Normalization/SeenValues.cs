namespace DigitalTwin.Omics.Normalization;

/// <summary>The values of one feature among training subjects.</summary>
/// <param name="Values">Each once, ascending, finite; at least one. Shape [values].</param>
/// <param name="Counts">How many subjects had each, 1 or more; null where each stands once. Shape [values].</param>
public sealed record SeenValues(double[] Values, int[]? Counts)
{
    /// <summary>Training values in all.</summary>
    public long Total => Counts is null ? Values.Length : Counts.Sum(c => (long)c);

    /// <param name="values">In any order; sorted in place.</param>
    internal static SeenValues Of(double[] values)
    {
        Array.Sort(values);
        var (distinct, counts) = (new List<double>(), new List<int>());
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            distinct.Add(values[start]);
            counts.Add(end - start);
            start = end;
        }

        return new SeenValues([.. distinct], distinct.Count == values.Length ? null : [.. counts]);
    }

    /// <exception cref="ArgumentException">Values do not ascend or are not finite, or counts do not match them.</exception>
    internal void Check()
    {
        if (Values.Length == 0 || !double.IsFinite(Values[0]) || !double.IsFinite(Values[^1]))
        {
            throw new ArgumentException($"Training values are at least one and finite; there are {Values.Length}.", nameof(Values));
        }

        for (var k = 1; k < Values.Length; k++)
        {
            if (!(Values[k] > Values[k - 1]))
            {
                throw new ArgumentException($"Training values ascend, each once; number {k} is {Values[k]} after {Values[k - 1]}.", nameof(Values));
            }
        }

        if (Counts is not null && (Counts.Length != Values.Length || Counts.Any(c => c < 1)))
        {
            throw new ArgumentException($"{Values.Length} values need as many counts of 1 or more.", nameof(Counts));
        }
    }
}
