using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Storage;

/// <summary>What explains a model looks deeper into it than predictions do: coefficients, nodes, edges.</summary>
public sealed class StoredExplanationTests
{
    [Fact]
    public void Property_FeaturesAndEdgesOfANetworkReadBack_AreExplainedAlike()
    {
        var (predictor, inputs) = StoredModels.Get("network", EndpointKind.Binary);
        var (before, after) = ((NetworkPredictor)predictor, (NetworkPredictor)OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1));
        var (subject, quantity) = (inputs.Take([7]), new ExplainedQuantity { Level = 1 });

        var (features, again) = (NetworkAttribution.Explain(before, subject, quantity), NetworkAttribution.Explain(after, subject, quantity));
        var (edges, edgesAgain) = (NetworkEdgeAttribution.Explain(before, subject, quantity).Edges, NetworkEdgeAttribution.Explain(after, subject, quantity).Edges);

        Assert.Contains(edges, e => e.Value != 0);
        Assert.Equal(features.Features.Select(f => (f.Feature, f.Value)), again.Features.Select(f => (f.Feature, f.Value)));
        Assert.Equal(edges.Select(e => (e.First, e.Second, e.Value)), edgesAgain.Select(e => (e.First, e.Second, e.Value)));
    }

    [Fact]
    public void Property_TermsOfALinearModelReadBack_AreTheSame()
    {
        var (predictor, inputs) = StoredModels.Get("late-fused", EndpointKind.TimeToEvent);
        var read = OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1);
        var (subject, quantity) = (inputs.Take([3]), new ExplainedQuantity());

        var (before, after) = (LinearAttribution.Explain(predictor, subject, quantity), LinearAttribution.Explain(read, subject, quantity));

        Assert.Equal(before.Features.Select(f => (f.Feature, f.Value)), after.Features.Select(f => (f.Feature, f.Value)));
    }
}
