using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>The multi-omics twin: late-fused penalised linear models, a network of modalities that starts from them and learns only what they have missed, where there are few
/// features one that starts from nothing, and what else is stacked beside; weighed by how each predicts subjects it has not seen, and recalibrated where that helps. Networks
/// and trees get weight only where they clearly help, and the findings say where they do not.</summary>
/// <param name="options">Its parts.</param>
/// <param name="name">Name in tables.</param>
public sealed class TwinLearner(TwinLearnerOptions options, string name = "twin") : ICrossFittingLearner
{
    public string Name { get; } = name;

    public bool Supports(EndpointKind kind) => options.Linear.Supports(kind);

    public IReadOnlyList<string> Foresee(SubjectInputs inputs) => options.Network is { } network ? new NetworkLearner(network).Foresee(inputs) : [];

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        // A sample under a hundred treatments is learnt from or held out under all of them.
        var folds = IsShared(training)
            ? SampleFolds.OfSubjects(training.Inputs, options.Stack.FoldCount, context.Seed)
            : LearningFolds.Stratified(training, options.Stack.FoldCount, context.Seed);
        return FitCross(training, folds, context).Predictor;
    }

    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var isShared = IsShared(training);
        var findings = new List<string>();
        var (name, linear) = Start();
        List<(string, CrossFit)> fits = [(name, linear)];
        var featureCount = training.Inputs.Covariates.Count + training.Inputs.Layers.Sum(l => l.FeatureCount);
        foreach (var learner in options.BesideLayers.Where(l => training.Inputs.Layers.Count > 0 && l.Supports(training.Outcome.Kind)))
        {
            Add(() => (learner.Name, CrossFitting.Fit(learner, training, folds, context)));
        }

        var simpleCount = fits.Count;
        Add(Network);
        if (options.Network is { } alone && featureCount <= options.MostFeaturesBeside)
        {
            // What starts from a weak linear model has more to unlearn than what starts from nothing: both are offered, and the weights say which.
            Add(() => (new NetworkLearner(alone).Name, CrossFitting.Fit(new NetworkLearner(alone), training, folds, context)));
        }

        foreach (var learner in options.Beside.Where(l => l.Supports(training.Outcome.Kind)))
        {
            if (featureCount > options.MostFeaturesBeside)
            {
                findings.Add($"{learner.Name} was left out, for there are {featureCount} features and it is stacked beside {options.MostFeaturesBeside} at most.");
            }
            else
            {
                Add(() => (learner.Name, CrossFitting.Fit(learner, training, folds, context)));
            }
        }

        return StackedLearner.Combine(Name, fits, simpleCount, findings, training, folds, options.Stack, context.ThreadCount);

        (string, CrossFit) Start()
        {
            try
            {
                if (isShared)
                {
                    return (options.SharedSamples!.Name, options.SharedSamples.FitCross(training, folds, context));
                }
            }
            catch (UnlearnableException e)
            {
                findings.Add($"The twin starts from {options.Linear.Name}: {e.Message}");
            }

            return (options.Linear.Name, CrossFitting.Fit(options.Linear, training, folds, context));
        }

        // The starting model must be learnable; what only stands beside it may be wanting, and that is said.
        void Add(Func<(string, CrossFit)?> fit)
        {
            try
            {
                if (fit() is { } part)
                {
                    fits.Add(part);
                }
            }
            catch (UnlearnableException e)
            {
                findings.Add($"A part was left out: {e.Message}");
            }
        }

        // A network that gains nothing on held-out subjects is the starting model: it is not stacked a second time.
        (string, CrossFit)? Network()
        {
            if (options.Network is not { } settings)
            {
                return null;
            }

            if (isShared && (long)training.Count * featureCount > options.MostNetworkValues)
            {
                findings.Add($"The network was left out: {training.Count} subjects with {featureCount} features each are more than it is given where samples are shared.");
                return null;
            }

            var learner = new NetworkLearner(settings);
            var network = learner.Fit(training, context, linear.OutOfFold);
            if (network is { ResidualShare: > 0, HeldOut: { } heldOut })
            {
                return ($"{learner.Name} on {options.Linear.Name}", new CrossFit(new ResidualPredictor(linear.Predictor, network, SurvivalGrid.OfTimes(training.Outcome)), heldOut));
            }

            findings.AddRange(network.Findings);
            return null;
        }
    }

    private bool IsShared(LearningProblem training) => options.SharedSamples is not null && TreatmentRidgeLearner.Suits(training);
}
