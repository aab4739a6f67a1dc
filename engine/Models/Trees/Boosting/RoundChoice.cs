using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>How many rounds, and how deep, by inner folds: the folds of a depth go on together until their common loss has not fallen for a while.</summary>
/// <param name="Depth">Chosen depth.</param>
/// <param name="Rounds">Chosen rounds; 0 where no tree helped.</param>
/// <param name="Loss">Mean held-out loss there.</param>
/// <param name="BaseLoss">Mean held-out loss without a tree.</param>
/// <param name="HeldOutScores">Score of each training subject by the fold model that did not see it, row-major [subjects, scores].</param>
/// <param name="CrossedScores">The same, but each fold at the depth and rounds that the other folds chose: no fold judges its own choice.</param>
internal sealed record RoundChoice(int Depth, int Rounds, double Loss, double BaseLoss, double[] HeldOutScores, double[] CrossedScores)
{
    private const int Chunk = 20;

    public static RoundChoice Of(LearningProblem problem, FeatureMatrix features, BinnedFeatures bins, BoostingOptions options, LearningContext context)
    {
        var folds = LearningFolds.Stratified(problem, options.FoldCount, context.Seed);
        var splits = Enumerable.Range(0, options.FoldCount).Select(f => LearningFolds.Split(folds, f)).ToArray();
        var boosters = new Booster[options.Depths.Count * splits.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = context.ThreadCount, CancellationToken = context.Cancellation };
        Parallel.For(0, boosters.Length, parallel, b =>
        {
            var (training, heldOut) = splits[b % splits.Length];
            boosters[b] = new Booster(
                bins.Take(training),
                BoostingLoss.Of(problem.Take(training)),
                options,
                options.Depths[b / splits.Length],
                context.Seed,
                (bins.Take(heldOut), BoostingLoss.Of(problem.Take(heldOut))));
        });
        var (depth, rounds, loss) = Search(boosters, splits.Length, options, parallel);
        var baseLoss = MeanLosses(boosters.AsSpan(depth * splits.Length, splits.Length))[0];
        var heldOut = Enumerable.Repeat((depth, rounds), splits.Length).ToArray();
        (int Depth, int Rounds)[] crossed = [.. Enumerable.Range(0, splits.Length).Select(f => ChosenWithout(boosters, splits.Length, f))];
        return new RoundChoice(
            options.Depths[depth], rounds, loss, baseLoss, Scores(features, boosters, splits, heldOut, context.ThreadCount), Scores(features, boosters, splits, crossed, context.ThreadCount));
    }

    private static (int Depth, int Rounds, double Loss) Search(Booster[] boosters, int foldCount, BoostingOptions options, ParallelOptions parallel)
    {
        var best = (Depth: 0, Rounds: 0, Loss: double.PositiveInfinity);
        var running = Enumerable.Range(0, options.Depths.Count).ToList();
        while (running.Count > 0)
        {
            Parallel.For(0, running.Count * foldCount, parallel, k =>
            {
                var booster = boosters[(running[k / foldCount] * foldCount) + (k % foldCount)];
                booster.Advance(Math.Min(Chunk, options.MaximumRounds - booster.Rounds), parallel.CancellationToken);
            });
            foreach (var depth in running.ToArray())
            {
                var losses = MeanLosses(boosters.AsSpan(depth * foldCount, foldCount));
                var least = Array.IndexOf(losses, losses.Min());
                if (losses.Length - 1 >= options.MaximumRounds || losses.Length - 1 - least >= options.Patience)
                {
                    running.Remove(depth);
                    best = losses[least] < best.Loss || (losses[least] == best.Loss && depth < best.Depth) ? (depth, least, losses[least]) : best;
                }
            }
        }

        return best;
    }

    private static (int Depth, int Rounds) ChosenWithout(Booster[] boosters, int foldCount, int fold)
    {
        var best = (Depth: 0, Rounds: 0, Loss: double.PositiveInfinity);
        for (var depth = 0; depth < boosters.Length / foldCount; depth++)
        {
            var losses = MeanLosses(boosters.AsSpan(depth * foldCount, foldCount), fold);
            var least = Array.IndexOf(losses, losses.Min());
            best = losses[least] < best.Loss ? (depth, least, losses[least]) : best;
        }

        return (best.Depth, best.Rounds);
    }

    private static double[] MeanLosses(ReadOnlySpan<Booster> folds, int without = -1)
    {
        var losses = new double[folds[0].WatchedLosses.Count];
        for (var round = 0; round < losses.Length; round++)
        {
            var (loss, weight) = (0.0, 0.0);
            for (var f = 0; f < folds.Length; f++)
            {
                loss += f == without ? 0 : folds[f].WatchedLosses[round].Loss;
                weight += f == without ? 0 : folds[f].WatchedLosses[round].Weight;
            }

            losses[round] = loss / weight;
        }

        return losses;
    }

    private static double[] Scores(
        FeatureMatrix features, Booster[] boosters, (int[] Training, int[] HeldOut)[] splits, (int Depth, int Rounds)[] chosen, int threadCount)
    {
        var width = boosters[0].Base.Length;
        var scores = new double[features.SubjectCount * width];
        for (var f = 0; f < splits.Length; f++)
        {
            var rows = splits[f].HeldOut;
            var booster = boosters[(chosen[f].Depth * splits.Length) + f];
            var own = BoostedScores.Of(booster.Base, new TreeSet(booster.Trees(chosen[f].Rounds)), Rows(features, rows), threadCount);
            for (var i = 0; i < rows.Length; i++)
            {
                own.AsSpan(i * width, width).CopyTo(scores.AsSpan(rows[i] * width));
            }
        }

        return scores;
    }

    private static FeatureMatrix Rows(FeatureMatrix features, int[] rows)
    {
        var values = new double[rows.Length * features.FeatureCount];
        for (var i = 0; i < rows.Length; i++)
        {
            features.Row(rows[i]).CopyTo(values.AsSpan(i * features.FeatureCount));
        }

        return new FeatureMatrix(features.Names, values, rows.Length);
    }
}
