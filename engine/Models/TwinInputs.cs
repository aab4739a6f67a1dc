using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models;

/// <summary>What a twin model looks at of some subjects at baseline: covariates, and omics layers where it was trained with any. No outcome is in here.</summary>
public sealed class TwinInputs
{
    /// <param name="subjects">Shape [subjects].</param>
    /// <param name="covariates">Of these subjects in this order.</param>
    /// <param name="layers">Each of these subjects in this order; a subject without a layer has a row of NaN.</param>
    /// <exception cref="ArgumentException">A part has another number of subjects.</exception>
    public TwinInputs(IReadOnlyList<SubjectId> subjects, CovariateMatrix covariates, IReadOnlyList<OmicsLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(covariates);
        ArgumentNullException.ThrowIfNull(layers);
        if (covariates.SubjectCount != subjects.Count)
        {
            throw new ArgumentException($"There are {subjects.Count} subjects and {covariates.SubjectCount} rows of covariates.", nameof(covariates));
        }

        if (layers.FirstOrDefault(l => l.SubjectCount != subjects.Count) is { } other)
        {
            throw new ArgumentException($"There are {subjects.Count} subjects; layer '{other.Name}' has {other.SubjectCount}.", nameof(layers));
        }

        (Subjects, Covariates, Layers) = (subjects, covariates, layers);
    }

    /// <summary>Shape [subjects].</summary>
    public IReadOnlyList<SubjectId> Subjects { get; }

    public CovariateMatrix Covariates { get; }

    public IReadOnlyList<OmicsLayer> Layers { get; }

    public int Count => Subjects.Count;

    /// <summary>Those of a trial's subjects.</summary>
    public static TwinInputs Of(TrialData trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return new TwinInputs(trial.Subjects, trial.Covariates, trial.Layers);
    }

    /// <summary>Of the chosen subjects, in the order given.</summary>
    public TwinInputs Take(ReadOnlySpan<int> rows)
    {
        var chosen = rows.ToArray();
        return new TwinInputs([.. chosen.Select(r => Subjects[r])], Covariates.Take(chosen), [.. Layers.Select(l => l.Take(chosen))]);
    }
}
