using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression.Penalized;

public sealed class RidgeSolverTests
{
    // glmnet's objective is the mean loss over subjects plus lambda / 2 times the squares.
    private const double Penalty = 0.5 * PenalizedDesign.SubjectCount;

    [Theory]
    [InlineData("gaussian-ridge")]
    [InlineData("binomial-ridge")]
    [InlineData("binomial-weighted-ridge")]
    public void Reference_OneIntercept_MatchesRGlmnet416(string reference)
    {
        var weights = reference.Contains("weighted", StringComparison.Ordinal) ? PenalizedDesign.Weights : null;
        PredictorLoss loss = reference.StartsWith("gaussian", StringComparison.Ordinal)
            ? new GaussianLoss(PenalizedDesign.Outcome)
            : new BinomialLoss(PenalizedDesign.Table.Flags("binary"), weights);
        var ((coefficients, fit), expected) = (
            PenalizedDesign.Ridge(loss, Scaled(weights), [PenalizedDesign.Features()], [1]), PenalizedDesign.Values.Vector(reference, "b"));

        Agreement.Close(expected[0], fit.Parameters[0], 1e-7, 1e-8);
        Agreement.Close(expected.AsSpan(1), coefficients[0], 1e-6, 1e-8);
    }

    [Fact]
    public void Reference_TwoBlocksOfTwoPenalties_MatchRGlmnet416()
    {
        var factors = PenalizedDesign.Values.Vector("factors", "f");
        var (coefficients, fit) = PenalizedDesign.Ridge(
            new BinomialLoss(PenalizedDesign.Table.Flags("binary")), Penalty, [PenalizedDesign.Features(0, 10), PenalizedDesign.Features(10, 60)], [factors[0], factors[10]]);
        var expected = PenalizedDesign.Values.Vector("binomial-factors-ridge", "b");

        Agreement.Close(expected[0], fit.Parameters[0], 1e-6, 1e-8);
        Agreement.Close(expected.AsSpan(1), coefficients[0], 1e-6, 1e-8);
    }

    [Fact]
    public void Reference_Multinomial_MatchesRGlmnet416()
    {
        var (coefficients, fit) = PenalizedDesign.Ridge(
            new MultinomialLoss(PenalizedDesign.Codes("class"), 3), Penalty, [PenalizedDesign.Features()], [1]);
        for (var k = 0; k < 3; k++)
        {
            var expected = PenalizedDesign.Values.Vector("multinomial-ridge", $"b{k}");
            Agreement.Close(expected[0], fit.Parameters[k], 1e-6, 1e-7);
            Agreement.Close(expected.AsSpan(1), coefficients[k], 1e-5, 1e-7);
        }
    }

    [Theory]
    [InlineData("cox-untied-ridge", "time_untied", TieHandling.Efron)]
    [InlineData("cox-untied-weighted-ridge", "time_untied", TieHandling.Efron)]
    [InlineData("cox-breslow-ridge", "time", TieHandling.Breslow)]
    public void Reference_Cox_MatchesRGlmnet416(string reference, string time, TieHandling ties)
    {
        var weights = reference.Contains("weighted", StringComparison.Ordinal) ? PenalizedDesign.Weights : null;
        var loss = new PartialLikelihoodLoss(PenalizedDesign.Table.Numbers(time), PenalizedDesign.Table.Flags("event"), weights, ties);
        var (coefficients, _) = PenalizedDesign.Ridge(loss, Scaled(weights), [PenalizedDesign.Features()], [1]);

        Agreement.Close(PenalizedDesign.Values.Vector(reference, "b"), coefficients[0], 1e-6, 1e-8);
    }

    /// <summary>glmnet knows Breslow's ties only; Efron's, with weights, are compared with coxph.</summary>
    [Theory]
    [InlineData("cox-efron-ridge", 7)]
    [InlineData("cox-efron", 0)]
    public void Reference_CoxOfTiesAndWeights_MatchesRSurvival353(string reference, double penalty)
    {
        var loss = new PartialLikelihoodLoss(PenalizedDesign.Table.Numbers("time"), PenalizedDesign.Table.Flags("event"), PenalizedDesign.Weights);
        var (coefficients, _) = PenalizedDesign.Ridge(loss, penalty, [PenalizedDesign.Features(0, 5)], [1]);

        Agreement.Close(PenalizedDesign.Values.Vector(reference, "b"), coefficients[0], 1e-7, 1e-9);
    }

    [Fact]
    public void Reference_BaselineHazard_MatchesRSurvival353()
    {
        var features = PenalizedDesign.Features(0, 5);
        var loss = new PartialLikelihoodLoss(PenalizedDesign.Table.Numbers("time"), PenalizedDesign.Table.Flags("event"), PenalizedDesign.Weights);
        var (coefficients, _) = PenalizedDesign.Ridge(loss, 0, [features], [1]);
        double[] predictors = [.. Enumerable.Range(0, PenalizedDesign.SubjectCount).Select(i => Dot(features.Row(i), coefficients[0]))];
        var baseline = loss.Baseline(predictors);

        Assert.Equal(PenalizedDesign.Values.Vector("cox-efron", "hazard_times"), baseline.Times);
        Agreement.Close(PenalizedDesign.Values.Vector("cox-efron", "hazard"), baseline.CumulativeHazard, 1e-7);
    }

