using DigitalTwin.Omics.Faults;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Layers;

/// <summary>Which subjects of a cohort are learnt from and which are held out. No subject is both.</summary>
public sealed class SubjectSplit
{
    private readonly SubjectId[] _cohort;
    private readonly int[] _training;
    private readonly int[] _heldOut;

    /// <param name="cohort">The subjects in the order of the rows, each once.</param>
    /// <param name="training">Subjects to learn from, at least one.</param>
    /// <param name="heldOut">Subjects never to learn from.</param>
    /// <exception cref="SubjectOverlapException">A subject is on both sides.</exception>
    /// <exception cref="SubjectSetException">A subject is not in the cohort, stands twice on a side or in the cohort, or training is empty.</exception>
    public SubjectSplit(IReadOnlyList<SubjectId> cohort, IReadOnlyCollection<SubjectId> training, IReadOnlyCollection<SubjectId> heldOut)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(heldOut);
        var both = training.Intersect(heldOut).Order().Select(s => s.Value).ToArray();
        if (both.Length > 0)
        {
            throw new SubjectOverlapException(both);
        }

        _cohort = [.. cohort];
        var rows = new Dictionary<SubjectId, int>();
        for (var i = 0; i < _cohort.Length; i++)
        {
            if (!rows.TryAdd(_cohort[i], i))
            {
                throw new SubjectSetException($"Subject '{_cohort[i]}' stands twice in the cohort.", "Give each subject one row.");
            }
        }

        if (training.Count == 0)
        {
            throw new SubjectSetException("No subject is in training, so nothing can be learnt.", "Name the training subjects.");
        }

        _training = Rows(rows, training, "training");
        _heldOut = Rows(rows, heldOut, "held out");
    }

    /// <summary>Every subject is learnt from: for a model that will meet only new subjects.</summary>
    public static SubjectSplit AllTraining(IReadOnlyList<SubjectId> cohort) => new(cohort, cohort, []);

    /// <summary>The training subjects of a layer of the cohort, in the order of the cohort.</summary>
    public TrainingLayer Training(OmicsLayer layer) => new(new SubjectLayer(layer, _cohort).Take(_training));

    /// <summary>The held-out subjects of a layer of the cohort, in the order of the cohort.</summary>
    public SubjectLayer HeldOut(OmicsLayer layer) => new SubjectLayer(layer, _cohort).Take(_heldOut);

    private static int[] Rows(Dictionary<SubjectId, int> rows, IReadOnlyCollection<SubjectId> side, string name)
    {
        var unknown = side.Where(s => !rows.ContainsKey(s)).Select(s => s.Value).Order(StringComparer.Ordinal).ToArray();
        if (unknown.Length > 0)
        {
            throw new SubjectSetException(
                $"{unknown.Length} subjects that are {name} are not in the cohort: {OmicsException.Some(unknown)}.", "Name subjects of the cohort.");
        }

        int[] chosen = [.. side.Select(s => rows[s]).Distinct().Order()];
        return chosen.Length == side.Count
            ? chosen
            : throw new SubjectSetException($"{side.Count - chosen.Length} subjects stand twice among those {name}.", "Name each subject once.");
    }
}
