using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>The grid of times that survival predictions of several models are brought to: 0, the first event, then times between which equally many events lie, and the
/// horizon. Events are counted, not their distinct times: where most events share the first few days, most of the grid lies there.</summary>
public static class SurvivalGrid
{
    /// <summary>Days, ascending from 0.</summary>
    /// <param name="outcome">Survival or competing risks, of training subjects.</param>
    /// <param name="size">Times at most, at least 4.</param>
    public static double[] Of(OutcomeData outcome, int size = 200)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 4);
        var (days, isEvent, horizon) = outcome switch
        {
            SurvivalOutcome survival => (survival.Days, survival.HadEvent, survival.Horizon),
            CompetingRisksOutcome competing => (competing.Days, [.. competing.Status.Select(s => s > 0)], competing.Horizon),
            _ => throw new ArgumentException($"There is no time in a {outcome.Kind} outcome.", nameof(outcome)),
        };
        var events = days.Where((_, i) => isEvent[i]).Order().ToArray();
        var grid = new SortedSet<double> { 0 };
        var inner = Math.Min(events.Length, size - 3);
        grid.UnionWith(events.Take(1));
        for (var k = 0; k < inner; k++)
        {
            grid.Add(events[(int)((long)(k + 1) * events.Length / inner) - 1]);
        }

        grid.Add(horizon.Days);
        return [.. grid];
    }

    /// <summary><see cref="Of"/> where the outcome has times, else null.</summary>
    internal static double[]? OfTimes(OutcomeData outcome) => outcome is SurvivalOutcome or CompetingRisksOutcome ? Of(outcome) : null;

    /// <summary>The same predictions on another grid: curves hold their value until the next time. Predictions without time are given back as they are.</summary>
    public static OutcomePredictions Resample(OutcomePredictions predictions, double[] gridDays)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        ArgumentNullException.ThrowIfNull(gridDays);
        return predictions switch
        {
            SurvivalPredictions survival => survival with { GridDays = gridDays, Survival = Held(survival.Survival, survival.GridDays, gridDays) },
            CumulativeIncidencePredictions incidence => incidence with { GridDays = gridDays, Incidence = Held(incidence.Incidence, incidence.GridDays, gridDays) },
            _ => predictions,
        };
    }

    // Row by row: the last time of the old grid that is not after the new one.
    private static double[] Held(double[] values, double[] old, double[] gridDays)
    {
        if (old.AsSpan().SequenceEqual(gridDays))
        {
            return values;
        }

        var places = Array.ConvertAll(gridDays, day => SurvivalPredictions.Place(old, day));
        var held = new double[values.Length / old.Length * gridDays.Length];
        for (var row = 0; row < values.Length / old.Length; row++)
        {
            for (var t = 0; t < places.Length; t++)
            {
                held[(row * places.Length) + t] = values[(row * old.Length) + places[t]];
            }
        }

        return held;
    }
}
