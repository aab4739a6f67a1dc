using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Models.Trees.Readings;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees;

/// <summary>A random forest: probabilities of classes (binary, categorical, ordinal as classes) by the Gini index, or the mean of a continuous outcome.</summary>
/// <remarks>Source: [Breiman2001]; probabilities are means of the leaves' shares, not votes [Malley2012]. By default 500 trees, every cut point, the square
/// root of the features tried (a third for a continuous outcome), leaves of at least 10 (5) drawn subjects. A missing value goes the way that the split
/// chose in training. The standard deviation of a continuous outcome is the root mean square of the out-of-bag errors.</remarks>
/// <param name="options">How it is grown; null for the defaults.</param>
public sealed class RandomForestLearner(ForestOptions? options = null) : ICrossFittingLearner
{
    private readonly ForestOptions _options = options ?? new ForestOptions();

    public string Name => "random-forest";

    public bool Supports(EndpointKind kind) => kind is EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal or EndpointKind.Continuous;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => Grow(training, context);

    /// <remarks>The trees that did not see a subject speak of it: one fit is enough, and the folds play no part.</remarks>
    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        var forest = Grow(training, context);
        return new CrossFit(forest, forest.OutOfBag!); // Only a forest read from bytes has none.
    }

    private ForestPredictor Grow(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var problem = TreeProblem.Of(training, Name);
        var p = problem.Features.FeatureCount;
        if (problem.Ordered.Outcome is ContinuousOutcome continuous)
        {
            TrainingRequirements.Varying(continuous, Name);
            return FitContinuous(problem, continuous.Values, _options.Resolved((p + 2) / 3, 5, int.MaxValue), context);
        }

        var classes = ClassTargets.Of(problem.Ordered.Outcome);
        TrainingRequirements.Classes(classes, Name);
        var settings = _options.Resolved((int)Math.Ceiling(Math.Sqrt(p)), 10, int.MaxValue);
        var (forest, outOfBag) = Grow(problem, classes.Indicators(), classes.Count, settings, context);
        var reading = new ClassReading(classes.Count);
        var unseen = (ClassProbabilities)reading.Of(outOfBag);
        var error = classes.LogLoss(unseen, problem.Ordered.Weights);
        return new ForestPredictor(
            problem.Encoding,
            forest,
            reading,
            problem.InOriginalOrder(unseen, inputs => reading.Of(forest.Mean(problem.Encoding.Encode(inputs)))),
            [Sizes(settings), string.Create(CultureInfo.InvariantCulture, $"Mean log loss {error:F3} by the trees that did not see the subject."), .. problem.Notes(forest.Gains)]);
    }

    private static ForestPredictor FitContinuous(TreeProblem problem, double[] values, ForestOptions settings, LearningContext context)
    {
        var (forest, outOfBag) = Grow(problem, values, 1, settings, context);
        double squares = 0, sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            var weight = problem.Ordered.Weights[i];
            squares += weight * (values[i] - outOfBag[i]) * (values[i] - outOfBag[i]);
            sum += weight;
        }

        var deviation = Math.Sqrt(squares / sum);
        var reading = new MeanReading(deviation);
        return new ForestPredictor(
            problem.Encoding,
            forest,
            reading,
            problem.InOriginalOrder(reading.Of(outOfBag), inputs => reading.Of(forest.Mean(problem.Encoding.Encode(inputs)))),
            [Sizes(settings), string.Create(CultureInfo.InvariantCulture, $"Root mean square error {deviation:G4} by the trees that did not see the subject."), .. problem.Notes(forest.Gains)]);
    }

    private static (Forest Forest, double[] OutOfBag) Grow(TreeProblem problem, double[] targets, int width, ForestOptions settings, LearningContext context) =>
        Forest.Grow(problem.Features, () => new MeanSplitRule(targets, width, settings.MinimumLeafSize), problem.Ordered.Weights, settings, context);

    private static string Sizes(ForestOptions settings) =>
        $"{settings.TreeCount} trees; {settings.FeatureTries} features tried for a split; leaves of at least {settings.MinimumLeafSize} drawn subjects.";
}
