using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>How alike treatments are by what they give: the cosine of their drugs' names and targets, a target also counting in part for its neighbours on a network.
/// What targets say holds for a treatment never seen.</summary>
internal sealed class RelatedTreatments
{
    /// <summary>What reaches a target's neighbours, shared among them.</summary>
    private const double NeighborShare = 0.5;

    private readonly GeneNetwork? _network;
    private readonly (int Neighbor, double Weight)[][] _neighbors;

    /// <param name="network">Null counts targets alone.</param>
    public RelatedTreatments(GeneNetwork? network)
    {
        _network = network;
        if (network is null)
        {
            _neighbors = [];
            return;
        }

        var lists = Enumerable.Range(0, network.NodeCount).Select(_ => new List<(int, double)>()).ToArray();
        foreach (var edge in network.Edges)
        {
            lists[edge.Source].Add((edge.Target, Math.Abs(edge.Weight)));
            lists[edge.Target].Add((edge.Source, Math.Abs(edge.Weight)));
        }

        _neighbors = [.. lists.Select(l => l.ToArray())];
    }

    /// <summary>Whose neighbours count, or null.</summary>
    public GeneNetwork? Network => _network;

    /// <summary>Of each of some treatments with each of others, 1 for the same drugs and targets; shape [left, right].</summary>
    public double[] Between(IReadOnlyList<Treatment> left, IReadOnlyList<Treatment> right)
    {
        Dictionary<string, double>[] rows = [.. left.Select(Described)], columns = [.. right.Select(Described)];
        var similarity = new double[rows.Length * columns.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                // Keys in a fixed order, so that the sum has one.
                similarity[(i * columns.Length) + j] = left[i].Arm == right[j].Arm
                    ? 1
                    : rows[i].OrderBy(r => r.Key, StringComparer.Ordinal).Sum(r => r.Value * columns[j].GetValueOrDefault(r.Key));
            }
        }

        return similarity;
    }

    /// <summary>Whether anything at all is known of what the treatment acts on.</summary>
    public static bool HasTarget(Treatment treatment) => treatment.Drugs.Any(d => d.Targets.Count > 0);

    private Dictionary<string, double> Described(Treatment treatment)
    {
        var vector = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var drug in treatment.Drugs)
        {
            Add($"drug {drug.Drug}", drug.RelativeDose);
            foreach (var target in drug.Targets)
            {
                var amount = target.Activates ? drug.RelativeDose : -drug.RelativeDose;
                Add(target.Gene, amount);
                if (_network is not null && GeneSymbol.TryParse(target.Gene, out var symbol) && _network.TryIndexOf(symbol, out var node))
                {
                    var total = _neighbors[node].Sum(n => n.Weight);
                    foreach (var (neighbor, weight) in _neighbors[node])
                    {
                        Add(_network.Nodes[neighbor].Symbol.Value, NeighborShare * amount * weight / total);
                    }
                }
            }
        }

        // No drug at all is a treatment of its own kind.
        if (vector.Count == 0)
        {
            vector.Add("no drug", 1);
        }

        var length = Math.Sqrt(vector.OrderBy(v => v.Key, StringComparer.Ordinal).Sum(v => v.Value * v.Value));
        return length > 0 ? vector.ToDictionary(v => v.Key, v => v.Value / length, StringComparer.Ordinal) : vector;

        void Add(string key, double amount) => vector[key] = vector.GetValueOrDefault(key) + amount;
    }
}
