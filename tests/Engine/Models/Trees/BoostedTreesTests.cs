using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Boosting;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

public sealed class BoostedTreesTests
{
    private static readonly ReferenceValues Sklearn = ReferenceData.Values("trees/boosting.csv");

    /// <summary>No random part: every split of 40 trees must be the same one. scikit-learn keeps derivatives in single precision.</summary>
    private static readonly BoostingOptions LikeSklearn = new()
    {
        MaximumRounds = 40,
        LearningRate = 0.1,
        Depths = [3],
        FoldCount = 0,
        Ridge = 1,
        MinimumChildWeight = 1e-3,
        RowFraction = 1,
        ColumnFraction = 1,
        BinCount = 255,
    };

    private static readonly BoostingOptions OneStump = LikeSklearn with { MaximumRounds = 1, LearningRate = 1, Depths = [1], Ridge = 0, MinimumChildWeight = 0 };

    [Fact]
    public void Reference_BinaryWithMissing_MatchesScikitLearn()
    {
        var (inputs, table) = Veteran();
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. table.Numbers("time").Select(t => t > 80)]));
        var probabilities = (ClassProbabilities)Fit(problem).Predict(inputs);
        Agreement.Close(Sklearn.Vector("veteran.binary", "probability"), [.. Enumerable.Range(0, problem.Count).Select(i => probabilities[i, 1])], 1e-5);
    }

    [Fact]
    public void Reference_ClassesWithMissing_MatchScikitLearn()
    {
        var (inputs, table) = Veteran();
        var problem = new LearningProblem(inputs, new CategoricalOutcome(TreeCohort.CellTypeCodes(table), ["a", "l", "sm", "sq"], false));
        var probabilities = (ClassProbabilities)Fit(problem).Predict(inputs);
        for (var c = 0; c < 4; c++)
        {
            Agreement.Close(Sklearn.Vector("veteran.classes", $"probability{c}"), [.. Enumerable.Range(0, problem.Count).Select(i => probabilities[i, c])], 1e-5);
        }
    }

    [Fact]
    public void Reference_RegressionWithMissing_MatchesScikitLearn()
    {
        var (inputs, table) = Veteran();
        var problem = new LearningProblem(inputs, new ContinuousOutcome([.. table.Numbers("time").Select(t => Math.Log(t))], "1"));
        Agreement.Close(Sklearn.Vector("veteran.regression", "mean"), ((ContinuousPredictions)Fit(problem).Predict(inputs)).Mean, 1e-5);
    }

    [Fact]
    public void ClosedForm_OneStump_SaysTheMeansOfTheGroups()
    {
        double[] x = [.. Enumerable.Range(0, 30).Select(i => i % 3 == 0 ? 1.0 : 0)];
        double[] y = [.. Enumerable.Range(0, 30).Select(i => (i * i % 11) + (3 * x[i]))];
        var inputs = TreeCohort.Inputs([("x", x)]);
        var predictions = (ContinuousPredictions)Fit(new LearningProblem(inputs, new ContinuousOutcome(y, "1")), OneStump).Predict(inputs);
        var means = new[] { 0.0, 1.0 }.Select(g => y.Where((_, i) => x[i] == g).Average()).ToArray();
        Agreement.Close([.. x.Select(v => means[(int)v])], predictions.Mean, 1e-12);
    }

    [Fact]
    public void ClosedForm_PlantedMissing_GoWithThoseLikeThem()
    {
        double[] x = [.. Enumerable.Range(0, 40).Select(i => i % 4 == 3 ? double.NaN : i % 4)];
        foreach (var like in new[] { 0, 2 })
        {
            double[] y = [.. x.Select(v => double.IsNaN(v) ? (like == 2 ? 5.0 : 0) : v == 2 ? 5 : 0)];
            var inputs = TreeCohort.Inputs([("x", x)]);
            var predictions = (ContinuousPredictions)Fit(new LearningProblem(inputs, new ContinuousOutcome(y, "1")), OneStump).Predict(inputs);
            Agreement.Close(y, predictions.Mean, 1e-12, 1e-12);
        }
    }

    /// <summary>Derivatives by differences of the loss, which at equal scores is the sum of the logarithms of the numbers at risk.</summary>
    [Fact]
    public void ClosedForm_CoxDerivatives_AreThoseOfThePartialLikelihood()
    {
        double[] days = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        bool[] events = [true, true, false, true, true, false, true, true, true, false];
        double[] weights = [1, 2, 1, 0.5, 1, 3, 1, 1, 1, 1];
        var loss = new CoxLoss(days, events, weights);
        double expected = 0;
        for (var i = 0; i < days.Length; i++)
        {
            expected += events[i] ? weights[i] * Math.Log(days.Select((d, j) => d >= days[i] ? weights[j] : 0).Sum()) : 0;
        }

        Agreement.Close(expected, loss.Sum(new double[days.Length]).Loss, 1e-13);
        double[] scores = [0.3, -1, 0.2, 2, -0.4, 0.1, 1, 0, -2, 0.6];
        var derivatives = new double[2 * days.Length];
        loss.Derivatives(scores, derivatives);
        for (var i = 0; i < days.Length; i++)
        {
            double[] up = [.. scores], down = [.. scores];
            (up[i], down[i]) = (scores[i] + 1e-5, scores[i] - 1e-5);
            Agreement.Close((loss.Sum(up).Loss - loss.Sum(down).Loss) / 2e-5, derivatives[2 * i], 1e-7, 1e-8);
            Agreement.Close(derivatives[2 * i] + (events[i] ? weights[i] : 0), derivatives[(2 * i) + 1], 1e-12);
        }
    }

    /// <summary>Boosting Cox's likelihood to the end on one indicator gives the coefficient and the baseline of Cox regression.</summary>
    [Fact]
    public void Reference_CoxOfHormoneTherapy_IsRCoxphWithBreslowTies()
    {
        var gbsg = TreeCohort.Gbsg();
        var table = ReferenceData.DataSet("gbsg");
        var inputs = TreeCohort.Inputs(table, "hormon");
        var options = OneStump with { MaximumRounds = 300, LearningRate = 0.3 };
        var predictions = (SurvivalPredictions)Fit(new LearningProblem(inputs, gbsg.Outcome), options).Predict(inputs);
        var hormone = table.Numbers("hormon");
        var (treated, control) = (Array.IndexOf(hormone, 1), Array.IndexOf(hormone, 0));
        var fit = CoxRegression.Fit(table.Numbers("rfstime"), table.Flags("status"), new(hormone, hormone.Length, 1), new CoxOptions { Ties = TieHandling.Breslow });
        Agreement.Close(fit.Coefficients[0], predictions.Risk[treated] - predictions.Risk[control], 1e-6);
        var late = predictions.GridDays.Length - 1;
        var ratio = Math.Log(predictions.Survival[(treated * predictions.GridDays.Length) + late]) / Math.Log(predictions.Survival[(control * predictions.GridDays.Length) + late]);
        Agreement.Close(Math.Exp(fit.Coefficients[0]), ratio, 1e-6);
    }

    [Theory]
    [InlineData("survival")]
    [InlineData("binary")]
    [InlineData("continuous")]
    public void Property_WeightOfTwo_IsTwoCopies(string kind)
    {
        var table = ReferenceData.DataSet("veteran");
        string[] names = ["karno", "age", "diagtime", "celltype"];
        var inputs = TreeCohort.Inputs(table, names);
        var n = inputs.Count;
        OutcomeData Outcome(int[] rows) => kind switch
        {
            "survival" => new SurvivalOutcome(table.Numbers("time"), table.Flags("status"), TreeCohort.Horizon).Take(rows),
            "binary" => new BinaryOutcome([.. table.Numbers("time").Select(t => t > 80)]).Take(rows),
            _ => new ContinuousOutcome([.. table.Numbers("time").Select(t => Math.Log(t))], "1").Take(rows),
        };
        int[] all = [.. Enumerable.Range(0, n)];
        int[] twice = [.. all.Where(i => i % 2 == 0)];
        int[] rows = [.. all, .. twice];
        var weighted = Fit(new LearningProblem(inputs, Outcome(all), [.. all.Select(i => i % 2 == 0 ? 2.0 : 1.0)])).Predict(inputs);
        var columns = inputs.Covariates.Select(c => (c.Variable.Name, rows.Select(r => ((NumericColumn)c).Values[r]).ToArray())).ToArray();
        var copied = Fit(new LearningProblem(TreeCohort.Inputs(columns), Outcome(rows))).Predict(inputs);
        Agreement.Close(Numbers(copied), Numbers(weighted), 1e-9);
    }

    [Fact]
    public void Property_SameBytes_OnAnyThreadsAndInAnyOrderOfRows()
    {
        var problem = TreeCohort.Veteran();
        var learner = new BoostedTreesLearner(new BoostingOptions { MaximumRounds = 60, Patience = 20 });
        var one = (SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(7, 1)).Predict(problem.Inputs);
        Assert.Equal(one.Survival, ((SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(7, 4)).Predict(problem.Inputs)).Survival);
        int[] backwards = [.. Enumerable.Range(0, problem.Count).Reverse()];
        Assert.Equal(one.Survival, ((SurvivalPredictions)learner.Fit(problem.Take(backwards), TreeCohort.Context(7, 2)).Predict(problem.Inputs)).Survival);
        Assert.NotEqual(one.Survival, ((SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(8, 1)).Predict(problem.Inputs)).Survival);
    }

    /// <summary>Where nothing is to be learnt the inner folds choose few trees or none: chance lets more than 60 through in few of the seeds.</summary>
    [Fact]
    public void Property_Noise_IsLeftAlone()
    {
        var counts = Enumerable.Range(0, 20).Select(TreesOfNoise).ToArray();
        Assert.True(counts.Count(c => c > 60) <= 2, string.Join(", ", counts));

        static int TreesOfNoise(int seed)
        {
            var stream = new DigitalTwin.Numerics.Random.RandomStream(new((ulong)seed, 0, 0, 0, DigitalTwin.Numerics.Random.RandomPurpose.Outcome));
            var inputs = TreeCohort.Inputs([.. Enumerable.Range(0, 5).Select(f => ($"x{f}", Enumerable.Range(0, 300).Select(_ => stream.NextGaussian()).ToArray())), ("constant", new double[300])]);
            var problem = new LearningProblem(inputs, new BinaryOutcome([.. Enumerable.Range(0, 300).Select(i => i % 3 == 0)]));
            var predictor = (BoostedTreesPredictor)new BoostedTreesLearner().Fit(problem, TreeCohort.Context((ulong)seed));
            var probabilities = (ClassProbabilities)predictor.Predict(inputs);
            for (var i = 0; i < problem.Count; i++)
            {
                Assert.Equal(1, probabilities[i, 0] + probabilities[i, 1], 12);
            }

            Assert.True(predictor.Gains.Length == 0 || predictor.Gains[5] == 0);
            return predictor.TreeCount;
        }
    }

    [Fact]
    public void Error_OneClass_IsRefused()
    {
        var (inputs, table) = Veteran();
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. table.Numbers("time").Select(t => t > 900)]));
        var error = Assert.Throws<UnlearnableException>(() => new BoostedTreesLearner().Fit(problem, TreeCohort.Context()));
        Assert.Contains("2 of 137 training subjects have the outcome 'occurred'; boosted-trees needs 5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_SettingOutOfRange_IsNamed()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new BoostedTreesLearner(new BoostingOptions { LearningRate = 0 }));
        Assert.Contains("LearningRate must be in (0, 1]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_Cancelled_Stops()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => new BoostedTreesLearner().Fit(TreeCohort.Veteran(), TreeCohort.Cancelled()));
    }

    private static IOutcomePredictor Fit(LearningProblem problem, BoostingOptions? options = null) =>
        new BoostedTreesLearner(options ?? LikeSklearn).Fit(problem, TreeCohort.Context());

    private static double[] Numbers(OutcomePredictions predictions) => predictions switch
    {
        SurvivalPredictions survival => survival.Survival,
        ClassProbabilities classes => classes.Values,
        ContinuousPredictions continuous => continuous.Mean,
        _ => throw new ArgumentException("Unknown."),
    };

    /// <summary>As boosting.py makes values missing.</summary>
    private static (SubjectInputs Inputs, ReferenceTable Table) Veteran()
    {
        var table = ReferenceData.DataSet("veteran");
        var days = table.Numbers("time");
        double[] karno = [.. table.Numbers("karno").Select((v, i) => days[i] < 40 && i % 2 == 0 ? double.NaN : v)];
        double[] age = [.. table.Numbers("age").Select((v, i) => i % 7 == 0 ? double.NaN : v)];
        return (TreeCohort.Inputs([("trt", table.Numbers("trt")), ("karno", karno), ("diagtime", table.Numbers("diagtime")), ("age", age), ("prior", table.Numbers("prior"))]), table);
    }
}
