using System.Globalization;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Refuses follow-up, weights and other columns that no method of this folder can use, and says which entry is at fault.</summary>
internal static class SurvivalInput
{
    public static void CheckFollowUp(ReadOnlySpan<double> times, ReadOnlySpan<bool> events)
    {
        if (times.Length == 0)
        {
            throw new ArgumentException("There are no subjects.", nameof(times));
        }

        CheckLength(times.Length, events.Length, nameof(events));
        for (var i = 0; i < times.Length; i++)
        {
            if (!double.IsFinite(times[i]) || times[i] < 0)
            {
                throw new ArgumentException(Sentence("time", i, times[i], "a finite number that is not negative"), nameof(times));
            }
        }
    }

    public static void CheckWeights(ReadOnlySpan<double> weights, int subjectCount, string name = "weights")
    {
        CheckLength(subjectCount, weights.Length, name);
        var anyPositive = false;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!double.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new ArgumentException(Sentence("weight", i, weights[i], "a finite number that is not negative"), name);
            }

            anyPositive |= weights[i] > 0;
        }

        if (!anyPositive)
        {
            throw new ArgumentException("Every weight is zero.", name);
        }
    }

    public static void CheckFinite(ReadOnlySpan<double> values, int expectedLength, string what, string name)
    {
        CheckLength(expectedLength, values.Length, name);
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(Sentence(what, i, values[i], "a finite number"), name);
            }
        }
    }

    public static void CheckLength(int expected, int actual, string name)
    {
        if (expected != actual)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{actual} entries for {expected} expected."), name);
        }
    }

    public static double[] Ones(int count)
    {
        var ones = new double[count];
        Array.Fill(ones, 1.0);
        return ones;
    }

    private static string Sentence(string what, int index, double value, string wanted) =>
        string.Create(CultureInfo.InvariantCulture, $"The {what} at {index} is {value}; it must be {wanted}.");
}
