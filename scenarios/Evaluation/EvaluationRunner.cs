using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Output.Terminal;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Learns every model on every split and predicts the subjects held out.</summary>
/// <param name="plan">What to learn.</param>
/// <param name="backend">Where networks compute.</param>
/// <param name="threadCount">Threads.</param>
/// <param name="progress">Shown to whoever waits.</param>
/// <param name="clock">Takes the time.</param>
/// <param name="witnesses">Are shown every model as soon as it is learnt.</param>
internal sealed class EvaluationRunner(
    EvaluationPlan plan, IComputeBackend backend, int threadCount, RunProgress progress, TimeProvider clock, IReadOnlyList<IModelWitness> witnesses)
{
    private TimeSpan _witnessing;

    public IReadOnlyList<ModelScores> Run(EvaluationData data, CancellationToken cancellation)
    {
        var scores = new List<ModelScores>();
        foreach (var model in plan.Models)
        {
            var fits = data.SplitsOfSeed.Sum(s => s.Count);
            progress.Step(FormattableString.Invariant($"{model.Name}, {fits} fit{(fits == 1 ? string.Empty : "s")}"));
            scores.Add(Run(model, data, fits, cancellation));
        }

        return scores;
    }

    private ModelScores Run(EvaluatedModel model, EvaluationData data, int fits, CancellationToken cancellation)
    {
        List<FindingResult> findings = [];
        List<string> failures = [];
        var started = clock.GetTimestamp();
        _witnessing = TimeSpan.Zero;
        var done = 0;
        var problem = Seen(data.Problem, model);
        var samples = new MetricSample?[plan.Seeds.Count][];
        for (var s = 0; s < samples.Length; s++)
        {
            samples[s] = new MetricSample?[data.SplitsOfSeed[s].Count];
            foreach (var (k, split) in data.SplitsOfSeed[s].Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var context = new LearningContext(plan.Seeds[s], backend, threadCount, cancellation);
                samples[s][k] = Judge(model, (problem, data.Problem), (s, k), split, data.Groups, context, findings, failures);
                progress.Report((double)++done / fits);
            }
        }

        return new ModelScores(model, samples, (clock.GetElapsedTime(started) - _witnessing).TotalSeconds, findings, failures);
    }

    private MetricSample? Judge(
        EvaluatedModel model,
        (LearningProblem Seen, LearningProblem Whole) problems,
        (int Seed, int Split) place,
        EvaluationSplit split,
        int[] groups,
        LearningContext context,
        List<FindingResult> findings,
        List<string> failures)
    {
        var problem = problems.Seen;
        var training = problem.Take(split.Training);
        try
        {
            var learnt = plan.Intervals is { } intervals && intervals.Asks(model.Name)
                ? new RegionStage(intervals).Fit(model.Learner, training, problems.Whole.Take(split.Training), context)
                : new LearntRegions(model.Learner.Fit(training, context), null, null, null);
            var predictor = learnt.Predictor;
            var inputs = problem.Inputs.Take(split.Test);
            var predictions = predictor.Predict(inputs);
            findings.AddRange(predictor.Findings.Concat(learnt.Note is { } note ? [note] : []).Distinct().Where(f => findings.All(known => known.Text != f)).Select(f => new FindingResult(split.Name, f)));
            PredictionChecks.Require(predictions, problem.Outcome, split.Test.Length, model.Name);
            var sample = new MetricSample(
                training.Outcome, problem.Outcome.Take(split.Test), predictions, groups.Length == 0 ? [] : [.. split.Test.Select(r => groups[r])])
            {
                Regions = learnt.Of(predictions, inputs, problems.Whole.Take(split.Test)),
            };
            Show(new LearntModel(model.Name, place.Seed, place.Split, split, predictor, problem.Inputs, sample.Regions));
            return sample;
        }
        catch (UnlearnableException e)
        {
            failures.Add($"{split.Name}: {e.Message}");
            return null;
        }
    }

    // The seconds of a model are of learning and predicting, whatever else it is asked.
    private void Show(LearntModel learnt)
    {
        var started = clock.GetTimestamp();
        foreach (var witness in witnesses)
        {
            witness.Record(learnt);
        }

        _witnessing += clock.GetElapsedTime(started);
    }

    /// <summary>What a model may look at of the problem.</summary>
    internal static LearningProblem Seen(LearningProblem problem, EvaluatedModel model) => model.Covariates is null && model.Layers is null
        ? problem
        : new LearningProblem(Seen(problem.Inputs, model), problem.Outcome);

    /// <summary>What a model may look at of subjects.</summary>
    internal static SubjectInputs Seen(SubjectInputs inputs, EvaluatedModel model) => model.Covariates is null && model.Layers is null
        ? inputs
        : inputs.With(
            [.. inputs.Covariates.Where(c => model.Covariates?.Contains(c.Variable.Name) ?? true)],
            [.. inputs.Layers.Where(l => model.Layers?.Contains(l.Layer.Name) ?? true)]);
}
