using System.Collections.Concurrent;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>Everything a model may look at of some subjects, and nothing it may not: no outcome is in here. Immutable.
/// A subject without a modality has a row of missing values (covariates, layers), no observation, or no treatment.</summary>
public sealed class SubjectInputs
{
    /// <param name="subjects">Shape [subjects], each once.</param>
    /// <param name="covariates">Baseline columns, each of [subjects]; missing values allowed.</param>
    /// <param name="layers">Omics layers (and embeddings of images or text), each of these subjects in this order.</param>
    /// <param name="observations">Repeated measurements, or null.</param>
    /// <param name="treatments">What each subject received, or null.</param>
    /// <exception cref="ArgumentException">A part is of other subjects, or two layers or two covariates have one name.</exception>
    public SubjectInputs(
        IReadOnlyList<SubjectId> subjects,
        IReadOnlyList<Column> covariates,
        IReadOnlyList<SubjectLayer> layers,
        ObservationTable? observations = null,
        TreatmentColumn? treatments = null)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(layers);
        foreach (var column in covariates)
        {
            Require(column.Count == subjects.Count, $"Covariate '{column.Variable.Name}' has {column.Count} rows for {subjects.Count} subjects.");
        }

        foreach (var layer in layers)
        {
            Require(layer.Subjects.SequenceEqual(subjects), $"Layer '{layer.Layer.Name}' is not of the {subjects.Count} subjects in their order.");
        }

        Require(treatments is null || treatments.Count == subjects.Count, $"The treatments are of {treatments?.Count} subjects, the inputs of {subjects.Count}.");
        Require(covariates.Select(c => c.Variable.Name).Distinct(StringComparer.Ordinal).Count() == covariates.Count, "Two covariates have one name.");
        Require(layers.Select(l => l.Layer.Name).Distinct(StringComparer.Ordinal).Count() == layers.Count, "Two layers have one name.");
        (Subjects, Covariates, Layers, Observations, Treatments) = (subjects, covariates, layers, observations, treatments);
    }

    /// <summary>Shape [subjects].</summary>
    public IReadOnlyList<SubjectId> Subjects { get; }

    public IReadOnlyList<Column> Covariates { get; }

    public IReadOnlyList<SubjectLayer> Layers { get; }

    public ObservationTable? Observations { get; }

    public TreatmentColumn? Treatments { get; }

    public int Count => Subjects.Count;

    /// <summary>The inputs of the chosen subjects, in the order given.</summary>
    /// <param name="rows">Row numbers, each at most once: a bootstrap is a matter of weights.</param>
    public SubjectInputs Take(ReadOnlySpan<int> rows)
    {
        var chosen = rows.ToArray();
        return new SubjectInputs(
            [.. chosen.Select(r => Subjects[r])],
            [.. Covariates.Select(c => c.Take(chosen))],
            [.. Layers.Select(l => l.Take(chosen))],
            Observations?.Take(chosen, Count),
            Treatments?.Take(chosen));
    }

    /// <summary>The same subjects with only some of what is known of them.</summary>
    public SubjectInputs With(
        IReadOnlyList<Column>? covariates = null, IReadOnlyList<SubjectLayer>? layers = null, TreatmentColumn? treatments = null) =>
        new(Subjects, covariates ?? Covariates, layers ?? Layers, Observations, treatments ?? Treatments);

    /// <summary>The same subjects under each of some arms in turn. What encoders make of their layers is remembered from one to the next, for no arm changes it: the memory is
    /// that of the encoded layers, and goes with these inputs.</summary>
    public IEnumerable<SubjectInputs> UnderEach(IReadOnlyList<Treatment> arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        var memory = new ConcurrentDictionary<object, Lazy<object>>(ReferenceEqualityComparer.Instance);
        for (var arm = 0; arm < arms.Count; arm++)
        {
            yield return new SubjectInputs(Subjects, Covariates, Layers, Observations, TreatmentColumn.Everybody(arms, arm, Count)) { Memory = memory };
        }
    }

    /// <summary>What an encoder made of these subjects' layers before, where that is remembered; else it is made.</summary>
    /// <param name="encoder">Whose it is.</param>
    /// <param name="encode">Makes it; must not look at treatments.</param>
    internal T Remembered<T>(object encoder, Func<T> encode)
        where T : class => Memory is { } memory ? (T)memory.GetOrAdd(encoder, _ => new Lazy<object>(encode)).Value : encode();

    private ConcurrentDictionary<object, Lazy<object>>? Memory { get; init; }

    /// <summary>The same subjects with nothing said of what they received.</summary>
    public SubjectInputs WithoutTreatments() => new(Subjects, Covariates, Layers, Observations);

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new ArgumentException(message);
        }
    }
}
