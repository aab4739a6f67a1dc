using QuikGraph.Algorithms.ConnectedComponents;

namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>Components of a network: nodes that reach one another when direction is left aside.</summary>
public static class LargestComponent
{
    /// <summary>The component of most nodes; of two as large, the one with the first node.</summary>
    /// <exception cref="NoEdgesException">The network has no edges.</exception>
    public static GeneNetwork Of(GeneNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        network.RequireEdges("The largest component");
        var component = Components(network);
        var sizes = new int[component.Max() + 1];
        foreach (var c in component)
        {
            sizes[c]++;
        }

        var largest = Array.IndexOf(sizes, sizes.Max());
        return network.Induced(Enumerable.Range(0, network.NodeCount).Where(i => component[i] == largest));
    }

    /// <summary>Number of the component of each node, shape [nodes]; components are numbered by their first node.</summary>
    public static int[] Components(GeneNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var algorithm = new WeaklyConnectedComponentsAlgorithm<int, GeneEdge>(network.Graph);
        algorithm.Compute();
        var numbers = new Dictionary<int, int>();
        var component = new int[network.NodeCount];
        for (var i = 0; i < component.Length; i++)
        {
            var found = algorithm.Components[i];
            if (!numbers.TryGetValue(found, out component[i]))
            {
                numbers.Add(found, component[i] = numbers.Count);
            }
        }

        return component;
    }
}
