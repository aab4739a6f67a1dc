using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Mean squared error of predicted survival probabilities; censoring is undone by inverse probability weights [Graf1999].</summary>
public static class BrierScore
{
    /// <summary>Score at one time: 0 is perfect, 0.25 that of a coin.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="predictedSurvival">Predicted probability of no event by the time, shape [subjects], between 0 and 1.</param>
    /// <param name="time">Must come before the longest follow-up, where nobody is left to weigh.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Nobody is followed past the time.</exception>
    /// <remarks>An event by the time weighs 1/G(T-), a subject followed past it 1/G(time), G the Kaplan-Meier estimate of being followed,
    /// taken to depend on no covariate.</remarks>
    public static double At(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> predictedSurvival, double time)
    {
        SurvivalInput.CheckFollowUp(times, events);
        return At(times, events, predictedSurvival, time, new CensoringDistribution(times, events));
    }

    /// <summary>Scores over a grid of times, with their mean over the grid's span by the trapezoidal rule.</summary>
    /// <param name="times">Follow-up, shape [subjects].</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="predictedSurvival">Shape [subjects, grid].</param>
    /// <param name="grid">At least two times, ascending.</param>
    /// <inheritdoc cref="At(ReadOnlySpan{double}, ReadOnlySpan{bool}, ReadOnlySpan{double}, double)" path="/exception"/>
    public static IntegratedBrierScore Integrated(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, RowMajorMatrix predictedSurvival, ReadOnlySpan<double> grid) =>
        Integrated(times, events, predictedSurvival, grid, times, events);

    /// <summary>As the other, where the chance of being followed is estimated from other subjects: those of training, so that a fold of few subjects is not
    /// weighed by its own few censorings.</summary>
    /// <param name="times">Follow-up, shape [subjects].</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="predictedSurvival">Shape [subjects, grid].</param>
    /// <param name="grid">At least two times, ascending.</param>
    /// <param name="censoringTimes">Follow-up of those subjects, shape [other subjects]; some longer than the grid and than any event by its end.</param>
    /// <param name="censoringEvents">Shape [other subjects].</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">None of the other subjects is followed past a time of the grid.</exception>
    public static IntegratedBrierScore Integrated(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        RowMajorMatrix predictedSurvival,
        ReadOnlySpan<double> grid,
        ReadOnlySpan<double> censoringTimes,
        ReadOnlySpan<bool> censoringEvents)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckFollowUp(censoringTimes, censoringEvents);
        SurvivalInput.CheckLength(times.Length, predictedSurvival.RowCount, nameof(predictedSurvival));
        SurvivalInput.CheckLength(grid.Length, predictedSurvival.ColumnCount, nameof(predictedSurvival));
        CheckGrid(grid);
        var censoring = new CensoringDistribution(censoringTimes, censoringEvents);
        var column = new double[times.Length];
        var scores = new double[grid.Length];
        var area = 0.0;
        for (var t = 0; t < scores.Length; t++)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = predictedSurvival[i, t];
            }

            scores[t] = At(times, events, column, grid[t], censoring);
            area += t == 0 ? 0 : (grid[t] - grid[t - 1]) * (scores[t] + scores[t - 1]) / 2;
        }

        return new IntegratedBrierScore(area / (grid[^1] - grid[0]), grid.ToArray(), scores);
    }

    private static double At(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<double> predictedSurvival,
        double time,
        CensoringDistribution censoring)
    {
        SurvivalInput.CheckFinite(predictedSurvival, times.Length, "predicted survival", nameof(predictedSurvival));
        var followed = censoring.After(time);
        if (!double.IsFinite(time) || !(followed > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "Nobody is followed past this time.");
        }

        var sum = 0.0;
        for (var i = 0; i < times.Length; i++)
        {
            var survival = predictedSurvival[i];
            if (survival is < 0 or > 1)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"The predicted survival at {i} is {survival}; it must lie between 0 and 1."),
                    nameof(predictedSurvival));
            }

            sum += times[i] > time
                ? (1 - survival) * (1 - survival) / followed
                : events[i] ? survival * survival / censoring.Before(times[i]) : 0;
        }

        return sum / times.Length;
    }

    private static void CheckGrid(ReadOnlySpan<double> grid)
    {
        var ascends = grid.Length >= 2;
        for (var t = 1; t < grid.Length; t++)
        {
            ascends &= grid[t] > grid[t - 1];
        }

        if (!ascends)
        {
            throw new ArgumentException("The grid needs at least two times, ascending.", nameof(grid));
        }
    }
}

/// <summary>Brier scores over a grid of times.</summary>
/// <param name="Value">Mean score over the grid's span.</param>
/// <param name="Times">The grid, shape [grid].</param>
/// <param name="Scores">Score at each time, shape [grid].</param>
public sealed record IntegratedBrierScore(double Value, double[] Times, double[] Scores);
