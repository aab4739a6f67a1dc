using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>A model of all training subjects, and what it says of each of them when learnt without that subject's fold.</summary>
/// <param name="Predictor">Learnt from all training subjects.</param>
/// <param name="OutOfFold">Of the training subjects in their order.</param>
public sealed record CrossFit(IOutcomePredictor Predictor, OutcomePredictions OutOfFold);

/// <summary>A learner that can cross-fit at less cost than one fit a fold, such as an ensemble whose members each leave out a fold.</summary>
public interface ICrossFittingLearner : IOutcomeLearner
{
    /// <param name="training">Training subjects.</param>
    /// <param name="folds">Fold of each, shape [subjects], 0 to the number of folds - 1.</param>
    /// <param name="context">What it works with.</param>
    CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context);
}

/// <summary>Cross-fits any learner.</summary>
public static class CrossFitting
{
    /// <summary>Fits once a fold and once on everybody; less where the learner knows how.</summary>
    /// <param name="learner">What is fitted.</param>
    /// <param name="training">Training subjects.</param>
    /// <param name="folds">Fold of each, shape [subjects], 0 to the number of folds - 1.</param>
    /// <param name="context">What it works with.</param>
    public static CrossFit Fit(IOutcomeLearner learner, LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(learner);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(context);
        return learner is ICrossFittingLearner cheaper ? cheaper.FitCross(training, folds, context) : OneByOne(learner, training, folds, context);
    }

    /// <summary>Fits once a fold and once on everybody.</summary>
    internal static CrossFit OneByOne(IOutcomeLearner learner, LearningProblem training, int[] folds, LearningContext context)
    {
        var foldCount = folds.Max() + 1;
        var parts = new List<(int[] Rows, OutcomePredictions Predictions)>();
        for (var fold = 0; fold < foldCount; fold++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (inside, heldOut) = LearningFolds.Split(folds, fold);
            var predictor = learner.Fit(training.Take(inside), context);
            parts.Add((heldOut, predictor.Predict(training.Inputs.Take(heldOut))));
        }

        return new CrossFit(learner.Fit(training, context), Assemble(parts, training.Outcome));
    }

    /// <summary>Puts predictions of disjoint groups of subjects into one, survival on one grid.</summary>
    /// <param name="parts">Rows of each group among all subjects, and its predictions.</param>
    /// <param name="outcome">Of all subjects; sets the grid.</param>
    /// <exception cref="ArgumentException">The parts are of different kinds, or do not cover every subject once.</exception>
    public static OutcomePredictions Assemble(IReadOnlyList<(int[] Rows, OutcomePredictions Predictions)> parts, OutcomeData outcome)
    {
        ArgumentNullException.ThrowIfNull(parts);
        ArgumentNullException.ThrowIfNull(outcome);
        if (!parts.SelectMany(p => p.Rows).Order().SequenceEqual(Enumerable.Range(0, outcome.Count)))
        {
            throw new ArgumentException($"The groups do not cover each of {outcome.Count} subjects once.", nameof(parts));
        }

        var aligned = parts.Select(p => p with { Predictions = PredictionPool.OnGridOf(p.Predictions, outcome) }).ToArray();
        return aligned[0].Predictions switch
        {
            ClassProbabilities first => new ClassProbabilities(
                Scatter(aligned, outcome.Count, first.ClassCount, p => ((ClassProbabilities)p).Values), first.ClassCount),
            SurvivalPredictions first => new SurvivalPredictions(
                first.GridDays,
                Scatter(aligned, outcome.Count, first.GridDays.Length, p => ((SurvivalPredictions)p).Survival),
                Scatter(aligned, outcome.Count, 1, p => ((SurvivalPredictions)p).Risk)),
            CumulativeIncidencePredictions first => new CumulativeIncidencePredictions(
                first.GridDays,
                Scatter(aligned, outcome.Count, first.EventCount * first.GridDays.Length, p => ((CumulativeIncidencePredictions)p).Incidence),
                first.EventCount),
            ContinuousPredictions => new ContinuousPredictions(
                Scatter(aligned, outcome.Count, 1, p => ((ContinuousPredictions)p).Mean),
                Scatter(aligned, outcome.Count, 1, p => ((ContinuousPredictions)p).StandardDeviation)),
            _ => throw new ArgumentException($"Predictions of type {aligned[0].Predictions.GetType().Name} cannot be put together.", nameof(parts)),
        };
    }

    private static double[] Scatter(
        (int[] Rows, OutcomePredictions Predictions)[] parts, int subjectCount, int width, Func<OutcomePredictions, double[]> values)
    {
        var all = new double[subjectCount * width];
        foreach (var (rows, predictions) in parts)
        {
            var source = values(predictions);
            for (var i = 0; i < rows.Length; i++)
            {
                source.AsSpan(i * width, width).CopyTo(all.AsSpan(rows[i] * width));
            }
        }

        return all;
    }
}
