using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>How far training subjects are from the others when encodings and components were learnt without them: what a new subject is held against.</summary>
/// <remarks>Against their scores within the space that they made themselves a new subject would look too far: with more features than subjects components bend to
/// whom they are learnt from.</remarks>
internal sealed class HeldOutScores
{
    private const int FoldCount = 5;

    /// <summary>Training subjects with all that a subject has, below which also those with a part of it count.</summary>
    private const int FewestAlike = 20;

    private readonly LikenessPoint[][] _inside;
    private readonly LikenessPoint[][] _heldOut;
    private readonly int[][] _blocks;

    private HeldOutScores(LikenessPoint[][] inside, LikenessPoint[][] heldOut, int[][] blocks) => (_inside, _heldOut, _blocks) = (inside, heldOut, blocks);

    /// <param name="training">In an order of their own.</param>
    /// <param name="whole">Blocks of all of them.</param>
    /// <param name="threadCount">Threads; nothing depends on it.</param>
    public static HeldOutScores Of(SubjectInputs training, LikenessSpace whole, int threadCount)
    {
        // Folds go by the hash of the id, so that they are not in step with an order that ids may have.
        int[] ranked = [.. Enumerable.Range(0, training.Count).OrderBy(i => StreamKey.HashOf(training.Subjects[i].Value)).ThenBy(i => i)];
        var (inside, heldOut, blocks) = (new LikenessPoint[FoldCount][], new LikenessPoint[FoldCount][], new int[FoldCount][]);
        Parallel.For(0, FoldCount, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threadCount) }, fold =>
        {
            int[] others = [.. ranked.Where((_, k) => k % FoldCount != fold).Order()];
            int[] own = [.. ranked.Where((_, k) => k % FoldCount == fold).Order()];
            var without = training.Take(others);
            var space = LikenessSpace.Fit(without);
            (inside[fold], heldOut[fold]) = (Bare(space.Points(without)), Bare(space.Points(training.Take(own))));
            blocks[fold] = [.. space.Blocks.Select(b => PlaceOf(whole, b.Name))];
        });
        return new HeldOutScores(inside, heldOut, blocks);
    }

    /// <summary>Scores by the blocks that are asked for, ascending; of training subjects who have all of them, where these are enough.</summary>
    /// <param name="asked">Blocks of the whole space.</param>
    /// <param name="neighborCount">Nearest subjects.</param>
    public double[] By(bool[] asked, int neighborCount)
    {
        List<double> full = [], partial = [];
        for (var fold = 0; fold < FoldCount; fold++)
        {
            bool[] own = [.. _blocks[fold].Select(b => asked[b])];
            foreach (var point in _heldOut[fold])
            {
                var (score, _) = LikenessSpace.Score(point, _inside[fold], own, neighborCount);
                if (double.IsNaN(score))
                {
                    continue;
                }

                (Enumerable.Range(0, own.Length).All(b => !own[b] || point.Has(b)) ? full : partial).Add(score);
            }
        }

        return [.. (full.Count >= FewestAlike ? full : full.Concat(partial)).Order()];
    }

    // Distances need components only; features of every fold would be the training data five times over.
    private static LikenessPoint[] Bare(LikenessPoint[] points) => Array.ConvertAll(points, p => p with { FeaturesOrNull = [] });

    private static int PlaceOf(LikenessSpace space, string name)
    {
        var place = 0;
        while (space.Blocks[place].Name != name)
        {
            place++;
        }

        return place;
    }
}
