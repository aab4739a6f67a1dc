using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Perturbation;

/// <summary>Settings of a <see cref="PerturbationStudy"/>.</summary>
public sealed record PerturbationOptions
{
    /// <summary>Along which signed, directed edges a change goes on to other genes; null changes the named genes alone (and what the model's own network does with that).</summary>
    public SignalPropagation? Signals { get; init; }

    /// <summary>Pathways whose mean activity is reported; none if null.</summary>
    public PathwaySets? Pathways { get; init; }

    /// <summary>Aliases and accessions of genes; none compares names alone.</summary>
    public GeneCatalog? Catalog { get; init; }
}

/// <summary>Changes genes of subjects, lets the change go on along the network, and asks the model again.</summary>
/// <remarks>It says what the model would say of such a subject: whether the gene causes the outcome is not in the data, unless the edges say so. A change goes on in training
/// standard deviations, the same in every layer that holds a gene. A value that a subject does not have stays missing.</remarks>
public sealed class PerturbationStudy
{
    private const double Moved = 1e-6;

    private readonly IOutcomePredictor? _whole;
    private readonly IReadOnlyList<(IOutcomePredictor Member, double Weight)> _members;
    private readonly GeneIndex _genes;
    private readonly PerturbationOptions _options;
    private readonly Lazy<(GeneSet Set, (int Layer, int Feature)[] Places, int MeasuredCount)[]> _pathways;

    /// <param name="model">The trained model; its members (<see cref="EnsembleMembers"/>) answer one by one too, which gives the spread.</param>
    /// <param name="training">Training subjects, whose values say what a standard deviation and a quantile are.</param>
    /// <param name="options">Network and pathways.</param>
    public PerturbationStudy(IOutcomePredictor model, SubjectInputs training, PerturbationOptions? options = null)
        : this(model, EnsembleMembers.Of(model), training, options)
    {
    }

    /// <param name="members">Models that count the same, such as one a bootstrap sample; the prediction is their mean.</param>
    /// <param name="training">Training subjects.</param>
    /// <param name="options">Network and pathways.</param>
    public PerturbationStudy(IReadOnlyList<IOutcomePredictor> members, SubjectInputs training, PerturbationOptions? options = null)
        : this(null, [.. members.Select(m => (m, 1.0 / members.Count))], training, options)
    {
    }

    private PerturbationStudy(IOutcomePredictor? whole, IReadOnlyList<(IOutcomePredictor, double)> members, SubjectInputs training, PerturbationOptions? options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(members.Count, nameof(members));
        (_whole, _members, _options) = (whole, members, options ?? new PerturbationOptions());
        _genes = new GeneIndex(training, _options.Catalog);
        _pathways = new(() => Measured(_options.Pathways, _genes));
    }

    /// <summary>Changes genes of some subjects.</summary>
    /// <param name="inputs">The subjects, with the layers of training.</param>
    /// <param name="shifts">What is done, each gene once.</param>
    /// <param name="quantity">What is predicted, on either scale.</param>
    /// <exception cref="UnknownGeneException">No layer holds a gene, and no edge leads from it to one that a layer holds.</exception>
    /// <exception cref="ArgumentException">No change is given, a gene stands twice, or the layers are not those of training.</exception>
    public PerturbationResult Run(SubjectInputs inputs, IReadOnlyList<GeneShift> shifts, ExplainedQuantity quantity) => RunEach(inputs, [shifts], quantity)[0];

    /// <summary>Several changes, each for itself, of the same subjects: what the model predicts of them as they are is asked once.</summary>
    /// <inheritdoc cref="Run"/>
    public IReadOnlyList<PerturbationResult> RunEach(SubjectInputs inputs, IReadOnlyList<IReadOnlyList<GeneShift>> changes, ExplainedQuantity quantity)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(quantity);
        SameFeatures.Check(inputs, _genes.Training);
        var planner = new ShiftPlan(_genes, _options.Signals);
        List<string>[] findings = [.. changes.Select(c => Check(planner, c))];
        if (changes.Count == 0)
        {
            return [];
        }

