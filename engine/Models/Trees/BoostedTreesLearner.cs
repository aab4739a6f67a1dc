using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Trees.Readings;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees;

/// <summary>Boosted trees: small trees, each a Newton step down the loss of what the ones before left, on histograms. Losses: logistic, softmax (ordinal
/// outcomes as classes), squared error, Cox's partial likelihood. Rounds and depth come from inner folds.</summary>
/// <remarks>Source: [Friedman2001], [ChenT2016], [Ke2017]. Survival is exp(-H(t) exp(score)) with Breslow's baseline H at the scores that the inner folds gave to
/// subjects they held out: at the fitted scores it would be too sure. The standard deviation of a continuous outcome is the root mean square of the
/// held-out errors.</remarks>
/// <param name="options">How they are grown; null for the defaults.</param>
public sealed class BoostedTreesLearner(BoostingOptions? options = null) : ICrossFittingLearner
{
    private const int FewestEvents = 10;

    private readonly BoostingOptions _options = Checked(options ?? new BoostingOptions());

    public string Name => "boosted-trees";

    public bool Supports(EndpointKind kind) => kind is not (EndpointKind.CompetingRisks or EndpointKind.Longitudinal);

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => Grow(training, context).Predictor;

    /// <remarks>The inner folds that choose the rounds hold every subject out once, so that one fit is enough; each fold takes the depth and the rounds that the other folds
    /// chose. The folds are the learner's own, of the same seed; where it has none it is fitted once a fold.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context) =>
        _options.FoldCount == 0 ? CrossFitting.OneByOne(this, training, folds, context) : Grow(training, context);

    private CrossFit Grow(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var problem = TreeProblem.Of(training, Name);
        Require(problem.Ordered.Outcome);
        var bins = BinnedFeatures.Fit(problem.Features, _options.BinsOf(problem.Ordered.Count));
        var choice = _options.FoldCount == 0 ? null : RoundChoice.Of(problem.Ordered, problem.Features, bins, _options, context);
        var rounds = choice?.Rounds ?? _options.MaximumRounds;
        var booster = new Booster(bins, BoostingLoss.Of(problem.Ordered), _options, choice?.Depth ?? _options.Depths[0], context.Seed);
        booster.Advance(rounds, context.Cancellation);
        var reading = Reading(problem.Ordered, choice?.HeldOutScores ?? booster.Scores.ToArray());
        var trees = booster.Trees(rounds);
        var gains = new double[problem.Features.FeatureCount];
        foreach (var tree in trees)
        {
            for (var f = 0; f < gains.Length; f++)
            {
                gains[f] += tree.Gains[f];
            }
        }

        var predictor = new BoostedTreesPredictor(problem.Encoding, booster.Base, trees, reading, context.ThreadCount, [Sentence(choice, rounds), .. problem.Notes(gains)]);
        var crossed = choice?.CrossedScores ?? booster.Scores.ToArray();
        return new CrossFit(predictor, problem.InOriginalOrder(Reading(problem.Ordered, crossed).Of(crossed), predictor.Predict));
    }

    private static BoostingOptions Checked(BoostingOptions options)
    {
        options.Check();
        return options;
    }

    private void Require(OutcomeData outcome)
    {
        switch (outcome)
        {
            case SurvivalOutcome:
                SurvivalTargets.Of(outcome).RequireEvents(FewestEvents, Name);
                break;
            case ContinuousOutcome continuous:
                TrainingRequirements.Varying(continuous, Name);
                break;
            default:
                TrainingRequirements.Classes(ClassTargets.Of(outcome), Name);
                break;
        }
    }

    private string Sentence(RoundChoice? choice, int rounds) => choice is null
        ? $"{rounds} rounds at depth {_options.Depths[0]}, as set."
        : rounds == 0
            ? string.Create(CultureInfo.InvariantCulture, $"No tree lowered the loss {choice.BaseLoss:F4} of inner folds: everybody gets the same prediction.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{rounds} rounds at depth {choice.Depth}, chosen among depths {string.Join(", ", _options.Depths)} by {_options.FoldCount} inner folds: loss {choice.Loss:F4}, {choice.BaseLoss:F4} without a tree.");

    /// <param name="problem">The training subjects.</param>
    /// <param name="heldOut">Their scores by models that did not see them.</param>
    private static TreeReading Reading(LearningProblem problem, double[] heldOut)
    {
        switch (problem.Outcome)
        {
            case SurvivalOutcome survival:
                var grid = SurvivalTargets.Of(survival).GridDays;
                var baseline = new CoxLoss(survival.Days, survival.HadEvent, problem.Weights.ToArray()).Baseline(heldOut, grid);
                return new RelativeHazardReading(grid, baseline);
            case ContinuousOutcome continuous:
                var (loss, weight) = new SquaredLoss(continuous.Values, problem.Weights.ToArray()).Sum(heldOut);
                return new MeanReading(Math.Sqrt(2 * loss / weight));
            case BinaryOutcome:
                return new LogisticReading();
            default:
                return new SoftmaxReading(ClassTargets.Of(problem.Outcome).Count);
        }
    }
}
