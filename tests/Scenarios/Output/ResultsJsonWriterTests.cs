using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Output;

public sealed class ResultsJsonWriterTests
{
    [Fact]
    public void Property_TheComparableBytesDoNotKnowTheEnvironment()
    {
        var run = SampleRun.Create();
        var elsewhere = run with { Environment = new RunEnvironment(DateTimeOffset.UnixEpoch, 16, "another", "another", []) };

        Assert.Equal(ResultsJsonWriter.WriteComparable(run), ResultsJsonWriter.WriteComparable(elsewhere));
        Assert.NotEqual(ResultsJsonWriter.Write(run), ResultsJsonWriter.Write(elsewhere));
    }

    [Fact]
    public void Property_TheBytesDoNotKnowTheCulture()
    {
        var expected = ResultsJsonWriter.Write(SampleRun.Create());
        var before = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "minus";
            CultureInfo.CurrentCulture = comma;
            Assert.Equal(expected, ResultsJsonWriter.Write(SampleRun.Create()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Golden_FormOfTheFile()
    {
        var text = Encoding.UTF8.GetString(ResultsJsonWriter.Write(SampleRun.Create()));

        Assert.StartsWith("{\n  \"schema\": \"digitaltwin/results/1\",\n", text, StringComparison.Ordinal);
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    public void Golden_AnEstimateRowHasTheFieldsOfTheFormat()
    {
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(SampleRun.Create()));
        var row = json.RootElement.GetProperty("estimates")[2];

        Assert.Equal("att-weights/survival-difference/1826.25d", row.GetProperty("id").GetString());
        Assert.Equal("att-weights", row.GetProperty("method").GetString());
        Assert.False(row.GetProperty("primary").GetBoolean());
        Assert.Equal("survival-difference", row.GetProperty("measure").GetString());
        Assert.Equal(1826.25, row.GetProperty("time").GetProperty("value").GetDouble());
        Assert.Equal("d", row.GetProperty("time").GetProperty("unit").GetString());
        Assert.Equal(0.132, row.GetProperty("value").GetDouble());
        Assert.Equal(0.048, row.GetProperty("lower").GetDouble());
        Assert.Equal(0.216, row.GetProperty("upper").GetDouble());
        Assert.Equal(0.95, row.GetProperty("level").GetDouble());
        Assert.Equal("percentile", row.GetProperty("intervalKind").GetString());
    }

    [Fact]
    public void Property_EveryFiniteNumberReadsBackTheSame() => Gen.Double.Where(double.IsFinite).Sample(value =>
    {
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(WithPrimaryValue(value)));
        var read = json.RootElement.GetProperty("estimates")[0].GetProperty("value").GetDouble();
        return BitConverter.DoubleToInt64Bits(read) == BitConverter.DoubleToInt64Bits(value);
    }, iter: 50);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Error_ANumberThatIsNotFiniteIsNullAndWarnedOf(double value)
    {
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(WithPrimaryValue(value)));
        var warnings = json.RootElement.GetProperty("warnings");

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("estimates")[0].GetProperty("value").ValueKind);
        Assert.Equal(ResultsJsonWriter.NotFiniteCode, warnings[warnings.GetArrayLength() - 1].GetProperty("code").GetString());
        Assert.StartsWith("estimates[0].value ", warnings[warnings.GetArrayLength() - 1].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ANumberInsideAnArrayThatIsNotFiniteIsNull()
    {
        var run = SampleRun.Create();
        var curve = run.Curves[0] with { Lower = [double.NaN, .. run.Curves[0].Lower![1..]] };
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(run with { Curves = [curve] }));

        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("curves")[0].GetProperty("lower")[0].ValueKind);
    }

    [Fact]
    public void Property_PartsThatWereNotAskedForAreNull()
    {
        var run = SampleRun.Create() with { TwinModel = null, SimulatedTrial = null, SubjectResponse = null, Reveal = null };
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(run));

        Assert.All(["twinModel", "simulatedTrial", "subjectResponse", "reveal"], name => Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty(name).ValueKind));
    }

    private static RunResult WithPrimaryValue(double value)
    {
        var run = SampleRun.Create();
        var first = run.Estimates[0];
        return run with { Estimates = [first with { Estimate = first.Estimate with { Value = value } }, .. run.Estimates.Skip(1)] };
    }
}