        var before = Predict(inputs, quantity);
        var wholeBefore = Whole(inputs, before, quantity);
        return [.. changes.Select((shifts, c) => After(inputs, planner, shifts, findings[c], before, wholeBefore, quantity))];
    }

    /// <summary>Where changes would arrive, without a model: to refuse what cannot be done before anything is learnt.</summary>
    /// <param name="inputs">Any subjects with the layers of training.</param>
    /// <param name="shifts">What would be done, each gene once.</param>
    /// <param name="options">Network and names.</param>
    /// <returns>A sentence for each.</returns>
    /// <inheritdoc cref="Run" path="/exception"/>
    public static IReadOnlyList<string> Check(SubjectInputs inputs, IReadOnlyList<GeneShift> shifts, PerturbationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(shifts);
        return Check(new ShiftPlan(new GeneIndex(inputs, options?.Catalog), options?.Signals), shifts);
    }

    private static List<string> Check(ShiftPlan planner, IReadOnlyList<GeneShift> shifts)
    {
        if (shifts.Count == 0 || shifts.Select(s => (s.Gene, s.Layer)).Distinct().Count() != shifts.Count)
        {
            throw new ArgumentException($"{shifts.Count} changes are given; give at least one, and each gene once.", nameof(shifts));
        }

        return [.. shifts.Select(planner.Check)];
    }

    private PerturbationResult After(
        SubjectInputs inputs, ShiftPlan planner, IReadOnlyList<GeneShift> shifts, List<string> findings, double[][] before, double[] wholeBefore, ExplainedQuantity quantity)
    {
        double[][][] deviations = [.. Enumerable.Range(0, inputs.Count).Select(i => planner.Deviations(inputs, i, shifts))];
        var changed = Applied(inputs, deviations);
        var after = Predict(changed, quantity);
        var wholeAfter = Whole(changed, after, quantity);
        var subjects = new SubjectShift[inputs.Count];
        for (var i = 0; i < subjects.Length; i++)
        {
            double[] ofMembers = [.. Enumerable.Range(0, _members.Count).Select(m => after[m][i] - before[m][i])];
            subjects[i] = new SubjectShift(inputs.Subjects[i], wholeBefore[i], wholeAfter[i], ofMembers, SpreadOf(ofMembers));
        }

        double[] means = [.. Enumerable.Range(0, _members.Count).Select(m => subjects.Average(s => s.MemberShifts[m]))];
        var unmoved = deviations.Count(d => d.All(l => l.All(v => double.IsNaN(v) || Math.Abs(v) <= Moved)));
        if (unmoved > 0)
        {
            findings.Add($"{unmoved} of {inputs.Count} subjects have no value that could change.");
        }

        return new PerturbationResult(
            string.Join(", ", shifts),
            subjects,
            means,
            SpreadOf(means),
            SpreadOf(means) * Multiple(),
            PathwayShifts(deviations),
            findings)
        {
            ChangedCount = inputs.Count - unmoved,
            DegreesOfFreedom = DegreesOfFreedom,
        };
    }

    private double[][] Predict(SubjectInputs inputs, ExplainedQuantity quantity) => [.. _members.Select(m => quantity.Of(m.Member.Predict(inputs)))];

    private double[] Whole(SubjectInputs inputs, double[][] members, ExplainedQuantity quantity) => _whole is not null && _members.Count > 1
        ? quantity.Of(_whole.Predict(inputs))
        : [.. Enumerable.Range(0, inputs.Count).Select(i => _members.Select((m, k) => m.Weight * members[k][i]).Sum())];

    private double DegreesOfFreedom => (1 / _members.Sum(m => m.Weight * m.Weight)) - 1;

    private double Multiple() => DegreesOfFreedom is > 0.1 and var freedom ? StudentT.Quantile(0.975, freedom) : double.PositiveInfinity;

    // With equal weights it is the standard deviation of a sample.
    private double SpreadOf(double[] shifts)
    {
        var mean = _members.Select((m, k) => m.Weight * shifts[k]).Sum();
        var squares = _members.Select((m, k) => m.Weight * (shifts[k] - mean) * (shifts[k] - mean)).Sum();
        return shifts.Length < 2 ? double.NaN : Math.Sqrt(squares / (1 - _members.Sum(m => m.Weight * m.Weight)));
    }

    private SubjectInputs Applied(SubjectInputs inputs, double[][][] deviations)
    {
        var layers = new SubjectLayer[inputs.Layers.Count];
        for (var l = 0; l < layers.Length; l++)
        {
            var (layer, width) = (inputs.Layers[l], inputs.Layers[l].FeatureCount);
            var values = new float[inputs.Count * width];
            for (var i = 0; i < inputs.Count; i++)
            {
                var row = layer.Layer.Row(i);
                for (var f = 0; f < width; f++)
                {
                    var shift = deviations[i][l][f];
                    values[(i * width) + f] = shift == 0 || double.IsNaN(shift) ? row[f] : (float)(row[f] + (shift * _genes.ValuesOf(l, f).Deviation));
                }
            }

            layers[l] = new SubjectLayer(new OmicsLayer(layer.Layer.Name, layer.Layer.Unit, layer.Layer.Features, values), inputs.Subjects);
        }

        return inputs.With(layers: layers);
    }

    // Sums by feature once, then by pathway: a pathway is then as many additions as it has measured genes.
    private PathwayShift[] PathwayShifts(double[][][] deviations)
    {
        var sums = _genes.Training.Layers.Select(l => new (double Sum, int Count)[l.FeatureCount]).ToArray();
        foreach (var subject in deviations)
        {
            for (var l = 0; l < sums.Length; l++)
            {
                for (var f = 0; f < sums[l].Length; f++)
                {
                    var (sum, count) = sums[l][f];
                    sums[l][f] = double.IsNaN(subject[l][f]) ? (sum, count) : (sum + subject[l][f], count + 1);
                }
            }
        }

        var found = new List<PathwayShift>();
        foreach (var (set, places, measured) in _pathways.Value)
        {
            var (sum, count) = (0.0, 0);
            foreach (var (layer, feature) in places)
            {
                (sum, count) = (sum + sums[layer][feature].Sum, count + sums[layer][feature].Count);
            }

            if (count > 0 && Math.Abs(sum / count) > Moved)
            {
                found.Add(new PathwayShift(set, measured, sum / count));
            }
        }

        return [.. found.OrderByDescending(p => Math.Abs(p.Shift)).ThenBy(p => p.Set.Id, StringComparer.Ordinal)];
    }

    // Where the genes of each pathway stand, and how many of them are anywhere.
    private static (GeneSet Set, (int Layer, int Feature)[] Places, int MeasuredCount)[] Measured(PathwaySets? pathways, GeneIndex genes)
    {
        var places = genes.Genes.ToDictionary(
            g => g, g => Enumerable.Range(0, genes.Training.Layers.Count).Select(l => (l, genes.PlaceOf(l, g))).Where(p => p.Item2 >= 0).ToArray(), StringComparer.Ordinal);
        return
        [
            .. from set in pathways?.Sets ?? []
               let held = set.Genes.Distinct().Select(g => places.GetValueOrDefault(g.Value)).OfType<(int, int)[]>().ToArray()
               where held.Length > 0
               select (set, held.SelectMany(h => h).ToArray(), held.Length),
        ];
    }
}
