using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>How much an edge of the network moved a prediction.</summary>
/// <param name="First">Node at one end.</param>
/// <param name="Second">Node at the other end.</param>
/// <param name="Members">Prediction with the edge less that without it, of each member, on the link scale.</param>
public sealed record EdgeAttribution(GeneSymbol First, GeneSymbol Second, IReadOnlyList<double> Members)
{
    /// <summary>Mean over the members.</summary>
    public double Value { get; } = Members.Average();

    /// <summary>Standard deviation over the members; NaN for one.</summary>
    public double Spread { get; } = FeatureAttribution.SpreadOf(Members);
}

/// <summary>Attribution of edges by leaving them out one at a time.</summary>
/// <remarks>Occlusion, as a baseline of [SanchezLengeling2020], and not gradients of edge gates: graph layers multiply by one matrix that all subjects share, whose values
/// carry no gradient. Only the edges between the nodes with most contributions are tried, each with a network of its own weights set to 0 both ways (the degrees of its
/// ends fall too). Effects of edges do not add up to the prediction.</remarks>
public static class EdgeOcclusion
{
    /// <summary>The edges that moved the prediction most, the greatest first.</summary>
    /// <param name="network">With a molecular part.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="quantity">What is explained, on its link scale.</param>
    /// <param name="features">Attribution of the same subject, which says which nodes matter.</param>
    /// <param name="edgeCount">Edges that are tried.</param>
    /// <param name="start">What the other model predicts for the subject; null where the network was trained on its own.</param>
    /// <exception cref="ArgumentException">The model has no gene network, or there is not one subject.</exception>
    public static IReadOnlyList<EdgeAttribution> Explain(
        NetworkPredictor network, SubjectInputs subject, ExplainedQuantity quantity, PredictionAttribution features, int edgeCount = 25, OutcomePredictions? start = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(quantity);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(edgeCount);
        OneSubject.Check(subject, nameof(subject));
        var molecular = network.Inputs.Modalities.OfType<MolecularEncoding>().FirstOrDefault()
            ?? throw new ArgumentException("No layer of this model is on a gene network, so that no edge has a part in its predictions.", nameof(network));
        var offset = NetworkAttribution.OffsetOf(network, start);
        var numbers = network.Inputs.Encode(subject);
        float[] point = [.. numbers.SelectMany(n => n.Values)];
        var candidates = Candidates(molecular, features, edgeCount);
        InputEncoding[] encodings = [network.Inputs, .. candidates.Select(c => network.Inputs.With(molecular, molecular.Over(Without(molecular.Matrix, c.First, c.Second))))];
        var values = MemberWork.Run(network.Members.Count, null, network.ThreadCount, (member, backend) => Array.ConvertAll(encodings, inputs =>
        {
            using var path = new NetworkPath(backend, network, inputs, member, numbers, quantity, offset);
            var value = new double[1];
            path.Evaluate(point, value, new float[point.Length]);
            return value[0];
        }));
        var nodes = molecular.Network.Nodes;
        return
        [
            .. candidates
                .Select((c, k) => new EdgeAttribution(nodes[c.First].Symbol, nodes[c.Second].Symbol, [.. values.Select(v => v[0] - v[k + 1])]))
                .OrderByDescending(e => Math.Abs(e.Value)).ThenBy(e => e.First).ThenBy(e => e.Second),
        ];
    }

    // Contributions at both ends, thinned by the degrees that a message is divided by.
    private static (int First, int Second)[] Candidates(MolecularEncoding molecular, PredictionAttribution features, int count)
    {
        var weights = new double[molecular.Network.NodeCount];
        foreach (var feature in features.Features)
        {
            if (GeneSymbol.TryParse(feature.Feature.Feature, out var symbol) && molecular.Network.TryIndexOf(symbol, out var node))
            {
                weights[node] += Math.Abs(feature.Value);
            }
        }

        var matrix = molecular.Matrix;
        double Degree(int node) => 1 + matrix.RowOffsets[node + 1] - matrix.RowOffsets[node];
        var edges =
            from row in Enumerable.Range(0, matrix.RowCount)
            from cell in Enumerable.Range(matrix.RowOffsets[row], matrix.RowOffsets[row + 1] - matrix.RowOffsets[row])
            let column = matrix.ColumnIndices[cell]
            where row < column
            let weight = (weights[row] + weights[column]) / Math.Sqrt(Degree(row) * Degree(column))
            orderby weight descending, row, column
            select (row, column);
        return [.. edges.Take(count)];
    }

    private static CsrMatrix Without(CsrMatrix matrix, int first, int second)
    {
        var values = new float[matrix.EdgeCount];
        for (var row = 0; row < matrix.RowCount; row++)
        {
            for (var e = matrix.RowOffsets[row]; e < matrix.RowOffsets[row + 1]; e++)
            {
                var column = matrix.ColumnIndices[e];
                var isOut = (row == first && column == second) || (row == second && column == first);
                values[e] = isOut ? 0 : matrix.Values?[e] ?? 1;
            }
        }

        return new CsrMatrix(matrix.RowCount, matrix.ColumnCount, matrix.RowOffsets, matrix.ColumnIndices, values);
    }
}
