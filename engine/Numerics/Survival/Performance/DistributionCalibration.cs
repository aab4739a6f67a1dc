using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Numerics.Survival;

/// <summary>D-calibration: whether predicted survival at each subject's own event time is spread evenly between 0 and 1, as it must be where the curves
/// are right as a whole.</summary>
public static class DistributionCalibration
{
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="survivalAtEnd">Predicted survival at the end of each subject's own follow-up, shape [subjects], between 0 and 1.</param>
    /// <param name="binCount">Bins of equal width; at least two.</param>
    /// <returns>Counts by bin, and Pearson's test against equal counts.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an entry is out of range, or there are no subjects.</exception>
    /// <remarks>Source: [Haider2020]. A censored subject is spread over the bins at and below its survival, as an event still to come would be: evenly over
    /// the survival left to it.</remarks>
    public static DistributionCalibrationTest Test(ReadOnlySpan<bool> events, ReadOnlySpan<double> survivalAtEnd, int binCount = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 2);
        SurvivalInput.CheckFinite(survivalAtEnd, events.Length, "predicted survival", nameof(survivalAtEnd));
        if (events.IsEmpty)
        {
            throw new ArgumentException("There are no subjects.", nameof(events));
        }

        var counts = new double[binCount];
        for (var i = 0; i < events.Length; i++)
        {
            var survival = survivalAtEnd[i];
            if (survival is < 0 or > 1)
            {
                throw new ArgumentException(FormattableString.Invariant($"The predicted survival at {i} is {survival}; it must lie between 0 and 1."), nameof(survivalAtEnd));
            }

            var bin = Math.Min((int)(survival * binCount), binCount - 1);
            if (events[i] || survival == 0)
            {
                counts[bin]++;
                continue;
            }

            counts[bin] += (survival - ((double)bin / binCount)) / survival;
            for (var below = 0; below < bin; below++)
            {
                counts[below] += 1 / (survival * binCount);
            }
        }

        var expected = (double)events.Length / binCount;
        var statistic = counts.Sum(c => (c - expected) * (c - expected) / expected);
        return new DistributionCalibrationTest(counts, statistic, ChiSquare.UpperTail(statistic, binCount - 1));
    }
}

/// <param name="Counts">Subjects by bin of predicted survival, lowest first, shape [bins]; not whole numbers where subjects are censored.</param>
/// <param name="Statistic">Pearson's, with one degree of freedom fewer than bins.</param>
/// <param name="PValue">Small where the curves are not calibrated.</param>
public sealed record DistributionCalibrationTest(double[] Counts, double Statistic, double PValue);
