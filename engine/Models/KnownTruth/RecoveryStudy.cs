using DigitalTwin.Models.Effects;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Numerics.Policies;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>Repeats a trial of known truth and holds against it what the estimators say: whether intervals of the average effect cover it as often as they claim, how well
/// individual effects are told apart, whether predicted risks are calibrated, and what the confounded external cohort does to a naive answer.</summary>
/// <param name="generator">Draws the trials.</param>
/// <param name="outcomeLearner">Predicts the outcome in an arm, and the arm where that is not randomised. Used by several threads at once.</param>
/// <param name="effectLearner">Regresses doubly robust scores.</param>
public sealed class RecoveryStudy(KnownTruthGenerator generator, IOutcomeLearner outcomeLearner, IOutcomeLearner effectLearner)
{
    private const int FoldCount = 5;

    // Replicates from here on are of subjects that no trial of the run has: those that effects are judged on, and those of the ceiling.
    private const uint OthersReplicate = 1u << 30;
    private const uint CeilingReplicate = 1u << 31;

    private static readonly EffectQuestion _question = new(KnownTruthTrial.TreatedArm, KnownTruthTrial.ControlArm, SummaryMeasure.RiskDifference);

    /// <summary>Runs the replicates. The result does not depend on the number of threads.</summary>
    /// <param name="replicateCount">Trials, at least 2.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="threadCount">Replicates at a time.</param>
    /// <param name="progress">Told the fraction done; may be null.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="UnlearnableException">A trial is too small to be analysed.</exception>
    public RecoveryResult Run(int replicateCount, ulong seed, int threadCount, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicateCount, 2);
        var (truth, error) = generator.PopulationEffect(seed);
        var replicates = new RecoveryReplicate[replicateCount];
        var failures = new string?[replicateCount];
        var done = 0;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellation };
        Parallel.For(0, replicateCount, options, r =>
        {
            try
            {
                replicates[r] = Replicate(seed, (uint)r, cancellation);
            }
            catch (UnlearnableException e)
            {
                failures[r] = e.Message;
            }

            progress?.Report((double)Interlocked.Increment(ref done) / replicateCount);
        });

        // To go on without such trials would choose among them by their outcomes.
        var failed = Array.FindIndex(failures, f => f is not null);
        return failed < 0
            ? RecoveryResult.Of(truth, error, replicates)
            : throw new UnlearnableException(
                $"{failures.Count(f => f is not null)} of {replicateCount} simulated trials cannot be analysed, the first of them number {failed}: {failures[failed]} Simulate more subjects.");
    }

    /// <summary>How well individual effects can be told apart at best: the effect learner is taught the true effects themselves, of many subjects with the same measured
    /// inputs (what is missing is missing), and its predictions of subjects it has not met are correlated with theirs. A learner of this form that has only outcomes to learn
    /// from cannot be expected to do better.</summary>
    /// <param name="seed">Seed of the run; the subjects are in none of its replicates.</param>
    /// <param name="threadCount">Threads the learner may use.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="subjectCount">Subjects learnt from, and as many judged.</param>
    public double Ceiling(ulong seed, int threadCount, CancellationToken cancellation, int subjectCount = 3000)
    {
        using var backend = new SimdBackend(1);
        var context = new LearningContext(seed, backend, threadCount, cancellation);
        var taught = generator.DrawPopulation(seed, CeilingReplicate, subjectCount);
        var others = generator.DrawPopulation(seed, CeilingReplicate + 1, subjectCount);
        var model = effectLearner.Fit(new LearningProblem(taught.Trial.Inputs.WithoutTreatments(), new ContinuousOutcome(taught.TrueEffects, "1")), context);
        return Told(((ContinuousPredictions)model.Predict(others.Trial.Inputs.WithoutTreatments())).Mean, others.TrueEffects);
    }

    private RecoveryReplicate Replicate(ulong seed, uint replicate, CancellationToken cancellation)
    {
        using var backend = new SimdBackend(1);
        var context = new LearningContext(seed + replicate, backend, 1, cancellation);
        var trial = generator.Draw(seed, replicate);

        // New subjects of the same population: whether an effect is told apart is asked of whom the model has not met.
        var others = generator.Draw(seed, replicate + OthersReplicate);
        var doublyRobust = new DoublyRobustEffects(outcomeLearner, null, effectLearner, FoldCount);
        var (predictor, scores) = doublyRobust.FitScored(trial.Trial, _question, context);
        var separate = new SeparateModelEffects(outcomeLearner).Fit(trial.Trial, _question, context);
        var trueEffects = others.TrueEffects;
        var predicted = predictor.Predict(others.Trial.Inputs);
        return new RecoveryReplicate(
            scores.Average(),
            Unadjusted(trial.Trial),
            trial.External is null ? null : External(trial, context, adjusted: false),
            trial.External is null ? null : External(trial, context, adjusted: true),
            Told(predicted, trueEffects),
            Told(separate.Predict(others.Trial.Inputs), trueEffects),
            Slope(predicted, trueEffects),
            PolicyGain(predicted, others));
    }

    // The trial's treated against the external controls, as if the trial had no control arm of its own.
    private AverageEffect External(KnownTruthTrial trial, LearningContext context, bool adjusted)
    {
        var treated = trial.Trial.Take([.. Enumerable.Range(0, trial.Trial.Count).Where(i => trial.Trial.Inputs.Treatments!.Indices[i] == 1)]);
        var pooled = Pooled(treated, trial.External!);
        return adjusted
            ? EffectScores.CrossFit(pooled, _question, outcomeLearner, outcomeLearner, null, FoldCount, context).Average()
            : Unadjusted(pooled);
    }

    private static LearningProblem Pooled(LearningProblem first, LearningProblem second)
    {
        SubjectId[] subjects = [.. first.Inputs.Subjects, .. second.Inputs.Subjects];
        var ages = first.Inputs.Covariates.Zip(second.Inputs.Covariates, (a, b) => (Column)new NumericColumn(
            a.Variable, [.. ((NumericColumn)a).Values, .. ((NumericColumn)b).Values]));
        var layers = first.Inputs.Layers.Zip(second.Inputs.Layers, (a, b) => new DigitalTwin.Omics.Layers.SubjectLayer(
            new OmicsLayer(a.Layer.Name, a.Layer.Unit, a.Layer.Features, [.. Values(a), .. Values(b)]), subjects));
        var treatments = new TreatmentColumn(
            first.Inputs.Treatments!.Treatments, [.. first.Inputs.Treatments.Indices, .. second.Inputs.Treatments!.Indices]);
        return new LearningProblem(
            new SubjectInputs(subjects, [.. ages], [.. layers], treatments: treatments),
            new BinaryOutcome([.. ((BinaryOutcome)first.Outcome).Occurred, .. ((BinaryOutcome)second.Outcome).Occurred]));
    }

    private static IEnumerable<float> Values(DigitalTwin.Omics.Layers.SubjectLayer layer) =>
        Enumerable.Range(0, layer.SubjectCount).SelectMany(i => layer.Layer.Row(i).ToArray());

    private static AverageEffect Unadjusted(LearningProblem problem)
    {
        var occurred = ((BinaryOutcome)problem.Outcome).Occurred;
        var column = problem.Inputs.Treatments!;
        var (treated, control) = (Share(1), Share(0));
        var error = Math.Sqrt((treated.Share * (1 - treated.Share) / treated.Count) + (control.Share * (1 - control.Share) / control.Count));
        var difference = treated.Share - control.Share;
        return new AverageEffect(difference, error, difference - (1.96 * error), difference + (1.96 * error));

        (double Share, int Count) Share(int arm)
        {
            var rows = Enumerable.Range(0, occurred.Length).Where(i => column.Indices[i] == arm).ToArray();
            return (rows.Count(i => occurred[i]) / (double)rows.Length, rows.Length);
        }
    }

    /// <summary>True mean fall of the risk when half of the subjects, those predicted to gain most, are treated, over that of a random half.</summary>
    private static double PolicyGain(double[] predicted, KnownTruthTrial others)
    {
        var effects = others.TrueEffects;
        var ranked = RankedEffect.Of([.. effects.Select(e => -e)], [.. predicted.Select(p => -p)], seed: 0, replicateCount: 2);
        var half = ranked.Curve[effects.Length / 2];
        return half - (0.5 * ranked.Curve[^1]);
    }

    // Predictions that are all equal tell nobody apart.
    private static double Told(double[] predicted, double[] truth)
    {
        var correlation = Correlation.Pearson(predicted, truth);
        return double.IsNaN(correlation) ? 0 : correlation;
    }

    private static double Slope(double[] predicted, double[] truth)
    {
        var (meanP, meanT) = (predicted.Average(), truth.Average());
        double products = 0, squares = 0;
        for (var i = 0; i < predicted.Length; i++)
        {
            products += (predicted[i] - meanP) * (truth[i] - meanT);
            squares += (predicted[i] - meanP) * (predicted[i] - meanP);
        }

        return squares > 0 ? products / squares : double.NaN;
    }
}
