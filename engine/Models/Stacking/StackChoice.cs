using System.Globalization;
using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Stacking;

/// <summary>What a stack makes of its models: which weights, and whether their pool is recalibrated. Weights and recalibration of a fold are learnt from the other folds, so
/// that what they are judged by took no part in them. Simple models are pooled; the others join them where that gains more than one standard error, so that depth can only help
/// when data say so. A model is kept alone where it is better than the pool by as much; recalibration is done where it makes things better at all.</summary>
/// <remarks>The error of a mean of curves is at most the mean of their errors: among simple models the pool is the safer choice [VanDerLaan2007]. A pool of calibrated models says
/// less than it knows, which is why recalibration need not be clearly better [Ranjan2010].</remarks>
/// <param name="Weights">Shape [models]; not negative, sum 1.</param>
/// <param name="Recalibration">Of the pool.</param>
/// <param name="OutOfFold">The chosen pool of the training subjects, each by weights and recalibration of the other folds.</param>
/// <param name="Findings">Sentences.</param>
internal sealed record StackChoice(double[] Weights, Recalibration Recalibration, OutcomePredictions OutOfFold, IReadOnlyList<string> Findings)
{
    /// <param name="members">Name and out-of-fold predictions of each model, on one grid; the simple ones first.</param>
    /// <param name="simpleCount">How many of them are simple, from 1.</param>
    /// <param name="training">What happened.</param>
    /// <param name="folds">Fold of each subject, shape [subjects].</param>
    /// <param name="options">Prior of the weights, whether to leave models out, whether to recalibrate.</param>
    public static StackChoice Of(
        IReadOnlyList<(string Name, OutcomePredictions OutOfFold)> members, int simpleCount, LearningProblem training, int[] folds, StackOptions options)
    {
        var score = OutOfFoldScore.Of(training.Outcome);
        OutcomePredictions[] predictions = [.. members.Select(m => m.OutOfFold)];
        var findings = new List<string>();
        var (weights, best, scores) = Pooled(options.LeavesOut ? simpleCount : members.Count);
        if (options.LeavesOut && simpleCount < members.Count)
        {
            var all = Pooled(members.Count);
            var gain = ScoreGain.Of(scores, all.Scores, training.Weights);
            if (gain.IsClear)
            {
                (weights, best, scores) = all;
            }
            else
            {
                findings.Add($"{string.Join(", ", members.Skip(simpleCount).Select(m => m.Name))} got no weight: on held-out subjects they gain {Number(gain)}.");
            }
        }

        if (options.LeavesOut && Single([.. predictions.Select(score.Each)], scores, training.Weights) is { } kept && weights[kept] < 1)
        {
            var alone = score.Each(predictions[kept]);
            findings.Add($"{members[kept].Name} is kept alone: on held-out subjects it is better than the pool by {Number(ScoreGain.Of(scores, alone, training.Weights))}.");
            (weights, best, scores) = ([.. members.Select((_, m) => m == kept ? 1.0 : 0)], predictions[kept], alone);
        }

        var recalibration = options.Recalibrates ? Recalibration.Fit(PredictionPool.Pool(predictions, weights), training.Outcome, training.Weights) : Recalibration.None;
        if (recalibration.Finding is not { } finding)
        {
            return new StackChoice(weights, Recalibration.None, best, findings);
        }

        var corrected = Crossed(folds, training, rows => Recalibration
            .Fit(best.Take(rows.Training), training.Outcome.Take(rows.Training), training.WeightsOf(rows.Training)).Apply(best.Take(rows.HeldOut)));
        var change = ScoreGain.Of(scores, score.Each(corrected), training.Weights);

        // The squared error does not see the spread, which is all that is corrected of a continuous outcome.
        if (training.Outcome is not ContinuousOutcome && !(change.Mean > 0))
        {
            findings.Add($"it was not recalibrated: on held-out subjects that gains {Number(change)}.");
            return new StackChoice(weights, Recalibration.None, best, findings);
        }

        findings.Add(finding);
        return new StackChoice(weights, recalibration, corrected, findings);

        // The pool of the first models: its weights, what it says of each subject by weights of the other folds, and the score of that.
        (double[] Weights, OutcomePredictions OutOfFold, double[] Scores) Pooled(int count)
        {
            if (count == 1)
            {
                return ([1.0, .. new double[members.Count - 1]], predictions[0], score.Each(predictions[0]));
            }

            var pooled = predictions[..count];
            var solver = new PoolWeights(pooled, training.Outcome, score);
            var crossed = Crossed(folds, training, rows => PredictionPool.Pool(
                [.. pooled.Select(p => p.Take(rows.HeldOut))], solver.Fit(Without(training.Weights, rows.HeldOut), options.PriorCount)));
            return ([.. solver.Fit(training.Weights, options.PriorCount), .. new double[members.Count - count]], crossed, score.Each(crossed));
        }
    }

    private static int? Single(double[][] alone, double[] pooled, ReadOnlySpan<double> caseWeights)
    {
        int? best = null;
        var most = 0.0;
        for (var m = 0; m < alone.Length; m++)
        {
            var gain = ScoreGain.Of(pooled, alone[m], caseWeights);
            if (gain.IsClear && gain.Mean > most)
            {
                (best, most) = (m, gain.Mean);
            }
        }

        return best;
    }

    private static OutcomePredictions Crossed(int[] folds, LearningProblem training, Func<(int[] Training, int[] HeldOut), OutcomePredictions> of)
    {
        var parts = new List<(int[] Rows, OutcomePredictions Predictions)>();
        for (var fold = 0; fold <= folds.Max(); fold++)
        {
            var rows = LearningFolds.Split(folds, fold);
            if (rows.HeldOut.Length > 0)
            {
                parts.Add((rows.HeldOut, of(rows)));
            }
        }

        return CrossFitting.Assemble(parts, training.Outcome);
    }

    private static double[] Without(ReadOnlySpan<double> caseWeights, int[] rows)
    {
        var kept = caseWeights.ToArray();
        foreach (var row in rows)
        {
            kept[row] = 0;
        }

        return kept;
    }

    private static string Number(ScoreGain gain) => string.Create(CultureInfo.InvariantCulture, $"{gain.Mean:0.00000} (standard error {gain.StandardError:0.00000})");
}
