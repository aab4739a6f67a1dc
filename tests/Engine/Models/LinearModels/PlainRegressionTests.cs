using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.LinearModels;

public sealed class PlainRegressionTests
{
    /// <summary>The oracle is this project's Cox regression, which agrees with R's coxph.</summary>
    [Fact]
    public void Reference_GbsgCox_PredictsAsTheCoxRegressionThatMatchesR()
    {
        var table = GbsgDesign.Table;
        double[] days = table.Numbers("rfstime");
        var events = table.Flags("status");
        // The encoding cuts what lies more than 8 standard deviations out, as few receptor values do.
        double[][] columns = [.. GbsgDesign.Covariates.Select(c => Cut(table.Numbers(c)))];
        var fit = CoxRegression.Fit(days, events, GbsgDesign.Matrix(columns));
        var inputs = new SubjectInputs(Ids(days.Length), [.. GbsgDesign.Covariates.Select(c => Numeric(c, table.Numbers(c)))], []);
        var problem = new LearningProblem(inputs, new SurvivalOutcome(days, events, Duration.FromDays(4000)));
        var predictor = new CoxLearner().Fit(problem, Context());
        var predictions = (SurvivalPredictions)predictor.Predict(inputs);
        double Predictor(int i) => Enumerable.Range(0, columns.Length).Sum(j => fit.Coefficients[j] * (columns[j][i] - fit.Means[j]));
        for (var i = 1; i < days.Length; i++)
        {
            Agreement.Close(Predictor(i) - Predictor(0), predictions.Risk[i] - predictions.Risk[0], 1e-5, 1e-5);
        }

        var times = predictions.GridDays.Where(d => d < 2000).ToArray();
        var baseline = fit.BaselineHazard();
        Assert.All(times, t => Agreement.Close(Math.Exp(-baseline.At(t) * Math.Exp(Predictor(3))), predictions.At(3, t), 1e-5));
        Assert.Contains(predictor.Findings, f => f.Contains("7 columns, not penalised", StringComparison.Ordinal));
    }

    [Fact]
    public void Property_LogisticOfWeightedSubjects_IsThatOfRepeatedOnes()
    {
        var subjects = new LayeredSubjects(150);
        bool[] occurred = ((BinaryOutcome)subjects.Outcome(EndpointKind.Binary)).Occurred;
        double[] weights = [.. Enumerable.Range(0, 150).Select(i => 1.0 + (i % 3))];
        var inputs = subjects.Inputs.With(layers: []);
        var predictions = (ClassProbabilities)new LogisticLearner().Fit(new LearningProblem(inputs, new BinaryOutcome(occurred), weights), Context()).Predict(inputs);

        var age = ((NumericColumn)inputs.Covariates[0]).Values.ToArray();
        var stage = ((CategoricalColumn)inputs.Covariates[1]).Codes.ToArray();
        int[] repeated = [.. Enumerable.Range(0, 150).SelectMany(i => Enumerable.Repeat(i, 1 + (i % 3)))];
        double[] rows = [.. repeated.SelectMany(i => new[] { age[i], stage[i] == 1 ? 1 : 0, stage[i] == 2 ? 1 : 0 })];
        var fit = LogisticRegression.Fit([.. repeated.Select(i => occurred[i] ? 1.0 : 0)], new RowMajorMatrix(rows, repeated.Length, 3));
        for (var i = 0; i < 150; i++)
        {
            Agreement.Close(fit.Predict([age[i], stage[i] == 1 ? 1 : 0, stage[i] == 2 ? 1 : 0]), predictions[i, 1], 1e-4);
        }
    }

    /// <summary>With one kind of event alone nothing competes: its incidence is what Cox's model says is lost.</summary>
    [Fact]
    public void ClosedForm_TwoKindsOfEvent_AddUpToTheSurvivalOfEither()
    {
        var subjects = new LayeredSubjects(200);
        var outcome = (CompetingRisksOutcome)subjects.Outcome(EndpointKind.CompetingRisks);
        var inputs = subjects.Inputs.With(layers: []);
        var competing = (CumulativeIncidencePredictions)new CoxLearner().Fit(new LearningProblem(inputs, outcome), Context()).Predict(inputs);
        double[] logs = new double[2];
        for (var k = 0; k < 2; k++)
        {
            var cause = new SurvivalOutcome(outcome.Days, [.. outcome.Status.Select(s => s == k + 1)], outcome.Horizon);
            var alone = (SurvivalPredictions)new CoxLearner().Fit(new LearningProblem(inputs, cause), Context()).Predict(inputs);
            logs[k] = Math.Log(alone.At(7, 650));
        }

        // exp(-H1 - H2) is what no event takes.
        var times = competing.GridDays.Length;
        var column = Array.FindLastIndex(competing.GridDays, d => d <= 650);
        var lost = competing.Incidence[(7 * 2 * times) + column] + competing.Incidence[(((7 * 2) + 1) * times) + column];
        Agreement.Close(1 - Math.Exp(logs[0] + logs[1]), lost, 1e-6);
    }

    [Fact]
    public void Property_ManyColumnsForFewEvents_ArePenalisedAndFindingsSaySo()
    {
        var subjects = new LayeredSubjects(60);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.TimeToEvent));
        var predictor = new CoxLearner(new PlainRegressionOptions { ComponentCount = 20 }).Fit(problem, Context());

        Assert.Contains(predictor.Findings, f => f.Contains("penalised by ridge", StringComparison.Ordinal));
        Assert.All(((SurvivalPredictions)predictor.Predict(subjects.Inputs)).Risk, r => Assert.True(double.IsFinite(r)));
    }

    /// <summary>A layer of one strong direction: its first component is that direction, and predicts as the direction itself would.</summary>
    [Fact]
    public void Property_FirstComponent_CarriesTheLayersFactor()
    {
        var subjects = new LayeredSubjects(200);
        var problem = new LearningProblem(subjects.Inputs.With(covariates: []), subjects.Outcome(EndpointKind.TimeToEvent));
        var with = new CoxLearner(new PlainRegressionOptions { ComponentCount = 1, ComponentLayer = "rna" }).Fit(problem, Context());
        var risk = ((SurvivalPredictions)with.Predict(problem.Inputs)).Risk;
        var survival = (SurvivalOutcome)problem.Outcome;

        Assert.InRange(Concordance.Estimate(survival.Days, survival.HadEvent, risk).Value, 0.6, 0.9);
        Assert.Throws<UnlearnableException>(() => new CoxLearner(new PlainRegressionOptions { ComponentCount = 1, ComponentLayer = "lipids" }).Fit(problem, Context()));
        Assert.Throws<UnlearnableException>(() => new CoxLearner().Fit(problem, Context()));
    }

    [Fact]
    public void Error_OtherKindOfOutcome_IsRefused()
    {
        var subjects = new LayeredSubjects(60);
        var problem = new LearningProblem(subjects.Inputs, subjects.Outcome(EndpointKind.Binary));
        Assert.False(new CoxLearner().Supports(EndpointKind.Binary));
        Assert.Throws<ArgumentException>(() => new CoxLearner().Fit(problem, Context()));
    }

    private static double[] Cut(double[] values)
    {
        var mean = values.Average();
        var far = 8 * Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
        return [.. values.Select(v => Math.Clamp(v, mean - far, mean + far))];
    }

    private static SubjectId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => new SubjectId($"G{i:000}"))];

    private static NumericColumn Numeric(string name, double[] values) =>
        new(new Variable(name, VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), values);

    // These learners never touch the backend.
    private static LearningContext Context() => new(3, null!, 2, TestContext.Current.CancellationToken);
}
