using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Whether predicted survival is as high as what is seen. Source: [Crowson2016].</summary>
public static class SurvivalCalibration
{
    /// <summary>Coefficient of the predicted linear predictor in a Cox regression on new subjects: 1 is right,
    /// below 1 the predictions are too extreme.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="linearPredictors">Predicted log relative hazards, shape [subjects], finite.</param>
    /// <returns>NaN where the regression cannot be fitted, for instance for a constant predictor.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    public static CurveEstimate Slope(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> linearPredictors)
    {
        var covariate = new RowMajorMatrix(linearPredictors.ToArray(), linearPredictors.Length, 1);
        var fit = new CoxWorkspace(times, events, covariate).Fit();
        return fit.Status == CoxStatus.Converged
            ? new CurveEstimate(fit.Coefficients[0], fit.StandardErrors[0])
            : new CurveEstimate(double.NaN, double.NaN);
    }

    /// <summary>Log of observed over expected events: 0 is right, above 0 the predictions promise too much survival.</summary>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="expectedEvents">Predicted cumulative hazard of each subject at the end of its own follow-up, shape [subjects],
    /// finite and not negative.</param>
    /// <returns>Intercept of a Poisson regression with the log of the expected events as offset; not finite without an event.</returns>
    /// <exception cref="ArgumentException">Lengths differ, an entry is out of range, or nothing is expected.</exception>
    public static CurveEstimate Intercept(ReadOnlySpan<bool> events, ReadOnlySpan<double> expectedEvents)
    {
        SurvivalInput.CheckWeights(expectedEvents, events.Length, nameof(expectedEvents));
        var (observed, expected) = (0, 0.0);
        for (var i = 0; i < events.Length; i++)
        {
            observed += events[i] ? 1 : 0;
            expected += expectedEvents[i];
        }

        return new CurveEstimate(Math.Log(observed / expected), 1 / Math.Sqrt(observed));
    }

    /// <summary>Predicted against Kaplan-Meier survival at one time, in groups of like prediction.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="predictedSurvival">Predicted probability of no event by the time, shape [subjects].</param>
    /// <param name="time">In the unit of <paramref name="times"/>.</param>
    /// <param name="groupCount">Groups of nearly equal size, lowest prediction first; equal predictions stay in one group.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The group count is not between 1 and the subjects.</exception>
    public static IReadOnlyList<CalibrationGroup> Curve(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> predictedSurvival, double time, int groupCount)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckFinite(predictedSurvival, times.Length, "predicted survival", nameof(predictedSurvival));
        if (groupCount < 1 || groupCount > times.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(groupCount),
                groupCount,
                string.Create(CultureInfo.InvariantCulture, $"The group count must lie between 1 and {times.Length}."));
        }

        var order = new int[times.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        var predictions = predictedSurvival.ToArray();
        Array.Sort(predictions, order);
        var groups = new List<CalibrationGroup>();
        for (var (g, start) = (1, 0); start < order.Length; g++)
        {
            var end = (int)((long)g * order.Length / groupCount);
            while (end < order.Length && end > 0 && predictions[end] == predictions[end - 1])
            {
                end++;
            }

            if (end > start)
            {
                groups.Add(Describe(times, events, order.AsSpan(start, end - start), predictions.AsSpan(start, end - start), time));
                start = end;
            }
        }

        return groups;
    }

    private static CalibrationGroup Describe(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<int> members, ReadOnlySpan<double> predictions, double time)
    {
        var (groupTimes, groupEvents, sum) = (new double[members.Length], new bool[members.Length], 0.0);
        for (var i = 0; i < members.Length; i++)
        {
            (groupTimes[i], groupEvents[i]) = (times[members[i]], events[members[i]]);
            sum += predictions[i];
        }

        var observed = KaplanMeier.Fit(groupTimes, groupEvents).At(time);
        return new CalibrationGroup(members.Length, sum / members.Length, observed.Survival, observed.Lower, observed.Upper);
    }
}

/// <summary>Subjects of like prediction.</summary>
/// <param name="Count">Subjects in the group.</param>
/// <param name="Predicted">Mean predicted survival.</param>
/// <param name="Observed">Kaplan-Meier survival of the group.</param>
/// <param name="Lower">Lower bound of <paramref name="Observed"/>, 95 %, log-log.</param>
/// <param name="Upper">Upper bound of <paramref name="Observed"/>, 95 %, log-log.</param>
public sealed record CalibrationGroup(int Count, double Predicted, double Observed, double Lower, double Upper);
