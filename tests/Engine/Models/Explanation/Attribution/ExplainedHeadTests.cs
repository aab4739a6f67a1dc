using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class ExplainedHeadTests
{
    private static readonly double[] _ones = [1, 1, 1, 1, 1, 1, 1, 1];

    [Theory]
    [InlineData("binary", 1)]
    [InlineData("binary", 0)]
    [InlineData("categorical", 0)]
    [InlineData("categorical", 2)]
    [InlineData("ordinal", 0)]
    [InlineData("ordinal", 1)]
    [InlineData("ordinal", 3)]
    [InlineData("continuous", 1)]
    [InlineData("survival", 1)]
    public void Property_TheQuantityIsThatOfThePredictions_AndItsDerivativesAreDifferences(string kind, int level)
    {
        var head = Head(kind);
        var quantity = new ExplainedQuantity { Level = level, Horizon = Duration.FromDays(60) };
        var outputs = Outputs(head, kind);
        var gradient = new double[head.OutputCount];

        var value = ((IExplainedHead)head).Explain(outputs, quantity, gradient);

        Assert.Equal(quantity.Of(head.Predict([outputs]))[0], value, 4);
        CompareWithDifferences(head, quantity, outputs, gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Property_TheHazardOfAKindOfEvent_HasItsDifferencesAsDerivatives(int kind)
    {
        var head = Head("competing");
        var quantity = new ExplainedQuantity { Level = kind, Horizon = Duration.FromDays(60) };
        var outputs = Outputs(head, "competing");
        var gradient = new double[head.OutputCount];

        var value = ((IExplainedHead)head).Explain(outputs, quantity, gradient);

        CompareWithDifferences(head, quantity, outputs, gradient);

        // Hazards of all kinds add up to that of any: -log of who is free of each.
        var other = ((IExplainedHead)head).Explain(outputs, quantity with { Level = 3 - kind }, new double[head.OutputCount]);
        var incidence = (DigitalTwin.Models.Prediction.CumulativeIncidencePredictions)head.Predict([outputs]);
        var at = Array.FindLastIndex(incidence.GridDays, d => d <= 60);
        var free = 1 - incidence.Incidence[at] - incidence.Incidence[incidence.GridDays.Length + at];
        Assert.Equal(60, incidence.GridDays[at], 9);
        Assert.Equal(-Math.Log(free), Math.Exp(value) + Math.Exp(other), 5);
    }

    [Fact]
    public void Error_AnEventWithoutAHorizon_AndALevelThatIsNotThere_AreRefused()
    {
        var survival = (IExplainedHead)Head("survival");
        var binary = (IExplainedHead)Head("binary");

        Assert.Contains("horizon is missing", Assert.Throws<ArgumentException>(() => survival.Explain(new float[99], new ExplainedQuantity(), new double[99])).Message, StringComparison.Ordinal);
        Assert.Contains("there are 0 to 1", Assert.Throws<ArgumentException>(() => binary.Explain(new float[1], new ExplainedQuantity { Level = 2 }, new double[1])).Message, StringComparison.Ordinal);
    }

    private static void CompareWithDifferences(IOutcomeHead head, ExplainedQuantity quantity, float[] outputs, double[] gradient)
    {
        const float Step = 1 / 64f;
        for (var j = 0; j < outputs.Length; j++)
        {
            var (more, less) = (outputs.ToArray(), outputs.ToArray());
            more[j] += Step;
            less[j] -= Step;
            var scratch = new double[outputs.Length];
            var difference = (((IExplainedHead)head).Explain(more, quantity, scratch) - ((IExplainedHead)head).Explain(less, quantity, scratch)) / (more[j] - (double)less[j]);
            Assert.Equal(difference, gradient[j], 3);
        }
    }

    private static float[] Outputs(IOutcomeHead head, string kind)
    {
        var stream = new RandomStream(new StreamKey(4, 0, 0, 0, RandomPurpose.Outcome));
        float[] outputs = [.. Enumerable.Range(0, head.OutputCount).Select(_ => (float)Math.Round(stream.NextGaussian(), 2))];
        return kind == "ordinal" ? [.. outputs.Order()] : kind is "survival" or "competing" ? [.. outputs.Select(o => o - 1.5f)] : outputs;
    }

    private static IOutcomeHead Head(string kind)
    {
        double[] days = [10, 20, 30, 40, 60, 80, 90, 100];
        return kind switch
        {
            "binary" => new BinaryHead(new BinaryOutcome([true, false, true, false, true, false, true, false]), _ones),
            "categorical" => new CategoricalHead(new CategoricalOutcome([0, 1, 2, 0, 1, 2, 0, 1], ["a", "b", "c"], false), _ones),
            "ordinal" => new OrdinalHead(new CategoricalOutcome([0, 1, 2, 3, 1, 2, 0, 1], ["a", "b", "c", "d"], true), _ones),
            "continuous" => new ContinuousHead(new ContinuousOutcome([3, 5, 4, 8, 1, 9, 2, 6], "mm"), _ones),
            "survival" => new HazardHead(FollowedSubjects.Of(new SurvivalOutcome(days, [true, true, true, true, true, true, true, true], Duration.FromDays(100))), _ones, 8, 3),
            _ => new HazardHead(FollowedSubjects.Of(new CompetingRisksOutcome(days, [1, 2, 1, 2, 1, 2, 1, 2], ["a", "b"], Duration.FromDays(100))), _ones, 8, 3),
        };
    }
}
