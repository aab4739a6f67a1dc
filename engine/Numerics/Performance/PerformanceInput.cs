namespace DigitalTwin.Numerics.Performance;

/// <summary>Refuses columns that no measure of this folder can use, and says which entry is at fault.</summary>
internal static class PerformanceInput
{
    public static void CheckLength(int expected, int actual, string name)
    {
        if (expected != actual)
        {
            throw new ArgumentException(FormattableString.Invariant($"{actual} entries for {expected} subjects."), name);
        }
    }

    public static void CheckFinite(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(FormattableString.Invariant($"The entry at {i} is {values[i]}; it must be finite."), name);
            }
        }
    }

    public static void CheckProbabilities(ReadOnlySpan<double> values, string name)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (!(values[i] >= 0 && values[i] <= 1))
            {
                throw new ArgumentException(FormattableString.Invariant($"The probability at {i} is {values[i]}; it must lie between 0 and 1."), name);
            }
        }
    }
}
