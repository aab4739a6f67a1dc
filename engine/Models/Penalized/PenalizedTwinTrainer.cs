using DigitalTwin.Models.Penalized.Learners;
using DigitalTwin.Models.Terms;
using DigitalTwin.Models.Twins;
using DigitalTwin.Models.Validation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>Trains <see cref="PenalizedTwinModel"/>: one ensemble member is a control model fitted to a bootstrap sample of the
/// control subjects outside one fold, and a treated model fitted to a bootstrap sample of the treated subjects outside that
/// fold, with the control model's linear predictor as its offset.</summary>
/// <remarks>The penalty of the control model minimises AIC and that of the deviations BIC over a grid, with effective degrees
/// of freedom [Gray1992], inside each fold's training subjects only: no fold ever sees its own outcomes.</remarks>
public sealed class PenalizedTwinTrainer(TwinOptions options) : ITwinTrainer
{
    public const string KindName = "penalized-regression";

    public string Kind => KindName;

    public IReadOnlyList<string> Foresee(TwinTrainingData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        TwinTrainingChecks.Require(data.Trial, options.FoldCount, options.MembersPerFold, options.MinimumEventCount);
        return [];
    }

    public TrainedTwinModel Train(TwinTrainingData data, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        TwinTrainingChecks.Require(data.Trial, options.FoldCount, options.MembersPerFold, options.MinimumEventCount);
        var trial = data.Trial;
        var expansion = TermExpansion.Learn(trial.Covariates);
        var grid = trial.Outcome is SurvivalOutcome survival ? ForecastTimes.Of(survival.Horizon) : [];
        var problem = new TwinTrainingProblem(trial, expansion, Learner(trial.Outcome, grid), data.Seed, options.FoldCount);

        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxThreads, CancellationToken = cancellation };
        var foldFits = new FoldFit[options.FoldCount];
        Parallel.For(0, options.FoldCount, parallel, fold => foldFits[fold] = problem.ChoosePenalties(fold));
        progress?.Report(0.3);

        var members = new TwinMember[options.FoldCount * options.MembersPerFold];
        var done = 0;
        Parallel.For(0, members.Length, parallel, m =>
        {
            members[m] = problem.TrainMember(foldFits[m / options.MembersPerFold], m % options.MembersPerFold);
            progress?.Report(0.3 + (0.6 * Interlocked.Increment(ref done) / members.Length));
        });

        var model = new PenalizedTwinModel(new PenalizedTwinParameters(
            PenalizedTwinParameters.CurrentFormat,
            trial.Outcome.Kind,
            data.TreatedArm.Value,
            data.ControlArm.Value,
            trial.Covariates.Columns,
            expansion.Shapes,
            expansion.Terms,
            problem.DeviationTerms,
            grid,
            members,
            problem.FoldBySubject(),
            [.. foldFits.Select(f => f.ControlPenalty)],
            [.. foldFits.Select(f => f.DeviationPenalty)]));
        cancellation.ThrowIfCancellationRequested();
        var validation = TwinValidator.Validate(model, data);
        progress?.Report(1);
        return new TrainedTwinModel(model, validation);
    }

    public ITwinModel Read(ReadOnlySpan<byte> serialized) => PenalizedTwinFormat.Read(serialized);

    private static IPenalizedLearner Learner(OutcomeData outcome, double[] grid) => outcome switch
    {
        SurvivalOutcome survival => new CoxLearner(survival, grid),
        BinaryOutcome binary => new LogisticLearner(binary),
        ContinuousOutcome continuous => new LinearLearner(continuous),
        _ => throw new ArgumentException($"No twin model for outcomes of type {outcome.GetType().Name}.", nameof(outcome)),
    };
}
