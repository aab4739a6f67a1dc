using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.LinearModels;

public sealed class StackedLinearLearnerTests
{
    private static readonly LinearTuningOptions s_quick = new() { RepeatCount = 1, PenaltyCount = 8 };

    public static TheoryData<string, EndpointKind> Everything()
    {
        var data = new TheoryData<string, EndpointKind>();
        foreach (var learner in new[] { "late-fused-linear", "concatenated-linear" })
        {
            foreach (var kind in Enum.GetValues<EndpointKind>().Where(new LateFusedLinearLearner().Supports))
            {
                data.Add(learner, kind);
            }
        }

        return data;
    }

    /// <summary>The truth is known: what is predicted of subjects never seen must go with it.</summary>
    [Theory]
    [MemberData(nameof(Everything))]
    public void Property_EveryKindOfOutcome_FollowsTheTrueSignalOfUnseenSubjects(string learner, EndpointKind kind)
    {
        var subjects = new LayeredSubjects(240);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(kind));
        var (training, unseen) = Halves(240);
        var predictions = Learner(learner).Fit(problem.Take(training), Context()).Predict(problem.Inputs.Take(unseen));
        var scores = Score(predictions);

        Assert.Equal(unseen.Length, predictions.Count);
        Assert.True(Correlation(scores, [.. unseen.Select(i => subjects.Signal[i])]) > 0.6);
        RequireProbabilities(predictions);
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Property_ThreadCount_DoesNotChangeABit(string learner, EndpointKind kind)
    {
        var subjects = new LayeredSubjects(90, 6, withTreatments: true, missingShare: 0.1);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(kind));
        var one = Learner(learner).Fit(problem, Context(1)).Predict(subjects.Inputs);
        var many = Learner(learner).Fit(problem, Context(5)).Predict(subjects.Inputs);

