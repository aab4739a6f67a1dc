using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Models.Perturbation;

/// <summary>How a change of some genes goes on along edges that have a sign and a direction: a = s + d W a, where W holds the signs of the edges over the square root of their
/// number into a node. Edges into a changed gene are cut: it is held where it was put, whatever comes back to it.</summary>
/// <remarks>A linear picture of signalling, damped at every step; magnitudes are no measurements. Where nothing loops back, a is the same as that of
/// (I - d W)^-1. Genes along edges without sign or direction do not change.</remarks>
public sealed class SignalPropagation
{
    private const int MostSteps = 500;
    private const double Settled = 1e-9;

    private readonly List<(int Source, double Weight)>[] _into;
    private readonly double _damping;

    /// <param name="network">Edges with a sign and a direction carry.</param>
    /// <param name="damping">Share that goes on at each step, in (0, 1).</param>
    /// <exception cref="ArgumentException">No edge has both a sign and a direction.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The damping is not within (0, 1).</exception>
    public SignalPropagation(GeneNetwork network, double damping = 0.6)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (!(damping > 0 && damping < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(damping), damping, "Damping is between 0 and 1, both excluded.");
        }

        (Network, _damping) = (network, damping);
        _into = [.. Enumerable.Range(0, network.NodeCount).Select(_ => new List<(int, double)>())];
        GeneEdge[] edges = [.. network.Edges.Where(e => e.IsDirected && e.Sign != EdgeSign.Unknown)];
        if (edges.Length == 0)
        {
            throw new ArgumentException($"None of the {network.EdgeCount} edges has a sign and a direction, so that a change goes nowhere. Give a signalling network.", nameof(network));
        }

        var counts = edges.GroupBy(e => e.Target).ToDictionary(g => g.Key, g => g.Count());
        foreach (var edge in edges)
        {
            _into[edge.Target].Add((edge.Source, (int)edge.Sign / Math.Sqrt(counts[edge.Target])));
        }
    }

    public GeneNetwork Network { get; }

    /// <summary>Change of every node.</summary>
    /// <param name="changed">Nodes that are changed, and by how much.</param>
    /// <returns>Shape [nodes]; of the changed ones just what was asked for.</returns>
    /// <exception cref="InvalidOperationException">A loop of the network grows from step to step.</exception>
    public double[] Spread(IReadOnlyDictionary<int, double> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var shift = new double[Network.NodeCount];
        for (var step = 0; step < MostSteps; step++)
        {
            var next = new double[shift.Length];
            var moved = 0.0;
            for (var node = 0; node < next.Length; node++)
            {
                if (!changed.TryGetValue(node, out next[node]))
                {
                    foreach (var (source, weight) in _into[node])
                    {
                        next[node] += _damping * weight * shift[source];
                    }
                }

                moved = Math.Max(moved, Math.Abs(next[node] - shift[node]));
            }

            shift = next;
            if (moved <= Settled)
            {
                return shift;
            }
        }

        throw new InvalidOperationException($"After {MostSteps} steps the change still moves: a loop of the network feeds itself at a damping of {_damping}. Lower the damping.");
    }
}
