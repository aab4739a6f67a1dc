namespace DigitalTwin.Vocabulary;

/// <summary>Two arms ready to be compared: who was treated, covariates, and outcomes, one row a subject.
/// Rows are ordered treated first, then control, each by subject id, so that results do not depend on file order.</summary>
public sealed class TrialData
{
    /// <param name="subjects">Shape [subjects].</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="covariates">Of these subjects in this order.</param>
    /// <param name="outcome">Of these subjects in this order.</param>
    /// <param name="layers">Omics layers that twins read, each of these subjects in this order; null for none.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an arm is empty.</exception>
    public TrialData(
        IReadOnlyList<SubjectId> subjects, bool[] treated, CovariateMatrix covariates, OutcomeData outcome, IReadOnlyList<OmicsLayer>? layers = null)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(treated);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(outcome);
        if (treated.Length != subjects.Count || covariates.SubjectCount != subjects.Count || outcome.Count != subjects.Count)
        {
            throw new ArgumentException(
                $"{subjects.Count} subjects, {treated.Length} arm labels, {covariates.SubjectCount} covariate rows and {outcome.Count} outcomes do not match.");
        }

        if (layers?.FirstOrDefault(l => l.SubjectCount != subjects.Count) is { } other)
        {
            throw new ArgumentException($"There are {subjects.Count} subjects; layer '{other.Name}' has {other.SubjectCount}.", nameof(layers));
        }

        Layers = layers ?? [];
        Subjects = subjects;
        Treated = treated;
        Covariates = covariates;
        Outcome = outcome;
        TreatedCount = treated.Count(t => t);
        if (TreatedCount == 0 || TreatedCount == subjects.Count)
        {
            throw new ArgumentException("Both arms need at least one subject.", nameof(treated));
        }
    }

    public IReadOnlyList<SubjectId> Subjects { get; }

    /// <summary>Shape [subjects].</summary>
    public bool[] Treated { get; }

    public CovariateMatrix Covariates { get; }

    public OutcomeData Outcome { get; }

    /// <summary>What twins read besides covariates; methods that weigh or match do not look at it.</summary>
    public IReadOnlyList<OmicsLayer> Layers { get; }

    public int Count => Subjects.Count;

    public int TreatedCount { get; }

    public int ControlCount => Count - TreatedCount;

    /// <summary>The trial of the chosen rows; a row may be chosen more than once (bootstrap).</summary>
    public TrialData Take(ReadOnlySpan<int> rows)
    {
        var chosen = rows.ToArray();
        return new TrialData(
            [.. chosen.Select(r => Subjects[r])],
            [.. chosen.Select(r => Treated[r])],
            Covariates.Take(chosen),
            Outcome.Take(chosen),
            [.. Layers.Select(l => l.Take(chosen))]);
    }
}
