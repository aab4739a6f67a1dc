using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Perturbation;

/// <summary>Works out by how many standard deviations each feature of a subject changes.</summary>
internal sealed class ShiftPlan(GeneIndex genes, SignalPropagation? signals)
{
    private const double Moved = 1e-6;

    /// <summary>A sentence on where the change arrives.</summary>
    /// <exception cref="UnknownGeneException">It arrives nowhere; the nearest names are given.</exception>
    /// <exception cref="ArgumentException">The layer that is meant does not exist.</exception>
    public string Check(GeneShift shift)
    {
        var layers = genes.Training.Layers;
        if (shift.Layer is not null && layers.All(l => l.Layer.Name != shift.Layer))
        {
            throw new ArgumentException($"There is no layer '{shift.Layer}' to change {shift.Gene} in; there are [{string.Join(", ", layers.Select(l => l.Layer.Name))}].", nameof(shift));
        }

        string[] holding = [.. Enumerable.Range(0, layers.Count).Where(l => Holds(l, shift)).Select(l => layers[l].Layer.Name)];
        var reached = Spread([(shift.Gene, 1)]).Count(g => g.Key != shift.Gene && Math.Abs(g.Value) > Moved && genes.Genes.Contains(g.Key));
        if (holding.Length == 0 && reached == 0)
        {
            throw new UnknownGeneException(shift.Gene, Refusal(shift));
        }

        return (holding.Length > 0 ? $"{shift.Gene} is in {string.Join(", ", holding)}" : $"No layer holds {shift.Gene}")
            + (signals is null ? "." : $"; the change goes on to {reached} other measured genes.");
    }

    /// <summary>Shape [layers][features]; NaN where the subject has no value.</summary>
    public double[][] Deviations(SubjectInputs inputs, int subject, IReadOnlyList<GeneShift> shifts)
    {
        double[][] deviations = [.. inputs.Layers.Select(l => new double[l.FeatureCount])];
        var sources = new List<(string Gene, double Deviations)>();
        foreach (var shift in shifts)
        {
            var own = new List<double>();
            for (var l = 0; l < deviations.Length; l++)
            {
                if (Holds(l, shift) && ChangeOf(shift, inputs, subject, l) is var change && !double.IsNaN(change))
                {
                    deviations[l][genes.PlaceOf(l, shift.Gene)] += change;
                    own.Add(change);
                }
            }

            // What goes on is the mean over the layers; of a gene that is not measured, the shift that was asked for.
            sources.Add((shift.Gene, own.Count > 0 ? own.Average() : shift.Quantile is null ? shift.Deviations : Normal(shift.Quantile.Value)));
        }

        var knocked = shifts.Select(s => s.Gene).ToHashSet(StringComparer.Ordinal);
        foreach (var (gene, change) in Spread(sources).Where(s => !knocked.Contains(s.Key) && Math.Abs(s.Value) > Moved))
        {
            for (var l = 0; l < deviations.Length; l++)
            {
                if (genes.PlaceOf(l, gene) is >= 0 and var place)
                {
                    deviations[l][place] += change;
                }
            }
        }

        for (var l = 0; l < deviations.Length; l++)
        {
            var row = inputs.Layers[l].Layer.Row(subject);
            for (var f = 0; f < row.Length; f++)
            {
                deviations[l][f] = float.IsNaN(row[f]) ? double.NaN : deviations[l][f];
            }
        }

        return deviations;
    }

    private bool Holds(int layer, GeneShift shift) =>
        (shift.Layer is null || genes.Training.Layers[layer].Layer.Name == shift.Layer) && genes.PlaceOf(layer, shift.Gene) >= 0;

    private double ChangeOf(GeneShift shift, SubjectInputs inputs, int subject, int layer)
    {
        var place = genes.PlaceOf(layer, shift.Gene);
        var values = genes.ValuesOf(layer, place);
        var own = inputs.Layers[layer].Layer.Row(subject)[place];
        return float.IsNaN(own) || !(values.Deviation > 0) ? double.NaN
            : shift.Quantile is { } quantile ? (values.Quantile(quantile) - own) / values.Deviation
            : shift.Deviations;
    }

    private Dictionary<string, double> Spread(IEnumerable<(string Gene, double Deviations)> sources)
    {
        var changed = new Dictionary<int, double>();
        foreach (var (gene, deviations) in sources)
        {
            if (signals is not null && GeneSymbol.TryParse(gene, out var symbol) && signals.Network.TryIndexOf(symbol, out var node))
            {
                changed[node] = deviations;
            }
        }

        return changed.Count == 0 ? [] : signals!.Spread(changed).Select((shift, node) => (signals.Network.Nodes[node].Symbol.Value, shift)).ToDictionary(p => p.Value, p => p.shift, StringComparer.Ordinal);
    }

    // The mean of a standard normal is where a gene that nobody measured is taken to be.
    private static double Normal(double quantile) => Numerics.Distributions.Normal.Quantile(Math.Clamp(quantile, 1e-4, 1 - 1e-4));

    private string Refusal(GeneShift shift)
    {
        var nearest = NearestName.Find(shift.Gene, genes.Genes);
        var onNetwork = signals is null ? null : NearestName.Find(shift.Gene, signals.Network.Nodes.Select(n => n.Symbol.Value));
        var known = nearest is null ? string.Empty : $" The nearest measured name is '{nearest}'.";
        var joined = onNetwork is null || onNetwork == nearest ? string.Empty : $" The nearest name on the network is '{onNetwork}'.";
        return $"No layer{(shift.Layer is null ? string.Empty : $" '{shift.Layer}'")} holds '{shift.Gene}', and "
            + (signals is null ? "no network was given that would lead from it to a gene that is measured." : "no signed edge leads from it to a gene that is measured.")
            + known + joined;
    }
}
