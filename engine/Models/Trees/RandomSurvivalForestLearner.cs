using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees.Forests;
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
        return new CrossFit(forest, PredictionPool.OnGridOf(forest.OutOfBag, training.Outcome));
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
        Func<double[], OutcomePredictions> reading = targets.EventCount == 1
            ? steps => Survival(targets.GridDays, steps)
            : steps => Incidence(targets.GridDays, steps, targets.EventCount);
        var unseen = reading(outOfBag);
        return new ForestPredictor(
            problem.Encoding,
            forest,
            reading,
            problem.InOriginalOrder(unseen, inputs => reading(forest.Mean(problem.Encoding.Encode(inputs)))),
            [.. Findings(settings, targets, unseen), .. problem.Notes(forest.Gains)]);
    }

    /// <summary>Survival exp(-mean cumulative hazard); the risk is the mortality, the sum of the cumulative hazard over the grid.</summary>
    private static SurvivalPredictions Survival(double[] gridDays, double[] steps)
    {
        var times = gridDays.Length;
        var survival = new double[steps.Length];
        var risk = new double[steps.Length / times];
        for (var i = 0; i < risk.Length; i++)
        {
            var hazard = 0.0;
            for (var t = 0; t < times; t++)
            {
                hazard += steps[(i * times) + t];
                survival[(i * times) + t] = Math.Exp(-hazard);
                risk[i] += hazard;
            }
        }

        return new SurvivalPredictions(gridDays, survival, risk);
    }

    private static CumulativeIncidencePredictions Incidence(double[] gridDays, double[] steps, int eventCount)
    {
        var incidence = (double[])steps.Clone();
        for (var k = 0; k < incidence.Length; k++)
        {
            incidence[k] += k % gridDays.Length == 0 ? 0 : incidence[k - 1];
        }

        return new CumulativeIncidencePredictions(gridDays, incidence, eventCount);
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
