using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Explanation.Likeness;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation.Unlikeness;

/// <summary>Says of every test subject how like the training subjects of its split it is, by all inputs of the evaluation, and holds the errors of the models against it.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="unlikeness">What is called unlike.</param>
/// <param name="data">The subjects.</param>
/// <param name="threadCount">Threads; nothing depends on it.</param>
internal sealed class UnlikenessStage(EvaluationPlan plan, UnlikenessPlan unlikeness, EvaluationData data, int threadCount)
{
    private const ulong ResampleSeed = 2;

    public UnlikenessResult Run(IReadOnlyList<ModelScores> scores, EvaluationSummarizer summarizer, CancellationToken cancellation)
    {
        var error = SubjectErrors.Name(plan.Target.Kind);
        try
        {
            var isUnlike = new bool[plan.Seeds.Count][][];
            var unknown = 0;
            for (var s = 0; s < isUnlike.Length; s++)
            {
                if (s > 0 && !plan.Split.IsDrawn)
                {
                    isUnlike[s] = isUnlike[0];
                    continue;
                }

                isUnlike[s] = new bool[data.SplitsOfSeed[s].Count][];
                foreach (var (k, split) in data.SplitsOfSeed[s].Index())
                {
                    cancellation.ThrowIfCancellationRequested();
                    var found = TrainingReference.Fit(data.Problem.Inputs.Take(split.Training), threadCount).Assess(data.Problem.Inputs.Take(split.Test), 0);
                    isUnlike[s][k] = [.. found.Select(f => f.PValue <= unlikeness.Below || f.Findings.Count > 0)];
                    unknown += found.Count(f => f.Findings.Count > 0);
                }
            }

            var counted = plan.Split.IsDrawn ? isUnlike.SelectMany(s => s).ToArray() : isUnlike[0];
            return new UnlikenessResult(
                unlikeness.Below,
                counted.Sum(c => c.Length),
                counted.Sum(c => c.Count(u => u)),
                summarizer.OverSplits("unlike", [.. counted.Select(c => c.Count(u => u) / (double)c.Length)]),
                unknown,
                error,
                [.. scores.Select(s => Errors(s, isUnlike))],
                null);
        }
        catch (Exception e) when (e is UnlearnableException or ArgumentException { ParamName: "inputs" })
        {
            return new UnlikenessResult(unlikeness.Below, 0, 0, null, 0, error, [], $"How like the training subjects the test subjects are cannot be told: {e.Message}");
        }
    }

    // A subject may be judged by several splits and seeds: it is the subject that a resample draws, with all its errors.
    private UnlikenessError Errors(ModelScores scores, bool[][][] isUnlike)
    {
        var sums = new (double Like, int LikeCount, double Unlike, int UnlikeCount)[data.Problem.Count];
        for (var s = 0; s < isUnlike.Length; s++)
        {
            for (var k = 0; k < isUnlike[s].Length; k++)
            {
                if (scores.Samples[s][k] is not { } sample)
                {
                    continue;
                }

                foreach (var (i, error) in SubjectErrors.Of(sample).Index())
                {
                    ref var sum = ref sums[data.SplitsOfSeed[s][k].Test[i]];
                    sum = isUnlike[s][k][i] ? sum with { Unlike = sum.Unlike + error, UnlikeCount = sum.UnlikeCount + 1 } : sum with { Like = sum.Like + error, LikeCount = sum.LikeCount + 1 };
                }
            }
        }

        var (like, unlike) = Means(sums, Enumerable.Range(0, sums.Length));
        var resampled = TestResamples.Draw(sums.Length, plan.Limits.ResampleCount, ResampleSeed).Select(rows => Means(sums, rows)).Select(m => m.Unlike - m.Like).ToArray();
        var summary = MetricSummary.OverResamples(unlike - like, resampled, plan.Limits.Confidence);
        return new UnlikenessError(
            scores.Model.Name, like, unlike, unlike - like, summary.Lower, summary.Upper, summary.Lower > 0 ? "larger" : summary.Upper < 0 ? "smaller" : "cannot tell");
    }

    private static (double Like, double Unlike) Means((double Like, int LikeCount, double Unlike, int UnlikeCount)[] sums, IEnumerable<int> rows)
    {
        double like = 0, unlike = 0;
        var (likeCount, unlikeCount) = (0, 0);
        foreach (var row in rows)
        {
            like += sums[row].Like;
            unlike += sums[row].Unlike;
            likeCount += sums[row].LikeCount;
            unlikeCount += sums[row].UnlikeCount;
        }

        return (likeCount == 0 ? double.NaN : like / likeCount, unlikeCount == 0 ? double.NaN : unlike / unlikeCount);
    }
}
