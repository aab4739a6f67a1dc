using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Tests.Engine.Models.Network;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class NetworkEdgeAttributionTests
{
    private static readonly ExplainedQuantity _quantity = new() { Horizon = Duration.FromDays(300) };

    [Theory]
    [InlineData(ConvolutionKind.GraphConvolution, EndpointKind.Binary)]
    [InlineData(ConvolutionKind.GraphSageMean, EndpointKind.TimeToEvent)]
    [InlineData(ConvolutionKind.GraphSageMaximum, EndpointKind.Continuous)]
    [InlineData(ConvolutionKind.GraphIsomorphism, EndpointKind.Categorical)]
    [InlineData(ConvolutionKind.GraphAttention, EndpointKind.Binary)]
    [InlineData(ConvolutionKind.DynamicGraphAttention, EndpointKind.TimeToEvent)]
    public void Property_EdgesAddUpToWhatIsPredictedWithThemLessThatWithout(ConvolutionKind convolution, EndpointKind kind)
    {
        var cohort = new LayeredSubjects(90);
        var network = Train(cohort, kind, new NetworkLearnerOptions { Network = Ring(), Convolution = convolution, NodeWidths = [4, 4, 3], LearningRate = 0.01 });

        foreach (var row in new[] { 0, 1, 2 })
        {
            var subject = cohort.Inputs.Take([row]);
            var found = NetworkEdgeAttribution.Explain(network, subject, _quantity);

            Assert.DoesNotContain("allow more steps", found.Method, StringComparison.Ordinal);
            Assert.InRange(Math.Abs(found.Gap), 0, Allowed(found));
            Assert.Equal(found.Output - found.Baseline - found.Gap, found.Edges.Sum(e => e.Value), 6);
            Assert.Equal(EnsembleMembers.Of(network).Average(m => _quantity.Of(m.Member.Predict(subject))[0]), found.Output, 3);
            Assert.True(found.Edges.Sum(e => Math.Abs(e.Value)) > 1e-3);
            Assert.Equal(40, found.Edges.Count);
            Assert.All(found.Edges, e => Assert.Equal(3, e.Members.Count));
        }
    }

    // The outcome is what gene S holds. Only the pathway of T and its fellows is read, and S has no edge but that to T.
    [Theory]
    [InlineData(ConvolutionKind.GraphConvolution)]
    [InlineData(ConvolutionKind.GraphIsomorphism)]
    public void Property_TheEdgeThatCarriesTheSignalIsFirst_AndRanksAreThoseOfLeavingEdgesOut(ConvolutionKind convolution)
    {
        string[] genes = ["S", "T", "P1", "P2", "P3", "P4", "N1", "N2", "N3", "N4"];
        var builder = new GeneNetworkBuilder();
        foreach (var (first, second) in new[] { ("S", "T"), ("P1", "T"), ("P2", "T"), ("N1", "P1"), ("N2", "P2"), ("N3", "P3"), ("N4", "P4"), ("P3", "P4"), ("P1", "P2") })
        {
            builder.AddEdge(new GeneSymbol(first), new GeneSymbol(second), EdgeType.Association, EdgeSign.Unknown, 1, "made up", isDirected: false);
        }

        var ids = MadeUpSubjects.Ids(200);
        var values = MadeUpSubjects.Gaussians(ids.Length * genes.Length, 31);
        var noise = MadeUpSubjects.Gaussians(ids.Length, 32);
        var inputs = new SubjectInputs(ids, [], [MadeUpSubjects.Layer("rna", ids, genes, (i, f) => values[(i * genes.Length) + f])], null, null);
        var outcome = new ContinuousOutcome([.. Enumerable.Range(0, ids.Length).Select(i => (2 * values[i * genes.Length]) + (0.5 * noise[i]))], "mm");
        var pathway = new PathwaySets([new GeneSet("read", "", [.. new[] { "T", "P1", "P2", "P3", "P4" }.Select(g => new GeneSymbol(g))])]);
        var network = Train(new LearningProblem(inputs, outcome), 1, 200, new NetworkLearnerOptions { LearningRate = 0.01, Patience = 40, Network = builder.Build(), Pathways = pathway, Convolution = convolution });

        var (found, leftOut) = (new List<(GeneSymbol First, GeneSymbol Second, double Value)>(), new List<double>());
        var moved = 0.0;
        foreach (var row in Enumerable.Range(0, 20))
        {
            var subject = inputs.Take([row]);
            var edges = NetworkEdgeAttribution.Explain(network, subject, _quantity);
            var without = WithoutEach(network, subject);
            found.AddRange(edges.Edges.Select(e => (e.First, e.Second, e.Value)));
            leftOut.AddRange(edges.Edges.Select(e => without[(e.First, e.Second)]));
            moved += Math.Abs(edges.Output - edges.Baseline) / 20;
            Assert.InRange(Math.Abs(edges.Gap), 0, Allowed(edges));
        }

        var sizes = found.GroupBy(e => (e.First, e.Second)).Select(g => (Edge: g.Key, Size: g.Sum(e => Math.Abs(e.Value)) / 20)).OrderByDescending(e => e.Size).ToArray();
        Assert.Equal((new GeneSymbol("S"), new GeneSymbol("T")), sizes[0].Edge);
        Assert.True(sizes[0].Size > 3 * sizes[1].Size, $"{sizes[0].Size:0.00} against {sizes[1].Size:0.00}");
        Assert.InRange(moved, 0.5, 3);
        var agreement = RankCorrelation([.. found.Select(e => e.Value)], [.. leftOut]);
        Assert.True(agreement > 0.7, $"rank correlation {agreement:0.000}");
    }

    [Fact]
    public void Property_ThreadsChangeNothing_AndTheSpreadIsThatOfTheMembers()
    {
        var cohort = new LayeredSubjects(90);
        var problem = new LearningProblem(cohort.Inputs, cohort.Outcome(EndpointKind.Binary));
        var options = new NetworkLearnerOptions { Network = Ring() };
        var one = NetworkEdgeAttribution.Explain(Train(problem, 1, 4, options), cohort.Inputs.Take([4]), _quantity);
        var four = NetworkEdgeAttribution.Explain(Train(problem, 4, 4, options), cohort.Inputs.Take([4]), _quantity);

        Assert.Equal(one.Edges.Select(e => (e.First, e.Second)), four.Edges.Select(e => (e.First, e.Second)));
        Assert.Equal(one.Edges.SelectMany(e => e.Members), four.Edges.SelectMany(e => e.Members));
        Assert.Contains(one.Edges, e => e.Spread > 0);
    }

    [Fact]
    public void Property_TheBaselineIsThatOfNodesWhichHearNoNeighbourButThemselves()
    {
        var cohort = new LayeredSubjects(90);
        var network = Train(cohort, EndpointKind.Binary, new NetworkLearnerOptions { Network = Ring(), LearningRate = 0.01 }).Only(0);
        var subject = cohort.Inputs.Take([1]);
        using var backend = new SimdBackend(1);
        using var member = new ExplainedMember(backend, network, 0, network.Inputs.Encode(subject), _quantity, null);
        using var path = new EdgePath(member);
        var values = new double[3];
        float[] shut = [.. new float[40]];

        path.Evaluate([.. shut, 1, .. shut, 0, .. Enumerable.Repeat(1f, 41)], values, new float[3 * 41]);
        var found = NetworkEdgeAttribution.Explain(network, subject, _quantity);

        Assert.Equal(values[0], found.Baseline, 6);
        Assert.True(Math.Abs(values[1] - found.Baseline) > 1e-4);
        Assert.Equal(_quantity.Of(network.Predict(subject))[0], values[2], 4);
    }

    [Fact]
    public void Property_ASubjectWithoutMolecularLayersHasNothingFromEdges()
    {
        var cohort = new LayeredSubjects(90, missingShare: 0.3);
        var network = Train(cohort, EndpointKind.Binary, new NetworkLearnerOptions { Network = Ring() });
        var missing = Enumerable.Range(0, 90).First(i => float.IsNaN(cohort.Inputs.Layers[0].Layer.Row(i)[0]));

        var found = NetworkEdgeAttribution.Explain(network, cohort.Inputs.Take([missing]), _quantity);

        Assert.All(found.Edges, e => Assert.Equal(0, e.Value));
        Assert.Equal(found.Baseline, found.Output);
    }

    [Fact]
    public void Property_OnTopOfALinearModel_WhatTheEdgesOfTheResidualAddIsToldByItsPart_IfAsked()
    {
        var (linear, inputs, cohort) = LinearAttributionTests.Fitted(EndpointKind.Binary, 0);
        using var backend = new SimdBackend(1);
        var options = Options(6, new NetworkLearnerOptions { Network = Ring() }) with { WeighsResidual = false };
        var network = new NetworkLearner(options).Fit(
            new LearningProblem(inputs, cohort.Outcome(EndpointKind.Binary)), new LearningContext(2, backend, 1, TestContext.Current.CancellationToken), linear.Predict(inputs));
        var subject = inputs.Take([2]);

        var found = NetworkEdgeAttribution.Explain(network, subject, _quantity, linear.Predict(subject));

        Assert.Equal(NetworkAttribution.Explain(network, subject, _quantity, start: linear.Predict(subject)).Output, found.Output, 5);
        Assert.Equal(_quantity.Of(network.Predict(subject, linear.Predict(subject)))[0], found.Output, 2);
        Assert.Contains(found.Edges, e => Math.Abs(e.Value) > 1e-4);
        Assert.Equal(found.Output - found.Baseline - found.Gap, found.Edges.Sum(e => e.Value), 6);
        Assert.Contains("on top", Assert.Throws<ArgumentException>(() => NetworkEdgeAttribution.Explain(network, subject, _quantity)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_AModelIsAskedAboutEdgesOnlyOnRequest_AndItsFeaturesStayTheSame()
    {
        var cohort = new LayeredSubjects(90);
        var network = Train(cohort, EndpointKind.Binary, new NetworkLearnerOptions { Network = Ring() });
        var subject = cohort.Inputs.Take([0]);
        var findings = new List<string>();

        var (asked, _) = ModelExplanation.Read(network, subject, _quantity, new ExplanationOptions { ReadsEdges = true }, findings);
        var (plain, _) = ModelExplanation.Read(network, subject, _quantity, new ExplanationOptions(), findings);
        var (bare, _) = ModelExplanation.Read(Train(cohort, EndpointKind.Binary, new NetworkLearnerOptions()), subject, _quantity, new ExplanationOptions { ReadsEdges = true }, findings);

        Assert.Equal(40, Assert.Single(asked).Edges!.Edges.Count);
        Assert.Null(Assert.Single(plain).Edges);
        Assert.Null(Assert.Single(bare).Edges);
        Assert.Empty(findings);
        Assert.Equal(plain[0].Attribution.Features.SelectMany(f => f.Members), asked[0].Attribution.Features.SelectMany(f => f.Members));
    }

    [Fact]
    public void Error_NetworksWithoutGraphLayers_OrOverSeveralRelations_AreRefused()
    {
        var cohort = new LayeredSubjects(90);
        var subject = cohort.Inputs.Take([0]);
        var options = new NetworkLearnerOptions { Network = Ring() };
        var graph = Train(cohort, EndpointKind.Binary, options);
        var relational = new NetworkPredictor(graph.Inputs, graph.Head, graph.Options with { Convolution = ConvolutionKind.Relational }, [.. graph.Members], null, 1, []);
        var findings = new List<string>();

        Assert.Contains("convolution None", Refused(Train(cohort, EndpointKind.Binary, options with { Convolution = ConvolutionKind.None })), StringComparison.Ordinal);
        Assert.Contains("1 node widths", Refused(Train(cohort, EndpointKind.Binary, options with { NodeWidths = [4] })), StringComparison.Ordinal);
        Assert.Contains("is on a gene network", Refused(Train(cohort, EndpointKind.Binary, new NetworkLearnerOptions())), StringComparison.Ordinal);
        Assert.Contains("of several relations", Assert.Throws<NotSupportedException>(() => NetworkEdgeAttribution.Explain(relational, subject, _quantity)).Message, StringComparison.Ordinal);

        string Refused(NetworkPredictor network) => Assert.Throws<ArgumentException>(() => NetworkEdgeAttribution.Explain(network, subject, _quantity)).Message;
    }

    /// <summary>What members may miss by the default options, each by itself.</summary>
    private static double Allowed(EdgeAttributions found) => 1e-5 + Enumerable.Range(0, 3).Average(m =>
        Math.Max(0.0102 * Math.Abs(found.Edges.Sum(e => e.Members[m])), 0.003 * found.Edges.Sum(e => Math.Abs(e.Members[m]))));

    // The prediction less that with one edge shut, mean over members.
    private static Dictionary<(GeneSymbol, GeneSymbol), double> WithoutEach(NetworkPredictor network, SubjectInputs subject)
    {
        using var backend = new SimdBackend(1);
        var molecular = network.Inputs.Modalities.OfType<MolecularEncoding>().Single();
        var numbers = network.Inputs.Encode(subject);
        var sums = new double[molecular.Network.EdgeCount];
        IReadOnlyList<(int First, int Second)> edges = [];
        for (var m = 0; m < network.Members.Count; m++)
        {
            using var member = new ExplainedMember(backend, network, m, numbers, _quantity, null);
            using var path = new EdgePath(member);
            var points = Enumerable.Repeat(1f, (sums.Length + 1) * path.InputCount).ToArray();
            for (var k = 0; k < sums.Length; k++)
            {
                points[(k * path.InputCount) + k] = 0;
            }

            var values = new double[sums.Length + 1];
            path.Evaluate(points, values, new float[points.Length]);
            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] += (values[^1] - values[k]) / network.Members.Count;
            }

            edges = path.Edges;
        }

        var nodes = molecular.Network.Nodes;
        return Enumerable.Range(0, sums.Length).ToDictionary(k => (nodes[edges[k].First].Symbol, nodes[edges[k].Second].Symbol), k => sums[k]);
    }

    private static double RankCorrelation(double[] first, double[] second)
    {
        static double[] Ranks(double[] values) => [.. values.Select(v => (double)values.Count(o => o < v))];
        return MathNet.Numerics.Statistics.Correlation.Pearson(Ranks(first), Ranks(second));
    }

    private static GeneNetwork Ring()
    {
        var builder = new GeneNetworkBuilder();
        for (var k = 0; k < 40; k++)
        {
            builder.AddEdge(new GeneSymbol($"rna{k}"), new GeneSymbol($"rna{(k + 1) % 40}"), EdgeType.Association, EdgeSign.Unknown, 1, "ring", isDirected: false);
        }

        return builder.Build();
    }

    private static NetworkLearnerOptions Options(int epochs, NetworkLearnerOptions options) =>
        options with { MemberCount = 3, InnerFoldCount = 3, EpochCount = epochs, TokenWidth = 8, HiddenWidth = 8, Fusion = FusionKind.Early };

    private static NetworkPredictor Train(LayeredSubjects cohort, EndpointKind kind, NetworkLearnerOptions options) =>
        Train(new LearningProblem(cohort.Inputs, cohort.Outcome(kind)), 1, 20, options);

    private static NetworkPredictor Train(LearningProblem problem, int threadCount, int epochs, NetworkLearnerOptions options)
    {
        using var backend = new SimdBackend(1);
        return (NetworkPredictor)new NetworkLearner(Options(epochs, options)).Fit(problem, new LearningContext(2, backend, threadCount, TestContext.Current.CancellationToken));
    }
}
