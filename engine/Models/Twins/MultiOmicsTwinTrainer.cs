using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Validation;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Trains <see cref="MultiOmicsTwinModel"/>. For each fold and member a control model is learnt from the control subjects outside the fold, and a treated model from the
/// treated ones: the control model's prognosis with one effect for everybody, stacked with a model of the treated subjects' own, which gets weight as far as it predicts
/// treated subjects it has not seen. An individual effect so appears only when the data ask for it.</summary>
/// <param name="learner">What is learnt in each arm, such as <see cref="TwinLearner"/>.</param>
/// <param name="options">Folds and members.</param>
/// <remarks>Members weigh subjects by the Bayesian bootstrap [Rubin1981]. The weight is keyed by subject and number of the member, so that member m of every fold is the same
/// disturbance of the data. Sources: cross-fitting [Chernozhukov2018]; stacking [VanDerLaan2007]; prognostic score [Hansen2008].</remarks>
public sealed class MultiOmicsTwinTrainer(IOutcomeLearner learner, MultiOmicsTwinOptions options) : ITwinTrainer
{
    public const string KindName = "multi-omics";

    private static readonly ulong _streamSubject = StreamKey.HashOf("twin-model/multi-omics");

    public string Kind => KindName;

    public IReadOnlyList<string> Foresee(TwinTrainingData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        Require(data.Trial);
        return learner.Foresee(TwinInputColumns.Of(TwinInputs.Of(data.Trial)));
    }

    public TrainedTwinModel Train(TwinTrainingData data, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        var trial = data.Trial;
        Require(trial);
        using var backend = new SimdBackend(options.MaxThreads);
        var inputs = TwinInputs.Of(trial);
        var columns = TwinInputColumns.Of(inputs);
        var folds = FoldAssignment.Stratified(trial, options.FoldCount, data.Seed);
        var members = new TwinMemberPair[options.FoldCount * options.MembersPerFold];
        for (var fold = 0; fold < options.FoldCount; fold++)
        {
            var (control, treated) = (ArmOf(trial, columns, folds, fold, treated: false), ArmOf(trial, columns, folds, fold, treated: true));
            for (var replicate = 0; replicate < options.MembersPerFold; replicate++)
            {
                var context = new LearningContext(SeedOf(data.Seed, replicate), backend, options.MaxThreads, cancellation);
                var m = (fold * options.MembersPerFold) + replicate;
                members[m] = TrainMember(fold, Reweighted(control, data.Seed, replicate), Reweighted(treated, data.Seed, replicate), context);
                progress?.Report(0.95 * (m + 1) / members.Length);
            }
        }

        var model = new MultiOmicsTwinModel(new MultiOmicsTwinParts(
            trial.Outcome.Kind,
            data.TreatedArm,
            data.ControlArm,
            trial.Covariates.Columns,
            [.. trial.Layers.Select(LayerFeatures.Of)],
            trial.Outcome is SurvivalOutcome survival ? survival.Horizon : null,
            TypicalSubject.Of(inputs),
            members,
            Enumerable.Range(0, trial.Count).ToDictionary(i => trial.Subjects[i], i => folds[i]),
            options.ExplanationSampleCount));
        cancellation.ThrowIfCancellationRequested();
        var validation = TwinValidator.Validate(model, data);
        progress?.Report(1);
        return new TrainedTwinModel(model, validation);
    }

    private void Require(TrialData trial)
    {
        if (!learner.Supports(trial.Outcome.Kind))
        {
            throw new TwinTrainingException($"'{learner.Name}' does not predict a {trial.Outcome.Kind} outcome. Name another model of the twins.");
        }

        if (trial.Layers.FirstOrDefault(l => trial.Covariates.Columns.Any(c => c.Variable == l.Name)) is { } layer)
        {
            throw new TwinTrainingException($"'{layer.Name}' is the name of a covariate and of a layer. Rename one of them.");
        }

        TwinTrainingChecks.Require(trial, options.FoldCount, options.MembersPerFold, options.MinimumEventCount);
    }

    public ITwinModel Read(ReadOnlySpan<byte> serialized)
    {
        try
        {
            return MultiOmicsTwinFormat.Read(serialized.ToArray(), options.MaxThreads);
        }
        catch (ModelFormatException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private TwinMemberPair TrainMember(int fold, LearningProblem controls, LearningProblem treated, LearningContext context)
    {
        try
        {
            var control = learner.Fit(controls, context);
            return new TwinMemberPair(fold, control, TrainTreated(control, treated, context));
        }
        catch (UnlearnableException e)
        {
            throw new TwinTrainingException($"The twins cannot be trained without fold {fold + 1} of {options.FoldCount}. {e.Message}", e);
        }
    }

    private IOutcomePredictor TrainTreated(IOutcomePredictor control, LearningProblem treated, LearningContext context)
    {
        var stack = new StackOptions();
        var folds = LearningFolds.Stratified(treated, stack.FoldCount, context.Seed);
        var prognosis = new PrognosisLearner(control);
        List<(string, CrossFit)> fits = [(prognosis.Name, prognosis.FitCross(treated, folds, context))];
        List<string> findings = [];
        try
        {
            fits.Add((learner.Name, CrossFitting.Fit(learner, treated, folds, context)));
        }
        catch (UnlearnableException e)
        {
            findings.Add($"Treated subjects have no model of their own: {e.Message}");
        }

        return StackedLearner.Combine("treated", fits, simpleCount: 1, findings, treated, folds, stack, context.ThreadCount).Predictor;
    }

    private static LearningProblem ArmOf(TrialData trial, SubjectInputs inputs, int[] folds, int fold, bool treated)
    {
        int[] rows = [.. Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated && folds[i] != fold)];
        return new LearningProblem(inputs.Take(rows), trial.Outcome.Take(rows));
    }

    // First values of networks and inner folds differ from member to member, and are the same in every fold.
    private static ulong SeedOf(ulong seed, int replicate) =>
        new RandomStream(new StreamKey(seed, _streamSubject, 0, (uint)replicate, RandomPurpose.Initialization)).NextUInt64();

    // Exponential, mean 1. Not rescaled: the weight of a subject must not depend on who else is in the data.
    private static LearningProblem Reweighted(LearningProblem arm, ulong seed, int replicate) => arm.Reweighted([.. arm.Inputs.Subjects.Select(subject =>
        new RandomStream(new StreamKey(seed, StreamKey.HashOf(subject.Value), 0, (uint)replicate, RandomPurpose.Bootstrap)).NextExponential())]);
}
