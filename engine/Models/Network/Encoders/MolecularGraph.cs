using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Networks.Genes.Operations;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>The part of the gene network that a cohort speaks of: nodes that carry features or are targets of drugs, and nodes that join them. As a control
/// its edges can be exchanged at random.</summary>
internal sealed class MolecularGraph : IStored
{
    /// <summary>Share of a signal that goes on to the neighbours, and steps it goes.</summary>
    private const double Passed = 0.5;
    private const int Steps = 3;

    private MolecularGraph(GeneNetwork network, IReadOnlyList<LayerPlacement> placements, CatalogResolver resolver)
    {
        (Network, Placements, Resolver) = (network, placements, resolver);
        Matrix = NetworkMatrix.Whole(network, value: CellValue.Weight).Matrix;
    }

    public GeneNetwork Network { get; }

    /// <summary>Layers that are on the network.</summary>
    public IReadOnlyList<LayerPlacement> Placements { get; }

    /// <summary>Answers for the whole network that this is a part of.</summary>
    public CatalogResolver Resolver { get; }

    /// <summary>Edges both ways with their weights, shape [nodes, nodes].</summary>
    public CsrMatrix Matrix { get; }

    /// <summary>Null where there is no network, nothing is on it, or no edge joins what is.</summary>
    public static MolecularGraph? Find(SubjectInputs training, NetworkLearnerOptions options, List<string> findings)
    {
        if (NetworkCoverage.Of(training, options) is not { Part: { } part } coverage)
        {
            return null;
        }

        if (part.Network.EdgeCount == 0)
        {
            findings.Add(coverage.WithoutEdges);
            return null;
        }

        var network = options.RewiringSeed is { } seed ? DegreePreservingRewiring.Rewire(part.Network, seed).Network : part.Network;
        findings.Add($"The network has {network.NodeCount} nodes ({part.Added.Count} of them only join others) and {network.EdgeCount} edges{(options.RewiringSeed is null ? "" : ", exchanged at random")}.");
        return new MolecularGraph(network, coverage.OnNetwork, coverage.Resolver);
    }

    /// <summary>The network only: what training subjects were laid on it is in the encodings.</summary>
    public void Write(ModelWriter writer) => writer.Part(writer.Same(Network, StoredNetwork.AreSame));

    public static MolecularGraph Read(ModelReader reader)
    {
        var network = reader.Part<GeneNetwork>();
        return new MolecularGraph(network, [], new CatalogResolver(network));
    }

    /// <summary>How much of a signal at one gene arrives at each node when half goes on to the neighbours at each of three steps; 1 at the gene itself.</summary>
    /// <returns>Shape [nodes]; null where the network does not hold the gene.</returns>
    public double[]? Diffuse(string gene)
    {
        if (!GeneSymbol.TryParse(gene, out var symbol) || !Network.TryIndexOf(symbol, out var start))
        {
            return null;
        }

        var (signal, arrived) = (new double[Network.NodeCount], new double[Network.NodeCount]);
        signal[start] = 1;
        for (var step = 0; step <= Steps; step++)
        {
            var next = new double[Network.NodeCount];
            for (var i = 0; i < signal.Length; i++)
            {
                arrived[i] += signal[i];
                Spread(i, signal[i], next);
            }

            signal = next;
        }

        var own = arrived[start];
        return Array.ConvertAll(arrived, a => a / own);
    }

    private void Spread(int node, double signal, double[] next)
    {
        var (from, to) = (Matrix.RowOffsets[node], Matrix.RowOffsets[node + 1]);
        var total = 0.0;
        for (var e = from; e < to && signal != 0; e++)
        {
            total += Matrix.Values![e];
        }

        for (var e = from; e < to && total > 0; e++)
        {
            next[Matrix.ColumnIndices[e]] += Passed * signal * Matrix.Values![e] / total;
        }
    }
}
