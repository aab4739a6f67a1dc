using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>From scores to rows, intervals and paired differences.</summary>
internal sealed class EvaluationSummarizer(EvaluationPlan plan, EvaluationData data, int threadCount)
{
    private const ulong ResampleSeed = 1;

    private readonly double _testShare = data.SplitsOfSeed.SelectMany(s => s).Average(s => (double)s.Test.Length / s.Training.Length);

    /// <summary>One split and no other: only its test subjects can vary.</summary>
    public bool IsSingle => data.SplitsOfSeed[0].Count == 1 && (!plan.Split.IsDrawn || plan.Seeds.Count == 1);

    public (IReadOnlyList<ModelResult> Models, IReadOnlyList<ComparisonResult> Comparisons) Summarize(IReadOnlyList<ModelScores> scores, CancellationToken cancellation)
    {
        var values = scores.Select(s => plan.Metrics.Select(m => s.Measure(m, plan.Split.IsDrawn)).ToArray()).ToArray();
        var resampled = IsSingle ? Resample(scores, cancellation) : null;
        var models = scores.Select((s, row) => new ModelResult(
            s.Model.Name,
            s.Model.Type,
            s.Seconds,
            [.. plan.Metrics.Select((metric, m) => Score(metric, values[row][m], resampled?[row][m]))],
            s.Findings,
            s.Failures)).ToArray();
        var reference = scores.Index().First(s => s.Item.Model.Name == plan.Reference).Index;
        var comparisons =
            from row in Enumerable.Range(0, scores.Count)
            where row != reference
            from m in Enumerable.Range(0, plan.Metrics.Count)
            where plan.Metrics[m].Direction is MetricDirection.Higher or MetricDirection.Lower
            where plan.Asks(scores[row].Model.Name, plan.Metrics[m]) && plan.Asks(plan.Reference, plan.Metrics[m])
            select Compare(scores[row].Model.Name, plan.Metrics[m], Differences(values[row][m], values[reference][m]), resampled is null ? null : Differences(resampled[row][m], resampled[reference][m]));
        return (models, [.. comparisons]);
    }

    public SplitResult Describe()
    {
        var all = plan.Split.IsDrawn ? data.SplitsOfSeed.SelectMany(s => s).ToArray() : [.. data.SplitsOfSeed[0]];
        var percent = FormattableString.Invariant($"{100 * plan.Limits.Confidence:0.##} %");
        return new SplitResult(
            plan.Split switch { ColumnSplit => "column", FoldsSplit => "folds", KFoldSplit => "k-fold", _ => "re-splits" },
            all.Length,
            all.Average(s => s.Training.Length),
            all.Average(s => s.Test.Length),
            IsSingle
                ? FormattableString.Invariant($"{percent}: percentiles over {plan.Limits.ResampleCount} bootstrap resamples of the test subjects; the training set is taken as it is")
                : $"{percent}: t interval over splits, corrected for training sets that overlap (Nadeau and Bengio 2003)");
    }

    public DataResult DescribeData() => new(
        data.Problem.Count,
        data.EventCount,
        data.Problem.Inputs.Covariates.Count,
        [.. data.Problem.Inputs.Layers.Select(l => new LayerResult(
            l.Layer.Name, l.FeatureCount, Enumerable.Range(0, l.SubjectCount).Count(i => LayerEncoding.IsPresent(l, i))))]);

    public TargetResult DescribeTarget() => new(
        Spelling.Of(plan.Target.Kind), plan.Target.Name, data.Problem.Outcome is SurvivalOutcome survival ? survival.Horizon.Days : null);

    /// <summary>How regions were made, and what they held of each class; null where none are asked for.</summary>
    public IntervalResult? DescribeRegions(IReadOnlyList<ModelScores> scores)
    {
        if (plan.Intervals is not { } intervals)
        {
            return null;
        }

        var asked = scores.Where(s => intervals.Asks(s.Model.Name)).ToArray();
        return new IntervalResult(
            intervals.Level,
            Spelling.Of(intervals.Calibration),
            [.. asked.Select(s => s.Model.Name)],
            [
                .. from score in asked
                   from ofClass in RegionMetrics.OfClasses(data.Problem.Outcome, intervals.Level)
                   select new ClassCoverage(score.Model.Name, ofClass.Class, OverSplits(ofClass.Coverage.Name, score.Measure(ofClass.Coverage, plan.Split.IsDrawn))),
            ]);
    }

