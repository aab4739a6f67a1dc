using DigitalTwin.Models.Effects;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Effects;

/// <summary>A trial with one binary covariate x: control risk 0.3 + 0.2 x, effect -0.1 + 0.3 x, so that the average effect is 0.05 and plainly depends on x.
/// The assignment is confounded: the treated arm has probability 0.2 where x = 0 and 0.7 where x = 1.</summary>
public sealed class EffectLearnerTests
{
    private const int Count = 6000;

    private static readonly ArmId s_new = new("new");
    private static readonly ArmId s_old = new("old");
    private static readonly EffectQuestion s_question = new(s_new, s_old, SummaryMeasure.RiskDifference);

    [Fact]
    public void ClosedForm_DoublyRobustScores_UndoTheConfounding_WhichAPlainDifferenceDoesNot()
    {
        var (problem, naive) = Trial();

        var average = Fitted(c => EffectScores.CrossFit(problem, s_question, new LogisticLearner(), new LogisticLearner(), null, 5, c)).Average();

        Assert.InRange(average.Estimate, 0.05 - (3 * average.StandardError), 0.05 + (3 * average.StandardError));
        Assert.InRange(average.StandardError, 0.005, 0.025);
        Assert.True(naive > 0.05 + (4 * average.StandardError), $"naive {naive}");
    }

    // A wrong constant propensity with right outcome models, and a wrong outcome model (it does not see x) with right propensities: one of the two suffices.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ClosedForm_OneRightModelSuffices(bool outcomeIsRight)
    {
        var (problem, _) = Trial();
        IOutcomeLearner blind = new Blind(new LogisticLearner());

        var average = Fitted(c => outcomeIsRight
            ? EffectScores.CrossFit(problem, s_question, new LogisticLearner(), null, 0.45, 5, c)
            : EffectScores.CrossFit(problem, s_question, blind, new LogisticLearner(), null, 5, c)).Average();

        Assert.InRange(average.Estimate, 0.05 - (3 * average.StandardError), 0.05 + (3 * average.StandardError));
    }

    public static TheoryData<string> Learners => ["separate", "single", "doubly"];

    [Theory]
    [MemberData(nameof(Learners))]
    public void ClosedForm_EachLearner_FindsTheEffectOfEachGroup(string kind)
    {
        var (problem, _) = Trial();
        IEffectLearner learner = kind switch
        {
            "separate" => new SeparateModelEffects(new LogisticLearner()),
            "single" => new SingleModelEffects(new LogisticLearner(new PlainRegressionOptions { WithArmCovariates = true })),
            _ => new DoublyRobustEffects(new LogisticLearner(), new LogisticLearner(), new ConcatenatedLinearLearner()),
        };

        var effects = Fitted(c => learner.Fit(problem, s_question, c)).Predict(Subjects([0, 1]));

        // Standard error of a difference of shares of about 600 and 2,400: 0.022; three of them.
        Assert.InRange(effects[0], -0.1 - 0.07, -0.1 + 0.07);
        Assert.InRange(effects[1], 0.2 - 0.07, 0.2 + 0.07);
    }

    [Fact]
    public void ClosedForm_CensoredSurvival_IsWeighedBackToTheTrueDifference()
    {
        var stream = new RandomStream(new StreamKey(32, 0, 0, 0, RandomPurpose.Outcome));
        var (x, arms, days, events) = (new double[Count], new int[Count], new double[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            x[i] = stream.NextInt(2);
            arms[i] = stream.NextInt(2);
            var time = stream.NextExponential() / (arms[i] == 1 ? 0.5 : 1);
            var censoring = stream.NextExponential() / 0.4;
            (days[i], events[i]) = (Math.Min(time, censoring), time <= censoring);
        }

        var problem = new LearningProblem(Subjects(x, arms), new SurvivalOutcome(days, events, Duration.FromDays(days.Max())));
        var question = new EffectQuestion(s_new, s_old, SummaryMeasure.SurvivalDifference, Duration.FromDays(1));

        var average = Fitted(c => EffectScores.CrossFit(problem, question, new CoxLearner(), null, 0.5, 5, c)).Average();

        var truth = Math.Exp(-0.5) - Math.Exp(-1);
        Assert.InRange(average.Estimate, truth - (3 * average.StandardError), truth + (3 * average.StandardError));
    }

    [Fact]
    public void Error_AnUnknownArmIsNamedWithTheOthers()
    {
        var (problem, _) = Trial();

        var error = Assert.Throws<ArgumentException>(() =>
            Fitted(c => new SeparateModelEffects(new LogisticLearner()).Fit(problem, s_question with { Treated = new ArmId("newer") }, c)));

        Assert.Contains("'newer'", error.Message, StringComparison.Ordinal);
        Assert.Contains("old", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_AnArmOfFewSubjects_IsRefused()
    {
        var inputs = Subjects([.. Enumerable.Range(0, 40).Select(i => i % 2.0)], [.. Enumerable.Range(0, 40).Select(i => i < 5 ? 1 : 0)]);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. Enumerable.Range(0, 40).Select(i => i % 3 == 0)]));

        var error = Assert.Throws<UnlearnableException>(() => Fitted(c => new SeparateModelEffects(new LogisticLearner()).Fit(problem, s_question, c)));

        Assert.Contains("5 subjects", error.Message, StringComparison.Ordinal);
    }

    private static T Fitted<T>(Func<LearningContext, T> fit)
    {
        using var backend = new SimdBackend(1);
        return fit(new LearningContext(1, backend, 1, CancellationToken.None));
    }

    private static (LearningProblem Problem, double Naive) Trial()
    {
        var stream = new RandomStream(new StreamKey(31, 0, 0, 0, RandomPurpose.Outcome));
        var (x, arms, occurred) = (new double[Count], new int[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            x[i] = stream.NextInt(2);
            arms[i] = stream.NextDouble() < (x[i] == 1 ? 0.7 : 0.2) ? 1 : 0;
            occurred[i] = stream.NextDouble() < 0.3 + (0.2 * x[i]) + (arms[i] * (-0.1 + (0.3 * x[i])));
        }

        var naive = Share(1) - Share(0);
        return (new LearningProblem(Subjects(x, arms), new BinaryOutcome(occurred)), naive);

        double Share(int arm) => Enumerable.Range(0, Count).Where(i => arms[i] == arm).Average(i => occurred[i] ? 1.0 : 0);
    }

    private static SubjectInputs Subjects(double[] x, int[]? arms = null) => new(
        [.. x.Select((_, i) => new SubjectId($"S{i:D5}"))],
        [new NumericColumn(new Variable("x", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), x)],
        [],
        treatments: arms is null ? null : new TreatmentColumn([new Treatment(s_old, []), new Treatment(s_new, [new DrugExposure("new", 1, [])])], arms));

    /// <summary>A learner that is shown no covariate but a constant.</summary>
    private sealed class Blind(IOutcomeLearner learner) : IOutcomeLearner
    {
        public string Name => "blind";

        public bool Supports(EndpointKind kind) => learner.Supports(kind);

        public IOutcomePredictor Fit(LearningProblem training, LearningContext context) =>
            new Predictor(((BinaryOutcome)training.Outcome).Occurred.Average(o => o ? 1.0 : 0));

        private sealed class Predictor(double share) : IOutcomePredictor
        {
            public OutcomePredictions Predict(SubjectInputs inputs) =>
                new ClassProbabilities([.. Enumerable.Range(0, inputs.Count).SelectMany(_ => new[] { 1 - share, share })], 2);
        }
    }
}
