using DigitalTwin.Numerics.Regression;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression;

public sealed class RegressionTests
{
    private static readonly ReferenceTable s_expected = ReferenceData.Table("causal/regression.csv");

    private static int SubjectCount => GbsgDesign.Table.RowCount;

    // The weights, offsets and clusters of regression.R; R counts rows from 1.
    private static double[] Weights => [.. Enumerable.Range(1, SubjectCount).Select(i => 0.5 + (i % 7 / 4.0))];

    private static double[] Offsets => [.. Enumerable.Range(1, SubjectCount).Select(i => Math.Log(1 + (i % 5)))];

    private static int[] Clusters => [.. Enumerable.Range(1, SubjectCount).Select(i => i % 97)];

    [Theory]
    [InlineData("logistic", false)]
    [InlineData("logistic-weighted-offset", true)]
    public void Reference_GbsgLogistic_MatchesRGlm422AndSandwich(string name, bool weighted)
    {
        var options = new LogisticOptions { Weights = weighted ? Weights : null, Offsets = weighted ? Offsets : null };
        var covariates = GbsgDesign.Matrix(GbsgDesign.Table, GbsgDesign.Covariates);
        var outcome = GbsgDesign.Table.Numbers("hormon");

        var fit = LogisticRegression.Fit(outcome, covariates, options);
        var clustered = LogisticRegression.Fit(outcome, covariates, options with { Clusters = Clusters });

        Assert.Equal(RegressionStatus.Converged, fit.Status);
        Agreement.Close(Expected(name, "coefficient"), fit.Coefficients, 1e-8);

        // R's covariances use the weights of its last step but one.
        Agreement.Close(Expected(name, "se"), fit.StandardErrors, 1e-7);
        Agreement.Close(Expected(name, "hc0"), fit.RobustStandardErrors, 1e-7);

        Agreement.Close(Expected(name, "cluster"), clustered.RobustStandardErrors, 1e-7);
    }

    [Theory]
    [InlineData("linear", false)]
    [InlineData("linear-weighted", true)]
    public void Reference_GbsgLinear_MatchesRLm422AndSandwich(string name, bool weighted)
    {
        var options = new LinearOptions { Weights = weighted ? Weights : null };
        var covariates = GbsgDesign.Matrix(GbsgDesign.Table, ["hormon", .. GbsgDesign.Covariates]);
        var outcome = GbsgDesign.Table.Numbers("rfstime");

        var fit = LinearRegression.Fit(outcome, covariates, options);
        var clustered = LinearRegression.Fit(outcome, covariates, options with { Clusters = Clusters });

        Agreement.Close(Expected(name, "coefficient"), fit.Coefficients, 1e-8);
        Agreement.Close(Expected(name, "se"), Roots(fit.Covariance, 9, 1), 1e-8);
        Agreement.Close(Expected(name, "hc0"), Roots(fit.RobustCovariance, 9, 1), 1e-8);
        Agreement.Close(Expected(name, "cluster"), Roots(clustered.RobustCovariance, 9, clustered.ClusterFactor(SubjectCount)), 1e-8);
    }

    [Fact]
    public void Error_QuasiSeparation_NamesTheColumn()
    {
        // The second covariate is 1 only where the outcome is 1.
        double[] outcome = [0, 1, 0, 1, 0, 1, 1, 1];
        var covariates = GbsgDesign.Matrix([1, 2, 3, 1, 2, 3, 2, 1], [0, 0, 0, 0, 0, 0, 1, 1]);

        var fit = LogisticRegression.Fit(outcome, covariates);

        Assert.Equal(RegressionStatus.Separated, fit.Status);
        Assert.Equal([1], fit.SeparatingColumns);
        Assert.All(fit.Coefficients, c => Assert.True(double.IsNaN(c)));
    }

    [Fact]
    public void Error_CompleteSeparation_IsNoEstimate()
    {
        double[] outcome = [0, 0, 0, 1, 1, 1];

        var fit = LogisticRegression.Fit(outcome, GbsgDesign.Matrix([1, 2, 3, 4, 5, 6]));

        Assert.Equal(RegressionStatus.Separated, fit.Status);
        Assert.Equal([0], fit.SeparatingColumns);
    }

    [Fact]
    public void Error_SingleOutcome() =>
        Assert.Equal(RegressionStatus.SingleOutcome, LogisticRegression.Fit([1, 1, 1], GbsgDesign.Matrix([1, 2, 3])).Status);

    [Fact]
    public void ClosedForm_LogisticOnOneIndicator_IsTheLogOddsRatio()
    {
        double[] outcome = [1, 0, 0, 1, 1, 1, 0, 1];
        double[] exposed = [0, 0, 0, 0, 1, 1, 1, 1];

        var fit = LogisticRegression.Fit(outcome, GbsgDesign.Matrix(exposed));

        Assert.Equal(Math.Log(3.0 / 1.0), fit.Coefficients[1], 1e-10);
        Assert.Equal(Math.Sqrt((1 / 2.0) + (1 / 2.0) + (1 / 3.0) + (1 / 1.0)), fit.StandardErrors[1], 1e-10);
    }

    [Fact]
    public void Property_AliasedColumn_IsLeftOutAndChangesNothing()
    {
        var outcome = GbsgDesign.Table.Numbers("hormon");
        var age = GbsgDesign.Table.Numbers("age");

        var alone = LogisticRegression.Fit(outcome, GbsgDesign.Matrix(age));
        var doubled = LogisticRegression.Fit(outcome, GbsgDesign.Matrix(age, [.. age.Select(a => (3 * a) - 1)], [.. age.Select(_ => 4.0)]));

        Assert.Equal([1, 2], doubled.AliasedColumns);
        Agreement.Close([.. alone.Coefficients, 0, 0], doubled.Coefficients);
    }

    [Fact]
    public void Property_CountsAsWeights_EqualRepeatedRows()
    {
        var table = GbsgDesign.Table;
        var outcome = table.Numbers("hormon");
        int[] rows = [.. Enumerable.Range(0, outcome.Length).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        double[] counts = [.. Enumerable.Range(0, outcome.Length).Select(i => (double)(i % 3))];
        var age = table.Numbers("age");

        var weighted = LogisticRegression.Fit(outcome, GbsgDesign.Matrix(age), new LogisticOptions { Weights = counts });
        var repeated = LogisticRegression.Fit([.. rows.Select(r => outcome[r])], GbsgDesign.Matrix([.. rows.Select(r => age[r])]));

        Agreement.Close(repeated.Coefficients, weighted.Coefficients, 1e-9);
    }

    private static double[] Expected(string fit, string column)
    {
        var names = s_expected.Text("fit");
        return [.. s_expected.Numbers(column).Where((_, i) => names[i] == fit)];
    }

    private static double[] Roots(double[] matrix, int size, double factor) =>
        [.. Enumerable.Range(0, size).Select(j => Math.Sqrt(factor * matrix[(j * size) + j]))];
}