        Assert.Equal(Score(one), Score(many));
    }

    [Theory]
    [InlineData("late-fused-linear")]
    [InlineData("concatenated-linear")]
    public void Property_SubjectOfNoWeight_IsAsIfItWereNotThere(string learner)
    {
        var subjects = new LayeredSubjects(120);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.TimeToEvent));
        var (kept, _) = Halves(120);
        double[] weights = [.. Enumerable.Range(0, 120).Select(i => kept.Contains(i) ? 1.0 : 0)];
        var weighted = Learner(learner).Fit(problem.Reweighted(weights), Context()).Predict(subjects.Inputs);
        var without = Learner(learner).Fit(problem.Take(kept), Context()).Predict(subjects.Inputs);

        Assert.Equal(Score(without), Score(weighted));
    }

    [Fact]
    public void Property_OrderOfSubjects_MovesNothingButRounding()
    {
        var subjects = new LayeredSubjects(100);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Binary));
        int[] reversed = [.. Enumerable.Range(0, 100).Reverse()];
        var forward = Score(Learner("late-fused-linear").Fit(problem, Context()).Predict(subjects.Inputs));
        var backward = Score(Learner("late-fused-linear").Fit(problem.Take(reversed), Context()).Predict(subjects.Inputs));
        for (var i = 0; i < forward.Length; i++)
        {
            Assert.Equal(forward[i], backward[i], 4);
        }
    }

    [Fact]
    public void Property_LayerOfNoise_CountsLessThanLayersOfSignalAndFindingsSaySo()
    {
        var subjects = new LayeredSubjects(240);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Continuous));
        var findings = new LateFusedLinearLearner(s_quick).Fit(problem, Context()).Findings;
        var idle = Assert.Single(findings, f => f.StartsWith("No weight was given to", StringComparison.Ordinal));

        Assert.Contains("noise", idle, StringComparison.Ordinal);
        Assert.DoesNotContain("rna", idle, StringComparison.Ordinal);
        Assert.Contains(findings, f => f.StartsWith("rna: penalty", StringComparison.Ordinal) && f.Contains("degrees of freedom", StringComparison.Ordinal));
    }

    /// <summary>A missing part is expected from the others, and knowing a layer is worth more than expecting it.</summary>
    [Fact]
    public void Property_MissingLayer_CostsAccuracyButNoPrediction()
    {
        var subjects = new LayeredSubjects(300, missingShare: 0.2);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Continuous));
        var (training, unseen) = Halves(300);
        var predictor = Learner("late-fused-linear").Fit(problem.Take(training), Context());
        var known = subjects.Inputs.Take(unseen);
        var blind = known.With(layers: [.. known.Layers.Select(l => l.Layer.Name == "rna" ? l.With(l.Layer.Unit, l.Layer.Features, Missing(l.Layer.Features.Count * l.SubjectCount)) : l)]);
        double[] truth = [.. unseen.Select(i => subjects.Signal[i])];
        var without = Score(predictor.Predict(blind));

        Assert.All(without, s => Assert.True(double.IsFinite(s)));
        Assert.InRange(Correlation(without, truth), 0.4, Correlation(Score(predictor.Predict(known)), truth) - 0.05);
        Assert.Contains(predictor.Findings, f => f.Contains("have no layer 'rna'", StringComparison.Ordinal));
    }

    /// <summary>The drug takes 1.2 off the predictor: everybody's forecast under it must be lower, by about that much.</summary>
    [Theory]
    [InlineData("late-fused-linear")]
    [InlineData("concatenated-linear")]
    public void Property_ArmOfKnownEffect_MovesEverybodysPrediction(string learner)
    {
        var subjects = new LayeredSubjects(300, withTreatments: true);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Continuous));
        var predictor = Learner(learner).Fit(problem, Context());
        var arms = subjects.Inputs.Treatments!.Treatments;
        double[][] means = [.. Enumerable.Range(0, 2).Select(a =>
            ((ContinuousPredictions)predictor.Predict(subjects.Inputs.With(treatments: TreatmentColumn.Everybody(arms, a, 300)))).Mean)];

        Assert.InRange(means[1].Average() - means[0].Average(), -1.5, -0.8);
    }

    [Fact]
    public void Error_UnlearnableSubjects_AreRefusedWithTheNumber()
    {
        var subjects = new LayeredSubjects(40);
        bool[] one = [.. Enumerable.Range(0, 40).Select(i => i < 3)];
        var few = Assert.Throws<UnlearnableException>(() => Learner("late-fused-linear").Fit(new LearningProblem(subjects.Inputs, new BinaryOutcome(one)), Context()));
        Assert.Contains("3 subjects in whom the outcome occurred", few.Message, StringComparison.Ordinal);

        var flat = new ContinuousOutcome([.. Enumerable.Repeat(2.0, 40)], "mm");
        Assert.Throws<UnlearnableException>(() => Learner("concatenated-linear").Fit(new LearningProblem(subjects.Inputs, flat), Context()));

        var nothing = subjects.Inputs.With(covariates: [], layers: []);
        Assert.Throws<UnlearnableException>(() => Learner("concatenated-linear").Fit(new LearningProblem(nothing, subjects.Outcome(EndpointKind.Binary)), Context()));
    }

    [Fact]
    public void Error_OtherLayersThanInTraining_AreNamed()
    {
        var subjects = new LayeredSubjects(60);
        var predictor = Learner("late-fused-linear").Fit(new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Binary)), Context());
        var error = Assert.Throws<ArgumentException>(() => predictor.Predict(subjects.Inputs.With(layers: [subjects.Inputs.Layers[0]])));

        Assert.Contains("protein", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_Cancelled_StopsTheFit()
    {
        var subjects = new LayeredSubjects(60);
        using var source = new CancellationTokenSource();
        source.Cancel();
        using var backend = new SimdBackend(1);
        var context = new LearningContext(3, backend, 1, source.Token);
        Assert.ThrowsAny<OperationCanceledException>(
            () => Learner("late-fused-linear").Fit(new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Binary)), context));
    }

    private static IOutcomeLearner Learner(string name) => name == "late-fused-linear" ? new LateFusedLinearLearner(s_quick) : new ConcatenatedLinearLearner(s_quick);

    // These learners never touch the backend.
    private static LearningContext Context(int threads = 2) => new(3, null!, threads, TestContext.Current.CancellationToken);

    private static (int[] First, int[] Second) Halves(int count) =>
        ([.. Enumerable.Range(0, count).Where(i => i % 2 == 0)], [.. Enumerable.Range(0, count).Where(i => i % 2 == 1)]);

    private static float[] Missing(int count)
    {
        var values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static double[] Score(OutcomePredictions predictions) => predictions switch
    {
        ClassProbabilities { ClassCount: 2 } p => [.. Enumerable.Range(0, p.Count).Select(i => p[i, 1])],
        ClassProbabilities { ClassCount: 3 } p => [.. Enumerable.Range(0, p.Count).Select(i => p[i, 2] - p[i, 1])],
        ClassProbabilities p => [.. Enumerable.Range(0, p.Count).Select(i => p[i, 1] + (2 * p[i, 2]) + (3 * p[i, 3]))],
        ContinuousPredictions c => c.Mean,
        SurvivalPredictions s => s.Risk,
        CumulativeIncidencePredictions c => [.. Enumerable.Range(0, c.Count).Select(i => c.Incidence[(((i * 2) + 1) * c.GridDays.Length) - 1])],
        _ => throw new InvalidOperationException("No such predictions."),
    };

    private static void RequireProbabilities(OutcomePredictions predictions)
    {
        switch (predictions)
        {
            case ClassProbabilities p:
                Assert.All(Enumerable.Range(0, p.Count), i => Assert.Equal(1, Enumerable.Range(0, p.ClassCount).Sum(k => p[i, k]), 10));
                Assert.All(p.Values, v => Assert.InRange(v, 0, 1));
                break;
            case SurvivalPredictions s:
                Assert.Equal(1, s.At(0, 0));
                for (var k = 1; k < s.Survival.Length; k++)
                {
                    Assert.True(k % s.GridDays.Length == 0 || s.Survival[k] <= s.Survival[k - 1]);
                }

                break;
            case CumulativeIncidencePredictions c:
                var times = c.GridDays.Length;
                for (var i = 0; i < c.Count; i++)
                {
                    Assert.Equal(0, c.Incidence[2 * i * times]);
                    Assert.InRange(c.Incidence[(((2 * i) + 1) * times) - 1] + c.Incidence[(((2 * i) + 2) * times) - 1], 0, 1 + 1e-12);
                }

                break;
            case ContinuousPredictions c:
                Assert.All(c.StandardDeviation, d => Assert.InRange(d, 0.9, 1.8));
                break;
        }
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return products / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }
}
