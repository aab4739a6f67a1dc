using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class NetworkAttributionTests
{
    private static readonly ExplainedQuantity _quantity = new() { Horizon = Duration.FromDays(300) };

    [Theory]
    [InlineData(EndpointKind.Binary, FusionKind.Early)]
    [InlineData(EndpointKind.TimeToEvent, FusionKind.Late)]
    [InlineData(EndpointKind.Continuous, FusionKind.Bottleneck)]
    public void Property_ContributionsAddUpToTheDifference_AndTheOutputIsThatOfTheMembers(EndpointKind kind, FusionKind fusion)
    {
        var cohort = new LayeredSubjects(90, withTreatments: true, missingShare: 0.2);
        var network = Train(cohort, kind, fusion);

        foreach (var row in new[] { 0, 1, 2, 3 })
        {
            var subject = cohort.Inputs.Take([row]);
            var found = NetworkAttribution.Explain(network, subject, _quantity);

            var difference = found.Output - found.Baseline;
            var allowed = Enumerable.Range(0, 3).Average(m => Math.Max(0.0102 * Math.Abs(found.Features.Sum(f => f.Members[m])), 0.003 * found.Features.Sum(f => Math.Abs(f.Members[m]))));
            Assert.DoesNotContain("allow more steps", found.Method, StringComparison.Ordinal);
            Assert.InRange(Math.Abs(found.Gap), 0, allowed + 1e-5);
            Assert.Equal(difference - found.Gap, found.Features.Sum(f => f.Value), 6);
            var members = EnsembleMembers.Of(network).Select(m => _quantity.Of(m.Member.Predict(subject))[0]).ToArray();
            Assert.Equal(members.Average(), found.Output, 3);
            Assert.NotEqual(0, difference);
        }
    }

    [Fact]
    public void Property_AModalityThatIsMissingHasNoPart_AndAgainstItselfNothingHas()
    {
        var cohort = new LayeredSubjects(90, missingShare: 0.3);
        var network = Train(cohort, EndpointKind.Binary, FusionKind.Early);
        var missing = Enumerable.Range(0, 90).First(i => float.IsNaN(cohort.Inputs.Layers[0].Layer.Row(i)[0]));
        var present = Enumerable.Range(0, 90).First(i => cohort.Inputs.Layers.All(l => !float.IsNaN(l.Layer.Row(i)[0])));
        var subject = cohort.Inputs.Take([missing]);

        // Against a subject that has the layer: its numbers differ along the path, and are hidden all the way.
        var found = NetworkAttribution.Explain(network, subject, _quantity, baseline: cohort.Inputs.Take([present]));
        var against = NetworkAttribution.Explain(network, subject, _quantity, baseline: subject);

        Assert.All(found.Features.Where(f => f.Feature.Source == "rna"), f => Assert.All(f.Members, m => Assert.Equal(0, m)));
        Assert.Contains(found.Features, f => f.Feature.Source == "noise" && f.Value != 0);
        Assert.All(against.Features, f => Assert.Equal(0, f.Value));
    }

    [Fact]
    public void Property_ThreadsChangeNothing_AndTheSpreadIsThatOfTheMembers()
    {
        var cohort = new LayeredSubjects(90);
        var problem = new LearningProblem(cohort.Inputs, cohort.Outcome(EndpointKind.Binary));
        var one = NetworkAttribution.Explain(Train(problem, FusionKind.Early), cohort.Inputs.Take([4]), _quantity);
        var other = NetworkAttribution.Explain(Train(problem, FusionKind.Early, threadCount: 3), cohort.Inputs.Take([4]), _quantity);

        Assert.Equal(one.Features.SelectMany(f => f.Members), other.Features.SelectMany(f => f.Members));
        Assert.All(one.Features, f => Assert.Equal(3, f.Members.Count));
        Assert.Contains(one.Features, f => f.Spread > 0);
    }

    [Fact]
    public void Property_LayersThatCarryTheSignalHaveMoreThanTheOneThatDoesNot()
    {
        var cohort = new LayeredSubjects(200);
        var network = Train(cohort, EndpointKind.Continuous, FusionKind.Early, epochs: 40);

        var sizes = Enumerable.Range(0, 20).SelectMany(i => NetworkAttribution.Explain(network, cohort.Inputs.Take([i]), _quantity).BySource())
            .GroupBy(s => s.Feature.Source).ToDictionary(g => g.Key, g => g.Average(s => Math.Abs(s.Value)));

        Assert.True(sizes["rna"] > 2 * sizes["noise"], $"rna {sizes["rna"]:0.000}, noise {sizes["noise"]:0.000}");
        Assert.True(sizes["protein"] > 2 * sizes["noise"], $"protein {sizes["protein"]:0.000}, noise {sizes["noise"]:0.000}");
    }

    [Fact]
    public void Property_OnAGeneNetwork_NodesAndEdgesAreNamed_TheGreatestFirst()
    {
        var cohort = new LayeredSubjects(90);
        var builder = new GeneNetworkBuilder();
        for (var k = 0; k < 40; k++)
        {
            builder.AddEdge(new GeneSymbol($"rna{k}"), new GeneSymbol($"rna{(k + 1) % 40}"), EdgeType.Association, EdgeSign.Unknown, 1, "ring", isDirected: false);
        }

        var network = Train(cohort, EndpointKind.Binary, FusionKind.Early, options: new NetworkLearnerOptions { Network = builder.Build() });
        var subject = cohort.Inputs.Take([0]);

        var found = NetworkAttribution.Explain(network, subject, _quantity);
        var edges = NetworkEdgeAttribution.Explain(network, subject, _quantity).Edges;

        Assert.Contains(found.Features, f => f.Feature == new FeatureName("rna", "rna7"));
        Assert.Equal(40, edges.Count);
        Assert.True(Math.Abs(edges[0].Value) >= Math.Abs(edges[^1].Value));
        Assert.Contains(edges, e => e.Value != 0);
        Assert.All(edges, e => Assert.Equal(3, e.Members.Count));
        Assert.All(edges, e => Assert.InRange(Math.Abs(Number(e.First) - Number(e.Second)) % 38, 1, 1));
    }

    [Fact]
    public void Property_OnTopOfALinearModel_OnlyTheResidualIsExplained()
    {
        var (linear, inputs, cohort) = LinearAttributionTests.Fitted(EndpointKind.Binary, 0);
        using var backend = new SimdBackend(1);
        var start = linear.Predict(inputs);
        var network = new NetworkLearner(Options(FusionKind.Early, 6) with { WeighsResidual = false })
            .Fit(new LearningProblem(inputs, cohort.Outcome(EndpointKind.Binary)), new LearningContext(2, backend, 1, TestContext.Current.CancellationToken), start);
        var subject = inputs.Take([2]);

        var found = NetworkAttribution.Explain(network, subject, _quantity, start: linear.Predict(subject));

        var logit = _quantity.Of(start)[2];
        var atMean = found.Baseline - logit;
        Assert.InRange(found.Features.Sum(f => f.Value), found.Output - logit - atMean - 0.02, found.Output - logit - atMean + 0.02);
        Assert.Throws<ArgumentException>(() => NetworkAttribution.Explain(network, subject, _quantity));
    }

    [Fact]
    public void Error_SeveralSubjectsAtOnce_AndAModelWithoutANetwork_AreRefused()
    {
        var cohort = new LayeredSubjects(90);
        var network = Train(cohort, EndpointKind.Binary, FusionKind.Early);
        var subject = cohort.Inputs.Take([0]);

        Assert.Contains("one is explained at a time", Assert.Throws<ArgumentException>(() => NetworkAttribution.Explain(network, cohort.Inputs, _quantity)).Message, StringComparison.Ordinal);
        Assert.Contains("no edge has a part", Assert.Throws<ArgumentException>(() => NetworkEdgeAttribution.Explain(network, subject, _quantity)).Message, StringComparison.Ordinal);
    }

    private static int Number(GeneSymbol gene) => int.Parse(gene.Value.AsSpan(3), System.Globalization.CultureInfo.InvariantCulture);

    private static NetworkLearnerOptions Options(FusionKind fusion, int epochs, NetworkLearnerOptions? options = null) =>
        (options ?? new NetworkLearnerOptions()) with { MemberCount = 3, InnerFoldCount = 3, EpochCount = epochs, TokenWidth = 8, HiddenWidth = 8, Fusion = fusion };

    private static NetworkPredictor Train(LayeredSubjects cohort, EndpointKind kind, FusionKind fusion, int epochs = 8, NetworkLearnerOptions? options = null) =>
        Train(new LearningProblem(cohort.Inputs, cohort.Outcome(kind)), fusion, epochs, 1, options);

    private static NetworkPredictor Train(LearningProblem problem, FusionKind fusion, int epochs = 8, int threadCount = 1, NetworkLearnerOptions? options = null)
    {
        using var backend = new SimdBackend(1);
        return (NetworkPredictor)new NetworkLearner(Options(fusion, epochs, options)).Fit(
            problem, new LearningContext(2, backend, threadCount, TestContext.Current.CancellationToken));
    }
}
