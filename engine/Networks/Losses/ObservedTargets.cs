namespace DigitalTwin.Networks.Losses;

/// <summary>Checks of what was observed in a whole cohort, before training on parts of it.</summary>
public static class ObservedTargets
{
    /// <summary>Labels must lie among the classes, and at least two classes must occur.</summary>
    /// <exception cref="UnusableTargetsException">They do not.</exception>
    public static void CheckClasses(ReadOnlySpan<int> labels, int classCount)
    {
        CheckLabels(labels, classCount);
        if (labels.IsEmpty || labels.IndexOfAnyExcept(labels[0]) < 0)
        {
            throw new UnusableTargetsException(
                $"All {labels.Length} subjects are of {(labels.IsEmpty ? "no class" : $"class {labels[0]}")}: there is nothing to tell apart. Use subjects of two classes or more.");
        }
    }

    /// <summary>Times must be finite and not negative, and at least one event must occur.</summary>
    /// <exception cref="UnusableTargetsException">They are not, or none does.</exception>
    public static void CheckEvents(ReadOnlySpan<float> times, ReadOnlySpan<bool> events)
    {
        SameCount(times.Length, events.Length, "times", "event flags");
        for (var i = 0; i < times.Length; i++)
        {
            if (!float.IsFinite(times[i]) || times[i] < 0)
            {
                throw new UnusableTargetsException($"The time of subject {i} is {times[i]}; times must be finite and not negative.", i);
            }
        }

        if (!events.Contains(true))
        {
            throw new UnusableTargetsException($"None of {events.Length} subjects has an event, so that no risk can be compared. Use subjects with events, or follow them longer.");
        }
    }

    internal static void CheckLabels(ReadOnlySpan<int> labels, int classCount)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if ((uint)labels[i] >= (uint)classCount)
            {
                throw new UnusableTargetsException($"Subject {i} is of class {labels[i]}; there are classes 0 to {classCount - 1}.", i);
            }
        }
    }

    internal static void CheckIntervals(ReadOnlySpan<int> intervals, ReadOnlySpan<bool> events, int intervalCount)
    {
        SameCount(intervals.Length, events.Length, "intervals", "event flags");
        for (var i = 0; i < intervals.Length; i++)
        {
            if ((uint)intervals[i] >= (uint)intervalCount)
            {
                throw new UnusableTargetsException($"Subject {i} leaves in interval {intervals[i]}; there are intervals 0 to {intervalCount - 1}.", i);
            }
        }
    }

    internal static void CheckFinite(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, int columns, string what)
    {
        for (var k = 0; k < values.Length; k++)
        {
            if (!float.IsFinite(values[k]) && (weights.IsEmpty || weights[k] != 0))
            {
                throw new UnusableTargetsException($"The {what} of subject {k / columns}, column {k % columns}, is {values[k]}. Give it the weight 0 if it was not observed.", k / columns);
            }
        }
    }

    /// <summary>Sum of weights, which must be finite, not negative, and not all 0. None means 1 each.</summary>
    internal static double TotalWeight(ReadOnlySpan<float> weights, int count)
    {
        if (count == 0)
        {
            throw new UnusableTargetsException("The batch is empty: there is nothing to take a mean of.");
        }

        if (weights.IsEmpty)
        {
            return count;
        }

        SameCount(count, weights.Length, "targets", "weights");
        var total = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!float.IsFinite(weights[i]) || weights[i] < 0)
            {
                throw new UnusableTargetsException($"Weight {i} is {weights[i]}; weights must be finite and not negative.", i);
            }

            total += weights[i];
        }

        return total > 0 ? total : throw new UnusableTargetsException($"All {count} weights are 0: everything is masked, and there is nothing to take a mean of.");
    }

    internal static void SameCount(int first, int second, string firstName, string secondName)
    {
        if (first != second)
        {
            throw new UnusableTargetsException($"There are {first} {firstName} and {second} {secondName}.");
        }
    }
}
