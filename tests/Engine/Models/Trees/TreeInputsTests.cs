using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

/// <summary>What reaches a tree besides covariates: layers, arms, and what happens where they are not.</summary>
public sealed class TreeInputsTests
{
    private const int Count = 60;

    private static readonly Treatment[] Arms = [new(new ArmId("control"), []), new(new ArmId("drug"), [])];

    private static readonly BoostingOptions OneStump = new()
    {
        MaximumRounds = 1,
        LearningRate = 1,
        Depths = [1],
        Ridge = 0,
        MinimumChildWeight = 0,
        FoldCount = 0,
        RowFraction = 1,
        ColumnFraction = 1,
    };

    /// <summary>The outcome is that of the arm, so that a stump must find the arm; everybody under the other arm has the other's mean.</summary>
    [Fact]
    public void ClosedForm_AStumpOnTheArm_AnswersWhatIf()
    {
        var arm = Enumerable.Range(0, Count).Select(i => i % 3 == 0 ? 1 : 0).ToArray();
        double[] y = [.. arm.Select((a, i) => (10.0 * a) + (i % 5))];
        var inputs = Inputs(new TreatmentColumn(Arms, arm));
        var predictor = new BoostedTreesLearner(OneStump).Fit(new LearningProblem(inputs, new ContinuousOutcome(y, "1")), TreeCohort.Context());
        for (var a = 0; a < 2; a++)
        {
            var everybody = (ContinuousPredictions)predictor.Predict(inputs.With(treatments: TreatmentColumn.Everybody(Arms, a, Count)));
            var mean = y.Where((_, i) => arm[i] == a).Average();
            Assert.All(everybody.Mean, m => Assert.Equal(mean, m, 1e-12));
        }

        // An arm that training had not, and no arm at all, are missing: they go with the larger side, here the control arm.
        Treatment[] others = [new(new ArmId("other"), [])];
        var unknown = (ContinuousPredictions)predictor.Predict(inputs.With(treatments: TreatmentColumn.Everybody(others, 0, Count)));
        var none = (ContinuousPredictions)predictor.Predict(Inputs(null));
        var control = y.Where((_, i) => arm[i] == 0).Average();
        Assert.All(unknown.Mean.Concat(none.Mean), m => Assert.Equal(control, m, 1e-12));
    }

    [Fact]
    public void ClosedForm_AStumpOnALayer_ReadsItsNumbersAndWhatIsMissing()
    {
        var inputs = Inputs(null);
        var gene = Enumerable.Range(0, Count).Select(i => inputs.Layers[0].Layer.Row(i)[1]).ToArray();
        double[] y = [.. gene.Select(g => float.IsNaN(g) ? 4.0 : 1.0)];
        var predictor = new BoostedTreesLearner(OneStump).Fit(new LearningProblem(inputs, new ContinuousOutcome(y, "1")), TreeCohort.Context());
        Assert.Equal(y, ((ContinuousPredictions)predictor.Predict(inputs)).Mean);
        Assert.Contains(predictor.Findings, f => f.Contains("rna:G2 100", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_OtherLayers_AreNamed()
    {
        var inputs = Inputs(null);
        var outcome = new BinaryOutcome([.. Enumerable.Range(0, Count).Select(i => i % 2 == 0)]);
        var predictor = new RandomForestLearner(new() { TreeCount = 3 }).Fit(new LearningProblem(inputs, outcome), TreeCohort.Context());
        var none = Assert.Throws<ArgumentException>(() => predictor.Predict(inputs.With(layers: [])));
        Assert.Contains("There are 0 layers, training had 1: rna", none.Message, StringComparison.Ordinal);
        var renamed = new SubjectLayer(new OmicsLayer("rna", "mg", ["G1", "G2"], new float[2 * Count]), inputs.Subjects);
        var unit = Assert.Throws<ArgumentException>(() => predictor.Predict(inputs.With(layers: [renamed])));
        Assert.Contains("Layer 'rna' (mg, 2 features) is not the layer of training: 'rna' (1, 2 features)", unit.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_NothingToLookAt_IsRefused()
    {
        var inputs = Inputs(null);
        var bare = new SubjectInputs(inputs.Subjects, [], []);
        var outcome = new BinaryOutcome([.. Enumerable.Range(0, Count).Select(i => i % 2 == 0)]);
        var error = Assert.Throws<UnlearnableException>(() => new RandomForestLearner().Fit(new LearningProblem(bare, outcome), TreeCohort.Context()));
        Assert.Contains("There is no covariate, no layer and no arm", error.Message, StringComparison.Ordinal);
    }

    /// <summary>What is not used is said, and not used: the prediction is that without it.</summary>
    [Fact]
    public void Property_RepeatedMeasurements_AreNamedAsNotLookedAt()
    {
        var without = Inputs(null);
        var with = new SubjectInputs(without.Subjects, without.Covariates, without.Layers, new ObservationTable([], [], [], [], []));
        var outcome = new BinaryOutcome([.. Enumerable.Range(0, Count).Select(i => i % 2 == 0)]);
        var learner = new RandomForestLearner(new() { TreeCount = 3 });
        var predictor = learner.Fit(new LearningProblem(with, outcome), TreeCohort.Context());
        var plain = learner.Fit(new LearningProblem(without, outcome), TreeCohort.Context());
        Assert.Contains(predictor.Findings, f => f.StartsWith("Repeated measurements were there and not looked at", StringComparison.Ordinal));
        Assert.DoesNotContain(plain.Findings, f => f.StartsWith("Repeated", StringComparison.Ordinal));
        Assert.Equal(((ClassProbabilities)plain.Predict(without)).Values, ((ClassProbabilities)predictor.Predict(with)).Values);
    }

    private static SubjectInputs Inputs(TreatmentColumn? treatments)
    {
        var covariates = TreeCohort.Inputs([("x", [.. Enumerable.Range(0, Count).Select(i => (double)(i * 7 % 11))])]);
        var values = new float[2 * Count];
        for (var i = 0; i < Count; i++)
        {
            values[2 * i] = i % 4;
            values[(2 * i) + 1] = i % 6 == 0 ? float.NaN : i % 5;
        }

        var layer = new SubjectLayer(new OmicsLayer("rna", "1", ["G1", "G2"], values), covariates.Subjects);
        return new SubjectInputs(covariates.Subjects, covariates.Covariates, [layer], null, treatments);
    }
}
