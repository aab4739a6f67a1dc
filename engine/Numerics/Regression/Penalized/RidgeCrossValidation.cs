namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Chooses a penalty, and how blocks are penalised against each other, by what the held-out subjects say.</summary>
/// <remarks>A held-out fold is scored by the loss of all subjects less that of the training subjects, at the coefficients of training. For outcomes whose
/// subjects are independent that is the held-out loss; for the partial likelihood it is the cross-validated one of [Verweij1993], steady in small folds.</remarks>
public static class RidgeCrossValidation
{
    private const double Tolerance = 1e-7;

    /// <param name="bases">Candidates: the same subjects with blocks penalised differently.</param>
    /// <param name="paths">Penalties to try for each candidate, strong to weak.</param>
    /// <param name="folds">Fold of each subject in each repeat, shape [repeats][subjects].</param>
    /// <param name="lossOf">The loss of chosen subjects; called from several threads.</param>
    /// <param name="threadCount">Threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static RidgeChoice Choose(
        IReadOnlyList<SingularBasis> bases,
        IReadOnlyList<double[]> paths,
        IReadOnlyList<int[]> folds,
        Func<int[], PredictorLoss> lossOf,
        int threadCount,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(bases);
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(lossOf);
        var works = new List<(int Candidate, int Repeat, int Fold)>();
        for (var c = 0; c < bases.Count; c++)
        {
            for (var r = 0; r < folds.Count; r++)
            {
                for (var f = 0; f <= folds[r].Max(); f++)
                {
                    works.Add((c, r, f));
                }
            }
        }

        var results = new HeldOutPath[works.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threadCount), CancellationToken = cancellation };
        Parallel.For(0, works.Count, options, w =>
        {
            var (candidate, repeat, fold) = works[w];
            results[w] = HeldOutPath.Of(bases[candidate], paths[candidate], folds[repeat], fold, lossOf, Tolerance);
        });

        return Best(works, results, paths, folds.Count);
    }

    private static RidgeChoice Best(
        List<(int Candidate, int Repeat, int Fold)> works, HeldOutPath[] results, IReadOnlyList<double[]> paths, int repeatCount)
    {
        var (best, bestCandidate, bestPlace) = (double.PositiveInfinity, 0, 0);
        var curves = new double[paths.Count][];
        for (var c = 0; c < paths.Count; c++)
        {
            curves[c] = new double[paths[c].Length];
            for (var w = 0; w < works.Count; w++)
            {
                for (var k = 0; works[w].Candidate == c && k < curves[c].Length; k++)
                {
                    curves[c][k] += results[w].Scores[k] / repeatCount;
                }
            }

            for (var k = 0; k < curves[c].Length; k++)
            {
                if (curves[c][k] < best)
                {
                    (best, bestCandidate, bestPlace) = (curves[c][k], c, k);
                }
            }
        }

        // Each repeat holds every subject out once; the mean over repeats is what the stack learns from.
        var predictors = new double[results[0].Predictors[0].Length];
        for (var w = 0; w < works.Count; w++)
        {
            if (works[w].Candidate == bestCandidate)
            {
                LinearAlgebra.DenseLoops.AddScaled(predictors, 1.0 / repeatCount, results[w].Predictors[bestPlace]);
            }
        }

        return new RidgeChoice(bestCandidate, paths[bestCandidate][bestPlace], best, curves, predictors);
    }
}

/// <summary>What cross-validation chose.</summary>
/// <param name="Candidate">Index of the candidate.</param>
/// <param name="Penalty">The chosen penalty.</param>
/// <param name="HeldOutLoss">Its held-out loss, the mean over repeats.</param>
/// <param name="Curves">Held-out loss of every candidate and penalty, shape [candidates][penalties].</param>
/// <param name="Predictors">Held-out linear predictors without intercept under the choice, the mean over repeats; shape [predictors, subjects].</param>
public sealed record RidgeChoice(int Candidate, double Penalty, double HeldOutLoss, IReadOnlyList<double[]> Curves, double[] Predictors);
