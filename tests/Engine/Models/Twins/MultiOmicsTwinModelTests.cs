using DigitalTwin.Models;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Twins;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Twins;

public sealed class MultiOmicsTwinModelTests
{
    private static readonly MultiOmicsTwinOptions s_small = new() { FoldCount = 3, MembersPerFold = 2 };

    public static TheoryData<EndpointKind> Kinds => [EndpointKind.Binary, EndpointKind.Continuous, EndpointKind.TimeToEvent];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Property_ForecastsDoNotDependOnThreads(EndpointKind kind)
    {
        var trial = LayeredTrial.Draw(160, kind, _ => 0.5);
        Assert.Equal(Train(trial).Model.Hash, Train(trial, s_small with { MaxThreads = 1 }).Model.Hash);
    }

    [Fact]
    public void Property_ControlForecastsNeverSawTreatedOutcomes()
    {
        var trial = LayeredTrial.Draw(160, EndpointKind.Binary, _ => 0.5);
        var occurred = ((BinaryOutcome)trial.Outcome).Occurred;
        var turned = new BinaryOutcome([.. occurred.Select((o, i) => trial.Treated[i] && i % 3 == 0 ? !o : o)]);
        var changed = new TrialData(trial.Subjects, trial.Treated, trial.Covariates, turned, trial.Layers);

        // A new name, so that folds, which are alike in outcome, play no part.
        var (before, after) = (Binary(Train(trial).Model, New(trial), LayeredTrial.Control), Binary(Train(changed).Model, New(trial), LayeredTrial.Control));
        var (treatedBefore, treatedAfter) = (Binary(Train(trial).Model, New(trial), LayeredTrial.Treated), Binary(Train(changed).Model, New(trial), LayeredTrial.Treated));

        Assert.Equal(before, after);
        Assert.NotEqual(treatedBefore, treatedAfter);
    }

    [Fact]
    public void Property_AForecastOfATrainingSubjectIgnoresItsOwnOutcome()
    {
        var trial = LayeredTrial.Draw(160, EndpointKind.Continuous, _ => 0.5);
        var values = (double[])((ContinuousOutcome)trial.Outcome).Values.Clone();
        values[120] += 3;
        var changed = new TrialData(trial.Subjects, trial.Treated, trial.Covariates, new ContinuousOutcome(values, "1"), trial.Layers);
        var own = TwinInputs.Of(trial).Take([120]);

        var (before, after) = (Train(trial).Model.Forecast(own, LayeredTrial.Control, LayeredTrial.Horizon), Train(changed).Model.Forecast(own, LayeredTrial.Control, LayeredTrial.Horizon));

        Assert.Equal(((ContinuousForecast)before[0]).Members, ((ContinuousForecast)after[0]).Members);
    }

    // The truth is written down in LayeredTrial; 2,000 new subjects of it are asked about.
    [Theory]
    [InlineData(EndpointKind.Binary, 0.12)]
    [InlineData(EndpointKind.Continuous, 0.25)]
    public void ClosedForm_AnEffectThatIsTheSameForEverybody_IsFoundWithoutShrinkage(EndpointKind kind, double tolerance)
    {
        var model = Train(LayeredTrial.Draw(600, kind, _ => 1)).Model;
        var others = LayeredTrial.Draw(2000, kind, _ => 1, seed: 2);
        var inputs = New(others);

        var effects = Effects(model, inputs);
        var truth = Enumerable.Range(0, others.Count).Select(i => Response(kind, Link(others, i) + 1) - Response(kind, Link(others, i))).ToArray();

        // Three standard errors of a difference of two means of 300 subjects: of a response (deviation 0.5), or of a value (1.6, of which the twins explain a half).
        Assert.InRange(effects.Average() - truth.Average(), -tolerance, tolerance);
    }

