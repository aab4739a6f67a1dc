using System.Globalization;
using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Tests.Engine.Numerics.Distributions;

public sealed class DistributionTests
{
    public static TheoryData<string, double, double, double> Values()
    {
        var data = new TheoryData<string, double, double, double>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Reference", "causal", "distributions.csv")).Skip(1))
        {
            var cells = line.Split(',');
            data.Add(cells[0], Number(cells[1]), Number(cells[2]), Number(cells[3]));
        }

        return data;

        static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
    }

    [Theory]
    [MemberData(nameof(Values))]
    public void Reference_QuantilesAndTails_MatchR422(string function, double x, double degreesOfFreedom, double expected)
    {
        var actual = function switch
        {
            "qnorm" => Normal.Quantile(x),
            "pnorm" => Normal.Cdf(x),
            "pchisq" => ChiSquare.UpperTail(x, degreesOfFreedom),
            "pt" => StudentT.TwoSidedTail(x, degreesOfFreedom),
            _ => StudentT.Quantile(x, degreesOfFreedom),
        };

        Assert.Equal(0, expected == 0 ? actual : (actual / expected) - 1, 1e-12);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void Error_QuantileOfWhatIsNoProbability(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Normal.Quantile(probability));
}
