using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>Several models' predictions of one outcome as one: probabilities, survival and incidence are averaged with weights, means likewise, and the
/// variance of a pooled mean takes up how far the models stand apart.</summary>
public static class PredictionPool
{
    /// <summary>Smallest likelihood a model is charged with, so that one impossible event cannot decide the weights.</summary>
    private const double LeastLikelihood = 1e-4;

    /// <summary>Survival and incidence on the grid of the outcome; any other predictions as they are.</summary>
    public static OutcomePredictions OnGridOf(OutcomePredictions predictions, OutcomeData outcome) =>
        outcome is SurvivalOutcome or CompetingRisksOutcome ? SurvivalGrid.Resample(predictions, SurvivalGrid.Of(outcome)) : predictions;

    /// <summary>The pool.</summary>
    /// <param name="members">One a model, of the same subjects, survival and incidence on one grid.</param>
    /// <param name="weights">Shape [models]; not negative, sum 1.</param>
    /// <exception cref="ArgumentException">The members are of different kinds or shapes.</exception>
    public static OutcomePredictions Pool(IReadOnlyList<OutcomePredictions> members, IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(members);
        ArgumentNullException.ThrowIfNull(weights);
        if (members.Count == 0 || members.Count != weights.Count || members.Any(m => m.GetType() != members[0].GetType() || m.Count != members[0].Count))
        {
            throw new ArgumentException("A pool takes predictions of one kind and of the same subjects, and a weight for each.", nameof(members));
        }

        switch (members[0])
        {
            case ClassProbabilities first:
                return new ClassProbabilities(Mean(members, weights, m => ((ClassProbabilities)m).Values), first.ClassCount);
            case SurvivalPredictions first:
                RequireOneGrid(members.Select(m => ((SurvivalPredictions)m).GridDays));
                var survival = Mean(members, weights, m => ((SurvivalPredictions)m).Survival);
                return new SurvivalPredictions(first.GridDays, survival, MeanRisk(survival, first.GridDays.Length));
            case CumulativeIncidencePredictions first:
                RequireOneGrid(members.Select(m => ((CumulativeIncidencePredictions)m).GridDays));
                return new CumulativeIncidencePredictions(
                    first.GridDays, Mean(members, weights, m => ((CumulativeIncidencePredictions)m).Incidence), first.EventCount);
            case ContinuousPredictions:
                return PoolMeans(members, weights);
            default:
                throw new ArgumentException($"There is no pool of {members[0].GetType().Name}.", nameof(members));
        }
    }

    /// <summary>What a model gave to what happened: the probability of the class, of the event in its interval of the grid, or of surviving to the last grid
    /// time before censoring. Shape [subjects].</summary>
    public static double[] Likelihoods(OutcomePredictions predictions, OutcomeData outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        Func<int, double> likelihood = (predictions, outcome) switch
        {
            (ClassProbabilities classes, BinaryOutcome binary) => i => classes[i, binary.Occurred[i] ? 1 : 0],
            (ClassProbabilities classes, CategoricalOutcome categorical) => i => classes[i, categorical.Codes[i]],
            (SurvivalPredictions survival, SurvivalOutcome observed) => i => OfSurvival(survival, i, observed.Days[i], observed.HadEvent[i]),
            (CumulativeIncidencePredictions incidence, CompetingRisksOutcome observed) => i => OfIncidence(incidence, i, observed.Days[i], observed.Status[i]),
            _ => throw new ArgumentException($"{predictions?.GetType().Name} do not predict a {outcome.Kind} outcome.", nameof(predictions)),
        };
        return [.. Enumerable.Range(0, outcome.Count).Select(i => Math.Max(LeastLikelihood, likelihood(i)))];
    }

    private static double OfSurvival(SurvivalPredictions predictions, int subject, double days, bool hadEvent)
    {
        var grid = predictions.GridDays;
        var row = predictions.Survival.AsSpan(subject * grid.Length, grid.Length);
        var (before, at) = Interval(grid, days);
        return hadEvent ? row[before] - row[at] : row[grid[at] <= days ? at : before];
    }

    private static double OfIncidence(CumulativeIncidencePredictions predictions, int subject, double days, byte status)
    {
        var grid = predictions.GridDays;
        var width = grid.Length;
        var row = predictions.Incidence.AsSpan(subject * predictions.EventCount * width, predictions.EventCount * width);
        var (before, at) = Interval(grid, days);
        if (status > 0)
        {
            return row[((status - 1) * width) + at] - row[((status - 1) * width) + before];
        }

        var free = 1.0;
        for (var e = 0; e < predictions.EventCount; e++)
        {
            free -= row[(e * width) + (grid[at] <= days ? at : before)];
        }

        return free;
    }

    // The interval (before, at] that holds the time; an event at time 0 counts into the first.
    private static (int Before, int At) Interval(double[] grid, double days)
    {
        var place = Array.BinarySearch(grid, days);
        var at = Math.Clamp(place >= 0 ? place : ~place, 1, grid.Length - 1);
        return (at - 1, at);
    }

    private static double[] Mean(IReadOnlyList<OutcomePredictions> members, IReadOnlyList<double> weights, Func<OutcomePredictions, double[]> values)
    {
        var sum = new double[values(members[0]).Length];
        for (var m = 0; m < members.Count; m++)
        {
            var source = values(members[m]);
            for (var k = 0; k < sum.Length; k++)
            {
                sum[k] += weights[m] * source[k];
            }
        }

        return sum;
    }

    // The mean risk over the grid, whose times are equally many events apart: the share of early events matters as much as that of late ones.
    internal static double[] MeanRisk(double[] survival, int timeCount)
    {
        var risk = new double[survival.Length / timeCount];
        for (var i = 0; i < risk.Length; i++)
        {
            foreach (var value in survival.AsSpan(i * timeCount, timeCount))
            {
                risk[i] += (1 - value) / timeCount;
            }
        }

        return risk;
    }

    private static ContinuousPredictions PoolMeans(IReadOnlyList<OutcomePredictions> members, IReadOnlyList<double> weights)
    {
        var mean = Mean(members, weights, m => ((ContinuousPredictions)m).Mean);
        var deviation = new double[mean.Length];
        for (var m = 0; m < members.Count; m++)
        {
            var member = (ContinuousPredictions)members[m];
            for (var i = 0; i < mean.Length; i++)
            {
                var apart = member.Mean[i] - mean[i];
                deviation[i] += weights[m] * ((member.StandardDeviation[i] * member.StandardDeviation[i]) + (apart * apart));
            }
        }

        return new ContinuousPredictions(mean, [.. deviation.Select(Math.Sqrt)]);
    }

    private static void RequireOneGrid(IEnumerable<double[]> grids)
    {
        var all = grids.ToArray();
        if (all.Any(g => !g.AsSpan().SequenceEqual(all[0])))
        {
            throw new ArgumentException("Survival predictions of a pool need one grid of times; resample them first.");
        }
    }
}
