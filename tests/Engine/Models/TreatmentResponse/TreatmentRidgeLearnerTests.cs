using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.TreatmentResponse;

public sealed class TreatmentRidgeLearnerTests
{
    private static readonly LinearTuningOptions s_quick = new() { RepeatCount = 1, PenaltyCount = 6 };

    /// <summary>How a layer is held is no part of the model.</summary>
    [Theory]
    [InlineData("treatment-ridge")]
    [InlineData("late-fused-linear")]
    [InlineData("concatenated-linear")]
    [InlineData("twin")]
    public void Property_ASharedLayer_EqualsARepeatedOne(string learner)
    {
        var (shared, repeated) = (new SharedSamples(40, 6, isShared: true), new SharedSamples(40, 6, isShared: false));
        var test = shared.Rows(s => s % 4 == 0);
        Assert.True(shared.Problem.Inputs.Layers[0].Layer.IsShared);
        Assert.False(repeated.Problem.Inputs.Layers[0].Layer.IsShared);

        Assert.Equal(Means(shared), Means(repeated));

        double[] Means(SharedSamples samples) => ((ContinuousPredictions)Learner(learner)
            .Fit(samples.Problem.Take(samples.Rows(s => s % 4 != 0)), Context()).Predict(samples.Problem.Inputs.Take(test))).Mean;
    }

    [Fact]
    public void Property_SamplesNeverSeen_FollowWithinEveryDrug()
    {
        var samples = new SharedSamples(90, 12, isShared: true);
        var test = samples.Rows(s => s % 3 == 0);
        var predicted = Fit(samples, s => s % 3 != 0).Predict(samples.Problem.Inputs.Take(test));
        int[] drugs = [.. test.Select(i => samples.Problem.Inputs.Treatments!.Indices[i])];

        // A layer of 30 features at a third of a factor each, 0.7 noise: most of a factor shows in it.
        Assert.True(Correlation.PearsonWithin([.. test.Select(i => samples.Signal[i])], ((ContinuousPredictions)predicted).Mean, drugs) > 0.85);
    }

    [Fact]
    public void ClosedForm_TreatmentMeans_AreThoseOfTheSubjectsUnderEach()
    {
        var samples = new SharedSamples(20, 4, isShared: true);
        var (arms, outcome) = (samples.Problem.Inputs.Treatments!.Indices.ToArray(), ((ContinuousOutcome)samples.Problem.Outcome).Values);
        int[] known = [.. Enumerable.Range(0, arms.Length).Where(i => arms[i] != 3)];
        var predicted = (ContinuousPredictions)new TreatmentMeansLearner().Fit(samples.Problem.Take(known), Context()).Predict(samples.Problem.Inputs);

        for (var i = 0; i < arms.Length; i++)
        {
            Assert.Equal(known.Where(k => arms[i] == 3 || arms[k] == arms[i]).Average(k => outcome[k]), predicted.Mean[i], 1e-12);
        }
    }

    [Fact]
    public void Property_StatedSpread_IsThatOfErrorsOnNewSamples()
    {
        var samples = new SharedSamples(120, 10, isShared: true);
        var test = samples.Rows(s => s % 3 == 0);
        var predicted = (ContinuousPredictions)Fit(samples, s => s % 3 != 0).Predict(samples.Problem.Inputs.Take(test));
        var outcome = ((ContinuousOutcome)samples.Problem.Outcome).Values;

        Assert.InRange(test.Select((i, k) => Math.Pow((outcome[i] - predicted.Mean[k]) / predicted.StandardDeviation[k], 2)).Average(), 0.75, 1.35);
    }