    /// <summary>A share of the test subjects of each split, with its mean and interval over them.</summary>
    /// <param name="name">Of the share.</param>
    /// <param name="values">One a split; NaN where it could not be told.</param>
    public ScoreResult OverSplits(string name, double[] values)
    {
        var summary = OfShare(MetricSummary.OverSplits(values, _testShare, plan.Limits.Confidence));
        return new ScoreResult(name, summary.Mean, summary.Lower, summary.Upper, summary.StandardDeviation, Named(values));
    }

    /// <summary>A number of each split, of either sign, with its mean and interval over them.</summary>
    /// <inheritdoc cref="OverSplits"/>
    public ScoreResult OfEither(string name, double[] values)
    {
        var summary = MetricSummary.OverSplits(values, _testShare, plan.Limits.Confidence);
        return new ScoreResult(name, summary.Mean, summary.Lower, summary.Upper, summary.StandardDeviation, Named(values));
    }

    private SplitScore[] Named(double[] values)
    {
        string[] names = plan.Split.IsDrawn && plan.Seeds.Count > 1
            ? [.. plan.Seeds.Zip(data.SplitsOfSeed, (seed, splits) => splits.Select(s => FormattableString.Invariant($"seed {seed}, {s.Name}"))).SelectMany(n => n)]
            : [.. data.SplitsOfSeed[0].Select(s => s.Name)];
        return [.. names.Zip(values, (n, v) => new SplitScore(n, v))];
    }

    private ScoreResult Score(OutcomeMetric metric, double[] values, double[]? resampled)
    {
        var summary = resampled is null
            ? MetricSummary.OverSplits(values, _testShare, plan.Limits.Confidence)
            : MetricSummary.OverResamples(values[0], resampled, plan.Limits.Confidence);
        // The mean of p-values has no interval that would mean anything.
        summary = metric.Direction switch
        {
            MetricDirection.None => summary with { Lower = double.NaN, Upper = double.NaN },
            MetricDirection.Stated => OfShare(summary),
            _ => summary,
        };
        return new ScoreResult(metric.Name, summary.Mean, summary.Lower, summary.Upper, summary.StandardDeviation, Named(values));
    }

    // A t interval does not know that a share ends at 0 and 1.
    private static MetricSummary OfShare(MetricSummary summary) => summary with { Lower = Math.Max(0, summary.Lower), Upper = Math.Min(1, summary.Upper) };

    private ComparisonResult Compare(string model, OutcomeMetric metric, double[] differences, double[]? resampled)
    {
        var summary = resampled is null
            ? MetricSummary.OverSplits(differences, _testShare, plan.Limits.Confidence)
            : MetricSummary.OverResamples(differences[0], resampled, plan.Limits.Confidence);
        var verdict = !summary.ExcludesZero ? "cannot tell" : summary.Mean > 0 == (metric.Direction == MetricDirection.Higher) ? "better" : "worse";
        return new ComparisonResult(
            model, plan.Reference, metric.Name, summary.Mean, summary.Lower, summary.Upper, resampled is null ? summary.PValue(_testShare) : double.NaN, verdict);
    }

    // Shape [models][metrics][resamples]; the same subjects for every model.
    private double[][][] Resample(IReadOnlyList<ModelScores> scores, CancellationToken cancellation)
    {
        var resamples = TestResamples.Draw(data.SplitsOfSeed[0][0].Test.Length, plan.Limits.ResampleCount, ResampleSeed);
        double[][][] values = [.. scores.Select(_ => plan.Metrics.Select(_ => new double[resamples.Length]).ToArray())];
        Parallel.For(0, resamples.Length, new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation }, r =>
        {
            foreach (var (row, score) in scores.Index())
            {
                foreach (var (m, metric) in plan.Metrics.Index())
                {
                    values[row][m][r] = score.Measure(metric, isDrawn: false, s => s.Take(resamples[r]))[0];
                }
            }
        });
        return values;
    }

    private static double[] Differences(double[] model, double[] reference) => [.. model.Zip(reference, (a, b) => a - b)];
}
