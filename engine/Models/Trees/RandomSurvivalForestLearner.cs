using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Trees.Readings;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees;

/// <summary>A random survival forest: trees split by the log-rank test, Nelson-Aalen cumulative hazards in their leaves, averaged. With several kinds of event
/// its leaves hold cumulative incidences.</summary>
/// <remarks>Source: [Ishwaran2008], [Ishwaran2014]. By default 500 trees, the square root of the features tried for each split at 10 random cut points each,
/// and leaves of at least 15 drawn subjects. A missing value goes the way that the log-rank statistic chose in training.</remarks>
/// <param name="options">How it is grown; null for the defaults.</param>
public sealed class RandomSurvivalForestLearner(ForestOptions? options = null) : ICrossFittingLearner
{
    private const int FewestEvents = 10;

    private readonly ForestOptions _options = options ?? new ForestOptions();

    public string Name => "random-survival-forest";

    public bool Supports(EndpointKind kind) => kind is EndpointKind.TimeToEvent or EndpointKind.CompetingRisks;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => Grow(training, context);

    /// <remarks>The trees that did not see a subject speak of it: one fit is enough, and the folds play no part.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        var forest = Grow(training, context);
        return new CrossFit(forest, PredictionPool.OnGridOf(forest.OutOfBag!, training.Outcome)); // Only a forest read from bytes has none.
    }

    private ForestPredictor Grow(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var problem = TreeProblem.Of(training, Name);
        var targets = SurvivalTargets.Of(problem.Ordered.Outcome);
        targets.RequireEvents(FewestEvents, Name);
        var settings = _options.Resolved((int)Math.Ceiling(Math.Sqrt(problem.Features.FeatureCount)), 15, 10);
        var (forest, outOfBag) = Forest.Grow(
            problem.Features, () => new LogRankSplitRule(targets, settings.MinimumLeafSize), problem.Ordered.Weights, settings, context);
        TreeReading reading = targets.EventCount == 1 ? new HazardReading(targets.GridDays) : new IncidenceReading(targets.GridDays, targets.EventCount);
        var unseen = reading.Of(outOfBag);
        return new ForestPredictor(
            problem.Encoding,
            forest,
            reading,
            problem.InOriginalOrder(unseen, inputs => reading.Of(forest.Mean(problem.Encoding.Encode(inputs)))),
            [.. Findings(settings, targets, unseen), .. problem.Notes(forest.Gains)]);
    }

    private static IEnumerable<string> Findings(ForestOptions settings, SurvivalTargets targets, OutcomePredictions outOfBag)
    {
        yield return $"{settings.TreeCount} trees; {settings.FeatureTries} features tried for a split; leaves of at least {settings.MinimumLeafSize} drawn subjects.";
        if (outOfBag is SurvivalPredictions survival)
        {
            var events = Array.ConvertAll(targets.Status, s => s > 0);
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"Concordance {Concordance.Estimate(targets.Days, events, survival.Risk).Value:F3} by the trees that did not see the subject.");
        }
    }
}