    /// <summary>Only their targets say that drugs 0 and 3 act on different pathways.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void Property_ADrugNeverSeen_FollowsThoseOfItsTarget(int unseen)
    {
        var samples = new SharedSamples(80, 12, isShared: true, observedShare: 1);
        var arms = samples.Problem.Inputs.Treatments!.Indices.ToArray();
        int[] training = [.. Enumerable.Range(0, arms.Length).Where(i => arms[i] != unseen && samples.SampleOf[i] % 4 != 0)];
        int[] test = [.. Enumerable.Range(0, arms.Length).Where(i => arms[i] == unseen && samples.SampleOf[i] % 4 == 0)];
        var predictor = new TreatmentRidgeLearner().Fit(samples.Problem.Take(training), Context());
        var told = (ContinuousPredictions)predictor.Predict(samples.Problem.Inputs.Take(test));
        var bare = samples.Problem.Inputs.Treatments.Treatments.Select(t => new Treatment(t.Arm, [new DrugExposure("x", 1, [])])).ToArray();
        var untold = (ContinuousPredictions)predictor.Predict(samples.Problem.Inputs.Take(test).With(treatments: new TreatmentColumn(bare, [.. test.Select(i => arms[i])])));
        double[] signal = [.. test.Select(i => samples.Signal[i])];

        Assert.True(Correlation.Pearson(signal, told.Mean) > Correlation.Pearson(signal, untold.Mean) + 0.1);
        Assert.True(Correlation.Pearson(signal, told.Mean) > 0.8);
    }

    /// <summary>A sample that lacks some drugs brings what its layer does not show: its other responses.</summary>
    [Fact]
    public void Property_ASampleOfTraining_BringsWhatItHasOfItsOwn()
    {
        var samples = new SharedSamples(60, 12, isShared: true, observedShare: 1, noise: 0.2);
        var outcome = ((ContinuousOutcome)samples.Problem.Outcome).Values.ToArray();
        for (var i = 0; i < outcome.Length; i++)
        {
            outcome[i] += samples.SampleOf[i] % 2 == 0 ? 2 : -2;
        }

        var problem = new LearningProblem(samples.Problem.Inputs, new ContinuousOutcome(outcome, "1"));
        int[] training = [.. Enumerable.Range(0, problem.Count).Where(i => i % 12 != 5)], rest = [.. Enumerable.Range(0, problem.Count).Where(i => i % 12 == 5)];
        var predicted = (ContinuousPredictions)new TreatmentRidgeLearner().Fit(problem.Take(training), Context()).Predict(problem.Inputs.Take(rest));

        Assert.True(Correlation.Pearson([.. rest.Select(i => outcome[i])], predicted.Mean) > 0.95);
    }

    [Fact]
    public void Property_ThreadsAndOrder_DoNotChangeABit()
    {
        var samples = new SharedSamples(40, 5, isShared: true);
        int[] order = [.. Enumerable.Range(0, samples.Problem.Count).OrderBy(i => (i * 7919) % samples.Problem.Count).ThenBy(i => i)];
        var test = samples.Problem.Inputs.Take([0, 1, 2, 3, 4, 5]);
        var one = new TreatmentRidgeLearner().Fit(samples.Problem, Context(1)).Predict(test);
        var many = new TreatmentRidgeLearner().Fit(samples.Problem.Take(order), Context(4)).Predict(test);

        Assert.Equal(((ContinuousPredictions)one).Mean, ((ContinuousPredictions)many).Mean);
        Assert.Equal(((ContinuousPredictions)one).StandardDeviation, ((ContinuousPredictions)many).StandardDeviation);
    }

