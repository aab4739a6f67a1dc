using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Encoding;

public sealed class ObservationSummaryTests
{
    private static readonly Variable s_pulse = new("pulse", VariableType.Continuous, VariableRole.Covariate, "/min", "pulse", null, []);
    private static readonly Variable s_ward = new("ward", VariableType.Categorical, VariableRole.Covariate, "", "ward", null, ["a", "b"]);

    [Fact]
    public void ClosedForm_ThreeValues_AreSummarised()
    {
        // Pulse 80, 90, 100 at days 0, 1, 2; ward b last.
        var inputs = Inputs(1, [0, 0, 0, 0, 0], [0, 0, 1, 2, 2], [0, 1, 0, 0, 1], [80, 0, 90, 100, 1]);

        var row = ObservationSummary.Fit(inputs.Observations!).AsLayer(inputs).Layers[0].Layer.Row(0).ToArray();

        Assert.Equal([80, 100, 80, 100, 90, 10, 100, 10], row[..8]);
        Assert.Equal(Math.Log(4), row[8], 6);
        Assert.Equal(0, row[9]);
        Assert.Equal([0, 1], row[10..]);
    }

    [Fact]
    public void ClosedForm_ASubjectNeverMeasured_SaysSo()
    {
        var inputs = Inputs(2, [0, 0], [0, 3], [0, 0], [80, 81]);

        var row = ObservationSummary.Fit(inputs.Observations!).AsLayer(inputs).Layers[0].Layer.Row(1).ToArray();

        Assert.All(row[..8], v => Assert.True(float.IsNaN(v)));
        Assert.Equal(0, row[8]);
        Assert.Equal(3, row[9]);
        Assert.Equal([0, 0], row[10..]);
    }

    [Fact]
    public void Error_InputsWithoutObservations_AreRefused()
    {
        var inputs = Inputs(1, [0], [0], [0], [80]);
        var bare = new SubjectInputs(inputs.Subjects, [], []);

        Assert.Throws<ArgumentException>(() => ObservationSummary.Fit(inputs.Observations!).AsLayer(bare));
    }

    private static SubjectInputs Inputs(int count, int[] subjects, double[] days, short[] variables, double[] values) => new(
        [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i}"))], [], [], new ObservationTable([s_pulse, s_ward], subjects, days, variables, values));
}