    [Fact]
    public void Reference_ProportionalOdds_MatchesRMassPolr7358()
    {
        var loss = new ProportionalOddsLoss(PenalizedDesign.Codes("level"), 4, PenalizedDesign.Weights);
        var (coefficients, fit) = PenalizedDesign.Ridge(loss, 0, [PenalizedDesign.Features(0, 3)], [1]);

        Agreement.Close(PenalizedDesign.Values.Scalar("polr", "deviance"), 2 * fit.Loss, 1e-10);
        Agreement.Close(PenalizedDesign.Values.Vector("polr", "b"), coefficients[0], 1e-5);
        Agreement.Close(PenalizedDesign.Values.Vector("polr", "thresholds"), fit.Parameters, 1e-5);
    }

    /// <summary>With two levels the ordered model is the logistic one, and with two classes the symmetric one halves its coefficients.</summary>
    [Fact]
    public void Property_ThreeFormsOfTwoClasses_AreOneModel()
    {
        var occurred = PenalizedDesign.Table.Flags("binary");
        int[] codes = [.. occurred.Select(o => o ? 1 : 0)];
        var binary = PenalizedDesign.Ridge(new BinomialLoss(occurred, PenalizedDesign.Weights), 20, [PenalizedDesign.Features()], [1]);
        var ordered = PenalizedDesign.Ridge(new ProportionalOddsLoss(codes, 2, PenalizedDesign.Weights), 20, [PenalizedDesign.Features()], [1]);
        var symmetric = PenalizedDesign.Ridge(new MultinomialLoss(codes, 2, PenalizedDesign.Weights), 40, [PenalizedDesign.Features()], [1]);

        Agreement.Close(binary.Coefficients[0], ordered.Coefficients[0], 1e-6, 1e-9);
        Agreement.Close(binary.Fit.Parameters[0], -ordered.Fit.Parameters[0], 1e-6);
        Agreement.Close(binary.Coefficients[0], [.. symmetric.Coefficients[1].Select(c => 2 * c)], 1e-6, 1e-9);
    }

    [Fact]
    public void ClosedForm_NarrowDesign_SolvesTheNormalEquations()
    {
        // One feature: slope = sum x y / (sum x^2 + penalty) once both are centred.
        var outcome = PenalizedDesign.Outcome;
        var column = PenalizedDesign.Table.Numbers("x07");
        double meanX = column.Average(), meanY = outcome.Average();
        var products = column.Zip(outcome, (x, y) => (x - meanX) * (y - meanY)).Sum();
        var (coefficients, fit) = PenalizedDesign.Ridge(new GaussianLoss(outcome), 3, [PenalizedDesign.Features(6, 1)], [1]);

        Agreement.Close(products / (column.Sum(x => (x - meanX) * (x - meanX)) + 3), coefficients[0][0], 1e-9);
        Agreement.Close(meanY - (coefficients[0][0] * meanX), fit.Parameters[0], 1e-7, 1e-8);
    }

    /// <summary>The wide road (rows against rows) and the narrow one (columns against columns) are one model.</summary>
    [Fact]
    public void Property_WideAndNarrowRoads_AgreeOnOnePrediction()
    {
        var weights = PenalizedDesign.Weights;
        var wide = PenalizedDesign.Ridge(new GaussianLoss(PenalizedDesign.Outcome, weights), 9, [PenalizedDesign.Features()], [1]);
        var narrow = NarrowNormalEquations(weights, 9);

        Agreement.Close(narrow, wide.Coefficients[0], 1e-6, 1e-9);
    }

    [Fact]
    public void Error_Penalty_MustNotBeNegative()
    {
        var solver = new RidgeSolver(new GaussianLoss([1, 2, 3]), [1, 0, -1], 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => solver.Fit(-1));
        Assert.Throws<ArgumentException>(() => new RidgeSolver(new GaussianLoss([1, 2, 3]), [1, 0], 1));
        Assert.Throws<ArgumentException>(() => SingularBasis.Of(new BlockDesign([PenalizedDesign.Features()]), [0]));
        Assert.Throws<ArgumentException>(() => new BlockDesign([]));
    }

    // Weighted ridge by its p x p normal equations, intercept first.
    private static double[] NarrowNormalEquations(double[] weights, double penalty)
    {
        var features = PenalizedDesign.Features();
        var outcome = PenalizedDesign.Outcome;
        const int size = PenalizedDesign.FeatureCount + 1;
        var matrix = new double[size * size];
        var right = new double[size];
        for (var i = 0; i < weights.Length; i++)
        {
            double[] row = [1, .. features.Row(i)];
            for (var a = 0; a < size; a++)
            {
                right[a] += weights[i] * row[a] * outcome[i];
                for (var b = 0; b < size; b++)
                {
                    matrix[(a * size) + b] += weights[i] * row[a] * row[b];
                }
            }
        }

        for (var a = 1; a < size; a++)
        {
            matrix[(a * size) + a] += penalty;
        }

        Cholesky.Factor(matrix, size);
        Cholesky.Solve(matrix, size, right);
        return right[1..];
    }

    private static double Scaled(double[]? weights) => weights is null ? Penalty : Penalty * weights.Sum() / PenalizedDesign.SubjectCount;

    private static double Dot(ReadOnlySpan<double> a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < b.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }
}