    [Fact]
    public void Property_OutOfFold_DoesNotKnowTheOutcomesOfTheFold()
    {
        var samples = new SharedSamples(40, 5, isShared: true, noise: 3);
        var outcome = ((ContinuousOutcome)samples.Problem.Outcome).Values;
        var folds = samples.SampleOf.Select(s => s % 5).ToArray();
        double[] spoilt = [.. outcome.Select((v, i) => folds[i] == 2 ? v + (50 * ((i % 3) - 1)) : v)];
        var table = SampleTable.Of(samples.Problem.Inputs);

        Assert.Equal(HeldOut(outcome), HeldOut(spoilt));

        double[] HeldOut(double[] values)
        {
            var pairs = ResponsePairs.Of(new LearningProblem(samples.Problem.Inputs, new ContinuousOutcome(values, "1")), table, out var cellOf);
            var similarity = SampleSimilarity.Fit(samples.Problem.Inputs.Take(table.First).WithoutTreatments())!;
            var related = new RelatedTreatments(null).Between(pairs.Treatments, pairs.Treatments);
            var trials = new RidgeTrials(pairs, similarity, related, SampleFolds.FromSubjects(table, folds)!, 1, CancellationToken.None);
            var choice = new RidgeChoice(SimilarityKind.Linear, [1], 0.5, 1, TreatmentMix.Choices[3]);
            return [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == 2).Select(i => trials.Judge(choice).HeldOut[cellOf[i]])];
        }
    }

    [Fact]
    public void Property_WhereSamplesAreShared_TheTwinStartsFromThisRidge_AndKeepsSamplesWhole()
    {
        var samples = new SharedSamples(40, 6, isShared: true);
        var twin = new TwinLearner(new TwinLearnerOptions { Network = null }).Fit(samples.Problem, Context());

        Assert.Contains(twin.Findings, f => f.Contains("40 samples under 6 treatments", StringComparison.Ordinal));
        Assert.False(TreatmentRidgeLearner.Suits(samples.Problem.Take(samples.Rows(_ => true).DistinctBy(i => samples.SampleOf[i]).ToArray())));
        var few = new TwinLearner(new TwinLearnerOptions { Network = null }).Fit(samples.Problem.Take(samples.Rows(s => s < 15)), Context());
        Assert.Contains(few.Findings, f => f.Contains("starts from late-fused-linear: There are 15 distinct samples", StringComparison.Ordinal));
        var folds = SampleFolds.OfSubjects(samples.Problem.Inputs, 5, 1);
        Assert.All(samples.SampleOf.Zip(folds).GroupBy(p => p.First), g => Assert.Single(g.Select(p => p.Second).Distinct()));
        Assert.Null(SampleFolds.FromSubjects(SampleTable.Of(samples.Problem.Inputs), [.. Enumerable.Range(0, samples.Problem.Count).Select(i => i % 5)]));
    }

    [Fact]
    public void Error_NoTreatments_OtherOutcomes_TooFewOrTooManySamples_AreSaid()
    {
        var samples = new SharedSamples(40, 4, isShared: true);
        var learner = new TreatmentRidgeLearner(new TreatmentRidgeOptions { MostSamples = 30 });
        var outcome = samples.Problem.Outcome;

        Assert.Contains("'treatment'", Refusal(new LearningProblem(samples.Problem.Inputs.WithoutTreatments(), outcome)), StringComparison.Ordinal);
        Assert.Contains("40 distinct samples", Refusal(samples.Problem), StringComparison.Ordinal);
        Assert.Contains("needs 20", Refusal(samples.Problem.Take(samples.Rows(s => s < 10))), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => learner.Fit(new LearningProblem(samples.Problem.Inputs, new BinaryOutcome(new bool[outcome.Count])), Context()));
        var predictor = Fit(samples, _ => true);
        Assert.Throws<ArgumentException>(() => predictor.Predict(samples.Problem.Inputs.WithoutTreatments()));
        Assert.Contains("[rna]", Assert.Throws<ArgumentException>(() => predictor.Predict(samples.Problem.Inputs.With(layers: []))).Message, StringComparison.Ordinal);

        string Refusal(LearningProblem problem) => Assert.Throws<UnlearnableException>(() => learner.Fit(problem, Context())).Message;
    }

    private static IOutcomeLearner Learner(string name) => name switch
    {
        "treatment-ridge" => new TreatmentRidgeLearner(),
        "late-fused-linear" => new LateFusedLinearLearner(s_quick),
        "concatenated-linear" => new ConcatenatedLinearLearner(s_quick),
        _ => new TwinLearner(new TwinLearnerOptions { Network = null, Stack = new StackOptions { FoldCount = 3 } }),
    };

    private static IOutcomePredictor Fit(SharedSamples samples, Func<int, bool> training) =>
        new TreatmentRidgeLearner().Fit(samples.Problem.Take(samples.Rows(training)), Context());

    private static LearningContext Context(int threadCount = 2) => new(1, new SimdBackend(1), threadCount, CancellationToken.None);
}
