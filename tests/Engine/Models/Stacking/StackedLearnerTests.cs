using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Stacking;

public sealed class StackedLearnerTests
{
    [Fact]
    public void ClosedForm_AMemberThatKnowsNothingGetsLittleWeight()
    {
        var problem = Coin(400);
        using var backend = new SimdBackend(1);
        var stack = new StackedLearner("stack", [new OneColumn("knows", 0), new OneColumn("noise", 1)], new StackOptions());

        var predictor = (StackedPredictor)stack.Fit(problem, new LearningContext(1, backend, 1, CancellationToken.None));

        Assert.True(predictor.Members[0].Weight > 0.85, $"weight {predictor.Members[0].Weight}");
        Assert.Contains("knows", predictor.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Property_OutOfFoldPredictionsComeFromModelsThatDidNotSeeTheSubject()
    {
        var problem = Coin(90);
        using var backend = new SimdBackend(1);
        var folds = LearningFolds.Stratified(problem, 3, 7);
        var learner = new Remembers();

        var crossFit = CrossFitting.Fit(learner, problem, folds, new LearningContext(1, backend, 1, CancellationToken.None));

        // It says 0.99 of whom it remembers from training.
        Assert.All(Enumerable.Range(0, 90), i => Assert.Equal(0.5, ((ClassProbabilities)crossFit.OutOfFold)[i, 1]));
        Assert.Equal(0.99, ((ClassProbabilities)crossFit.Predictor.Predict(problem.Inputs))[0, 1]);
    }

    [Fact]
    public void Property_FoldsAreEqualInSizeAndEventsAndDoNotDependOnTheOrder()
    {
        var problem = Coin(203);
        var folds = LearningFolds.Stratified(problem, 5, 3);
        int[] reversed = [.. Enumerable.Range(0, 203).Reverse()];
        var again = LearningFolds.Stratified(problem.Take(reversed), 5, 3);

        Assert.All(Enumerable.Range(0, 203), i => Assert.Equal(folds[i], again[202 - i]));
        Assert.InRange(folds.GroupBy(f => f).Max(g => g.Count()) - folds.GroupBy(f => f).Min(g => g.Count()), 0, 1);
        var occurred = ((BinaryOutcome)problem.Outcome).Occurred;
        var events = Enumerable.Range(0, 5).Select(f => Enumerable.Range(0, 203).Count(i => folds[i] == f && occurred[i])).ToArray();
        Assert.InRange(events.Max() - events.Min(), 0, 1);
    }

    [Fact]
    public void ClosedForm_ThePoolOfMeansTakesUpHowFarTheModelsStandApart()
    {
        var pool = (ContinuousPredictions)PredictionPool.Pool([new ContinuousPredictions([1], [2]), new ContinuousPredictions([5], [2])], [0.5, 0.5]);

        Assert.Equal(3, pool.Mean[0]);
        Assert.Equal(Math.Sqrt(8), pool.StandardDeviation[0], 12);
    }

    [Fact]
    public void Error_NoMemberForTheOutcome_IsSaidByName()
    {
        using var backend = new SimdBackend(1);
        var problem = Coin(20);
        var survival = new LearningProblem(problem.Inputs, new SurvivalOutcome(new double[20], new bool[20], Duration.FromDays(1)));

        var error = Assert.Throws<UnlearnableException>(() =>
            new StackedLearner("stack", [new Remembers()], new StackOptions()).Fit(survival, new LearningContext(1, backend, 1, CancellationToken.None)));

        Assert.Contains("TimeToEvent", error.Message, StringComparison.Ordinal);
    }

    private static LearningProblem Coin(int count)
    {
        var stream = new RandomStream(new StreamKey(5, 0, 0, 0, RandomPurpose.Outcome));
        var (truth, noise, occurred) = (new double[count], new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            (truth[i], noise[i]) = (0.05 + (0.9 * stream.NextDouble()), stream.NextDouble());
            occurred[i] = stream.NextDouble() < truth[i];
        }

        SubjectId[] subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i:D4}"))];
        return new LearningProblem(new SubjectInputs(subjects, [Numbers("truth", truth), Numbers("noise", noise)], []), new BinaryOutcome(occurred));
    }

    private static NumericColumn Numbers(string name, double[] values) =>
        new(new Variable(name, VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), values);

    /// <summary>Says that the probability is what stands in a column.</summary>
    private sealed class OneColumn(string name, int column) : IOutcomeLearner, IOutcomePredictor
    {
        public string Name => name;

        public bool Supports(EndpointKind kind) => kind == EndpointKind.Binary;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => this;

        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            var values = ((NumericColumn)inputs.Covariates[column]).Values.ToArray();
            return new ClassProbabilities([.. values.SelectMany(p => new[] { 1 - p, p })], 2);
        }
    }

    private sealed class Remembers : IOutcomeLearner
    {
        public string Name => "remembers";

        public bool Supports(EndpointKind kind) => kind == EndpointKind.Binary;

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) => new Memory([.. training.Inputs.Subjects]);

        private sealed class Memory(HashSet<SubjectId> seen) : IOutcomePredictor
        {
            public OutcomePredictions Predict(SubjectInputs inputs) =>
                new ClassProbabilities([.. inputs.Subjects.Select(s => seen.Contains(s) ? 0.99 : 0.5).SelectMany(p => new[] { 1 - p, p })], 2);
        }
    }
}