    [Fact]
    public void ClosedForm_AnEffectThatDependsOnAGene_IsFoundInTheGene()
    {
        var others = LayeredTrial.Draw(1000, EndpointKind.Continuous, g => 1.5 * g, seed: 2);
        var truth = Enumerable.Range(0, others.Count).Select(i => 1.5 * others.Layers[0].Row(i)[1]).ToArray();

        var found = Effects(Train(LayeredTrial.Draw(600, EndpointKind.Continuous, g => 1.5 * g)).Model, New(others));
        var none = Effects(Train(LayeredTrial.Draw(600, EndpointKind.Continuous, _ => 1)).Model, New(others));

        Assert.True(MathNet.Numerics.Statistics.Correlation.Pearson(found, truth) > 0.8);

        // Where every effect is 1, twins differ from each other by less than a third of what they do above.
        Assert.True(Deviation(none) < Deviation(found) / 3, $"{Deviation(none)}, {Deviation(found)}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Property_ContributionsAddUpToTheDifferenceFromTheTypicalSubject_AndNameTheGenesLayer(EndpointKind kind)
    {
        var trial = LayeredTrial.Draw(300, kind, _ => 0.5);
        var model = Train(trial).Model;
        var (low, high) = (Explain(model, trial, 0), Explain(model, trial, 1));

        Assert.Equal(["age", "rna", "sex"], low.Select(r => r.Variable).Order(StringComparer.Ordinal));
        Assert.Equal($"{LayeredTrial.GeneCount} of {LayeredTrial.GeneCount} features", low.First(r => r.Variable == "rna").Value);

        // The typical subject is the same for both, so that the difference of the sums is that of the two forecasts on the scale of the link; on average over members.
        Assert.Equal(Mean(model, trial, 1) - Mean(model, trial, 0), high.Sum(r => r.Contribution) - low.Sum(r => r.Contribution), 1e-6);

        double Mean(ITwinModel of, TrialData data, int row) => of.Forecast(One(data, row), LayeredTrial.Control, LayeredTrial.Horizon)[0] switch
        {
            BinaryForecast f => f.Members.Average(p => Math.Log(p / (1 - p))),
            SurvivalForecast f => f.Members.Average(m => Math.Log(-Math.Log(m[^1]))),
            ContinuousForecast f => f.Mean,
            _ => double.NaN,
        };
    }

    [Fact]
    public void Property_ASubjectWithoutTheLayerIsForecastByItsCovariates()
    {
        var trial = LayeredTrial.Draw(300, EndpointKind.Binary, _ => 0.5);
        var model = Train(trial).Model;
        var without = One(trial, 0, new float[LayeredTrial.GeneCount].Select(_ => float.NaN).ToArray());

        Assert.InRange(((BinaryForecast)model.Forecast(without, LayeredTrial.Control, LayeredTrial.Horizon)[0]).Probability, 0.01, 0.99);
    }

    [Fact]
    public void Error_OtherArmsHorizonsColumnsLayersFeaturesAndUnitsAreRefusedByName()
    {
        var trial = LayeredTrial.Draw(160, EndpointKind.TimeToEvent, _ => 0);
        var (model, layer) = (Train(trial).Model, trial.Layers[0]);

        Assert.Contains("'drug' and 'usual', not 'other'", Fault(TwinInputs.Of(trial), new ArmId("other")), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => model.Forecast(TwinInputs.Of(trial), LayeredTrial.Control, Duration.FromDays(1001)));
        Assert.Contains("layers are []", Fault(new TwinInputs(trial.Subjects, trial.Covariates, [])), StringComparison.Ordinal);
        Assert.Contains("in 'mol', the model was trained with '1'", Fault(With(layer.Name, "mol", layer.Features)), StringComparison.Ordinal);
        Assert.Contains("'TP53' for 'gene0'", Fault(With(layer.Name, "1", ["TP53", .. layer.Features.Skip(1)])), StringComparison.Ordinal);
        Assert.Contains("[age]", Fault(new TwinInputs(trial.Subjects, new CovariateMatrix([trial.Covariates.Columns[0]], trial.Count, trial.Covariates.CopyColumn(0)), trial.Layers)), StringComparison.Ordinal);

        string Fault(TwinInputs inputs, ArmId? arm = null) =>
            Assert.Throws<ArgumentException>(() => model.Forecast(inputs, arm ?? LayeredTrial.Control, LayeredTrial.Horizon)).Message;
        TwinInputs With(string name, string unit, IReadOnlyList<string> features) =>
            new(trial.Subjects, trial.Covariates, [new OmicsLayer(name, unit, features, new float[trial.Count * features.Count])]);
    }

    [Fact]
    public void Error_DataThatCannotCarryTwinsAreRefusedBeforeTraining()
    {
        var few = LayeredTrial.Draw(30, EndpointKind.Binary, _ => 0);
        Assert.Contains("at least", Assert.Throws<TwinTrainingException>(() => Train(few, s_small with { MinimumEventCount = 15 })).Message, StringComparison.Ordinal);

        var trial = LayeredTrial.Draw(160, EndpointKind.Binary, _ => 0);
        var named = new OmicsLayer("age", "1", trial.Layers[0].Features, new float[trial.Count * LayeredTrial.GeneCount]);
        var clash = new TrialData(trial.Subjects, trial.Treated, trial.Covariates, trial.Outcome, [named]);
        Assert.Contains("'age'", Assert.Throws<TwinTrainingException>(() => Train(clash)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_AWholeTwinIsReadBackWithTheSameForecasts()
    {
        var trial = LayeredTrial.Draw(160, EndpointKind.TimeToEvent, _ => 0.5);
        var learner = new TwinLearner(new TwinLearnerOptions { Network = new NetworkLearnerOptions { EpochCount = 10, TokenWidth = 8, HiddenWidth = 8, MemberCount = 2, WeighsResidual = false } });
        var model = new MultiOmicsTwinTrainer(learner, s_small).Train(new TwinTrainingData(trial, LayeredTrial.Treated, LayeredTrial.Control, 3), null, CancellationToken.None).Model;

        var read = new MultiOmicsTwinTrainer(new LateFusedLinearLearner(), s_small).Read(model.Serialize());

        Assert.Equal(model.Hash, read.Hash);
        Assert.Equal(model.Columns, read.Columns);
        Assert.Equal(model.Layers, read.Layers);
        foreach (var arm in model.Arms)
        {
            var (before, after) = (model.Forecast(TwinInputs.Of(trial), arm, LayeredTrial.Horizon), read.Forecast(TwinInputs.Of(trial), arm, LayeredTrial.Horizon));
            Assert.Equal(before.Cast<SurvivalForecast>().SelectMany(f => f.Members.SelectMany(m => m)), after.Cast<SurvivalForecast>().SelectMany(f => f.Members.SelectMany(m => m)));
        }

        Assert.Equal(model.Explain(One(trial, 3), LayeredTrial.Treated, LayeredTrial.Horizon), read.Explain(One(trial, 3), LayeredTrial.Treated, LayeredTrial.Horizon));
    }

    private static TrainedTwinModel Train(TrialData trial, MultiOmicsTwinOptions? options = null) => new MultiOmicsTwinTrainer(new LateFusedLinearLearner(), options ?? s_small)
        .Train(new TwinTrainingData(trial, LayeredTrial.Treated, LayeredTrial.Control, 3), null, CancellationToken.None);

    private static IReadOnlyList<VariableContribution> Explain(ITwinModel model, TrialData trial, int row) => model.Explain(One(trial, row), LayeredTrial.Control, LayeredTrial.Horizon);

    private static TwinInputs New(TrialData trial) => new([.. trial.Subjects.Select(s => new SubjectId($"new-{s}"))], trial.Covariates, trial.Layers);

    private static TwinInputs One(TrialData trial, int row, float[]? genes = null) => new(
        [new SubjectId("new")], trial.Covariates.Take([row]), [genes is null ? trial.Layers[0].Take([row]) : new OmicsLayer("rna", "1", trial.Layers[0].Features, genes)]);

    private static double[] Binary(ITwinModel model, TwinInputs inputs, ArmId arm) =>
        [.. model.Forecast(inputs, arm, LayeredTrial.Horizon).Cast<BinaryForecast>().SelectMany(f => f.Members)];

    private static double[] Effects(ITwinModel model, TwinInputs inputs)
    {
        var (treated, control) = (Means(LayeredTrial.Treated), Means(LayeredTrial.Control));
        return [.. treated.Zip(control, (t, c) => t - c)];

        double[] Means(ArmId arm) => [.. model.Forecast(inputs, arm, LayeredTrial.Horizon).Select(f => f is BinaryForecast b ? b.Probability : ((ContinuousForecast)f).Mean)];
    }

    private static double Link(TrialData trial, int row) => LayeredTrial.Prognosis(trial.Covariates.Row(row)[0], trial.Layers[0].Row(row));

    private static double Response(EndpointKind kind, double link) => kind == EndpointKind.Binary ? 1 / (1 + Math.Exp(-link)) : link;

    private static double Deviation(double[] values) => Math.Sqrt(values.Sum(v => (v - values.Average()) * (v - values.Average())) / values.Length);
}
