using System.Globalization;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Integrated gradients over the edges of the gene network, member by member: what each edge adds to a prediction.</summary>
/// <remarks>Source: [Sundararajan2017], on edges as a graph explanation [SanchezLengeling2020]. What is integrated is one factor on each edge, of both its
/// directions, in all graph layers, from 0 to 1 for all edges together; the features are the subject's all along. The factor stands on the coefficient that a layer
/// multiplies by: the weight divided by degrees in graph convolutions and means, the weight itself in isomorphism layers, the share after the softmax in attention,
/// the numbers that are carried where the greatest counts. Degrees and softmax stay those of the whole network: at 0 nobody hears a neighbour, and what a layer adds of
/// a node itself keeps its share. Pools of nodes by pathways are no edges, and stay whole.</remarks>
public static class NetworkEdgeAttribution
{
    /// <summary>Explains one subject.</summary>
    /// <param name="network">With a molecular part.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="quantity">What is explained, on its link scale.</param>
    /// <param name="start">What the other model predicts for the subject; null where the network was trained on its own.</param>
    /// <param name="options">Steps and tolerances.</param>
    /// <exception cref="ArgumentException">The model sends nothing along edges, there is not one subject, or a prediction to start from is missing or too many.</exception>
    /// <exception cref="NotSupportedException">The head has no explained quantity, or the graph layers have no gates on their edges.</exception>
    public static EdgeAttributions Explain(
        NetworkPredictor network, SubjectInputs subject, ExplainedQuantity quantity, OutcomePredictions? start = null, PathIntegralOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        var molecular = Molecular(network) ?? throw new ArgumentException(WithoutEdges(network), nameof(network));
        if (!HasGates(network.Options.Convolution))
        {
            throw new NotSupportedException(WithoutGates(network));
        }

        var settings = options ?? new PathIntegralOptions();
        var offset = NetworkAttribution.OffsetOf(network, start);
        var numbers = network.Inputs.Encode(subject);
        IReadOnlyList<(int First, int Second)>? edges = null;
        var paths = MemberWork.Run(network.Members.Count, null, network.ThreadCount, (member, backend) =>
        {
            using var asked = new ExplainedMember(backend, network, member, numbers, quantity, offset);
            using var path = new EdgePath(asked);
            if (member == 0)
            {
                edges = path.Edges;
            }

            float[] whole = [.. Enumerable.Repeat(1f, path.InputCount)];
            float[] nothing = [.. Enumerable.Repeat(0f, path.InputCount - 1), 1f];
            return PathIntegral.Of(path, whole, nothing, settings);
        });
        var nodes = molecular.Network.Nodes;
        return new EdgeAttributions(
            subject.Subjects[0],
            [
                .. edges!
                    .Select((e, k) => new EdgeAttribution(nodes[e.First].Symbol, nodes[e.Second].Symbol, [.. paths.Select(p => p.Contributions[k])]))
                    .OrderByDescending(e => Math.Abs(e.Value)).ThenBy(e => e.First).ThenBy(e => e.Second),
            ],
            paths.Average(p => p.Start),
            paths.Average(p => p.End),
            paths.Average(p => p.Gap),
            Sentence(paths, offset is not null, settings));
    }

    /// <summary>Whether edges have a part in what a network predicts.</summary>
    internal static bool HasEdges(NetworkPredictor network) => Molecular(network) is not null;

    /// <summary>Whether graph layers of a kind have gates on their edges.</summary>
    internal static bool HasGates(ConvolutionKind kind) => kind is ConvolutionKind.GraphConvolution or ConvolutionKind.GraphSageMean or ConvolutionKind.GraphSageMaximum
        or ConvolutionKind.GraphIsomorphism or ConvolutionKind.GraphAttention or ConvolutionKind.DynamicGraphAttention;

    // Null where nothing is sent along edges.
    private static MolecularEncoding? Molecular(NetworkPredictor network) => network.Options is { Convolution: not ConvolutionKind.None, NodeWidths.Count: > 1 }
        ? network.Inputs.Modalities.OfType<MolecularEncoding>().FirstOrDefault()
        : null;

    private static string WithoutEdges(NetworkPredictor network) => network.Inputs.Modalities.Any(m => m is MolecularEncoding)
        ? $"The network was trained with the convolution {network.Options.Convolution} and {network.Options.NodeWidths.Count} node widths: it has no graph layer, so that no edge has a part in its predictions. Train it with a convolution and two widths."
        : "No layer of this model is on a gene network, so that no edge has a part in its predictions.";

    private static string WithoutGates(NetworkPredictor network) =>
        $"The edges of {network.Options.Convolution} layers are of several relations, on which no gates stand: what each adds cannot be told. Train the network with another convolution, such as {ConvolutionKind.GraphConvolution}.";

    private static string Sentence(PathIntegral[] paths, bool isResidual, PathIntegralOptions options)
    {
        var what = isResidual ? "what the network adds to the model it starts from" : "the network";
        return string.Create(CultureInfo.InvariantCulture, $"Integrated gradients over the edges of {what}, against no edge, {paths.Max(p => p.StepCount)} steps, {paths.Length} members")
            + PathIntegral.Openness(paths, options);
    }
}
