using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>How samples respond to treatments, many of them on the same samples: a mean of each treatment, and deviations by the sample's layers and covariates that treatments
/// have partly in common. One kernel ridge over all pairs of sample and treatment, not one model a treatment; what treatments have in common is chosen, with all penalties, by
/// holding whole samples out.</summary>
/// <remarks>
/// Sources: [Rasmussen2006], [Bonilla2008], [Stock2018]; the derivation stands with <see cref="Numerics.Regression.Kernels.PairedKernelRidge"/>. A treatment never seen gets mean
/// and deviations from those whose drugs and targets are alike. Subjects are one sample where everything but treatment and outcome is equal. Repeated measurements are not read.
/// </remarks>
public sealed class TreatmentRidgeLearner(TreatmentRidgeOptions? options = null) : ICrossFittingLearner
{
    /// <summary>Name in tables and evaluation files.</summary>
    public const string LearnerName = "treatment-ridge";

    private const int FewestSamples = 20;

    private readonly TreatmentRidgeOptions _options = options ?? TreatmentRidgeOptions.Default;

    public string Name => LearnerName;

    public bool Supports(EndpointKind kind) => kind == EndpointKind.Continuous;

    /// <summary>Whether the subjects are what this model is for: layers, a continuous outcome, and at least twice as many subjects as samples.</summary>
    public static bool Suits(LearningProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.Outcome is ContinuousOutcome
            && problem.Inputs is { Treatments: not null, Layers.Count: > 0 }
            && 2 * SampleTable.Of(problem.Inputs).Count <= problem.Count;
    }

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => Fit(training, null, context).Predictor;

    /// <remarks>Where the folds keep samples whole they are the folds that choices are made by, so that nothing is fitted twice; the choice of a few penalties is then made on
    /// the samples that are predicted.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        return Fit(training, folds, context);
    }

    private CrossFit Fit(LearningProblem training, int[]? folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        if (!Supports(training.Outcome.Kind))
        {
            throw new ArgumentException($"The learner '{Name}' has no model of a {training.Outcome.Kind} outcome.", nameof(training));
        }

        if (training.Inputs.Treatments is null)
        {
            throw new UnlearnableException($"'{Name}' learns how treatments differ, and the subjects have none. State 'treatment', or name another model.");
        }

        var samples = SampleTable.Of(training.Inputs);
        Require(samples.Count >= FewestSamples, $"There are {samples.Count} distinct samples among {training.Count} training subjects; '{Name}' needs {FewestSamples}.");
        Require(
            samples.Count <= _options.MostSamples,
            $"There are {samples.Count} distinct samples among {training.Count} training subjects; '{Name}' takes {_options.MostSamples} at most. It is for samples that many treatments share: name another model.");
        var similarity = SampleSimilarity.Fit(training.Inputs.Take(samples.First).WithoutTreatments())
            ?? throw new UnlearnableException($"No covariate or layer varies among the {samples.Count} training samples; there is nothing to learn from.");
        var pairs = ResponsePairs.Of(training, samples, out var cellOf);
        var relation = new RelatedTreatments(_options.Network);
        var related = relation.Between(pairs.Treatments, pairs.Treatments);
        var sampleFolds = (folds is null ? null : SampleFolds.FromSubjects(samples, folds))
            ?? SampleFolds.OfSamples(training.Inputs, samples, Math.Min(_options.FoldCount, samples.Count), context.Seed);
        var trials = new RidgeTrials(pairs, similarity, related, sampleFolds, context.ThreadCount, context.Cancellation);
        var (choice, loss, heldOut) = RidgeSearch.Run(trials, similarity.Parts.Count);
        var fitted = trials.Fit(choice);
        var errors = TreatmentErrors.Of(pairs, heldOut, fitted.Scales);
        var predictor = new TreatmentRidgePredictor(
            similarity, choice, fitted, errors, new UnseenTreatments(relation, related, pairs, fitted, similarity.Within(choice.Kind, choice.PartWeights)), Findings(training, pairs, similarity, choice, loss, fitted));
        return new CrossFit(predictor, new ContinuousPredictions(
            [.. cellOf.Select(c => heldOut[c])], [.. cellOf.Select(c => errors.Deviations[c % pairs.TreatmentCount])]));
    }

    private static string[] Findings(LearningProblem training, ResponsePairs pairs, SampleSimilarity samples, RidgeChoice choice, double loss, FittedRidge fitted)
    {
        var parts = samples.Parts.Zip(choice.PartWeights, (p, w) => Invariant($"{p} {w:P0}"));
        return
        [
            Invariant($"{training.Count} subjects are {pairs.SampleCount} samples under {pairs.TreatmentCount} treatments, {(double)pairs.Weights.Count(w => w > 0) / pairs.Weights.Length:P0} of the pairs observed."),
            Invariant($"Samples are alike by a {choice.Kind.ToString().ToLowerInvariant()} measure of {string.Join(", ", parts)}; of their own they have {choice.Own:G3}, noise is {choice.Noise:G3}. ")
                + $"Treatments are alike {choice.Mix.Name}.",
            Invariant($"Held-out samples' deviations from the means of their treatments are explained to {1 - loss:P1}."),
            .. fitted.HasConverged ? Array.Empty<string>() : ["The system was not solved to its tolerance; predictions are close to, but not those of, the model chosen."],
        ];
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new UnlearnableException(otherwise);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
