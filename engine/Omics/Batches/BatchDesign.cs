using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Batches;

/// <summary>Batch and covariates of each subject. The covariates are what batch correction must keep: never the outcome that a model will be tested on.</summary>
public sealed class BatchDesign
{
    private readonly Dictionary<SubjectId, int> _rows;
    private readonly string[] _batches;
    private readonly double[] _covariates;

    /// <param name="subjects">Shape [subjects], each once.</param>
    /// <param name="batches">Name of the batch of each subject, shape [subjects].</param>
    /// <param name="covariateNames">Shape [covariates], may be empty.</param>
    /// <param name="covariates">Row-major, shape [subjects, covariates], finite; categories as 0/1 columns without their first level.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, a subject stands twice, or a covariate is not finite.</exception>
    public BatchDesign(IReadOnlyList<SubjectId> subjects, IReadOnlyList<string> batches, IReadOnlyList<string> covariateNames, double[] covariates)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(batches);
        ArgumentNullException.ThrowIfNull(covariateNames);
        ArgumentNullException.ThrowIfNull(covariates);
        if (batches.Count != subjects.Count || covariates.Length != subjects.Count * covariateNames.Count)
        {
            throw new ArgumentException(
                $"{batches.Count} batches and {covariates.Length} covariate values do not fit {subjects.Count} subjects and {covariateNames.Count} covariates.");
        }

        _rows = subjects.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);
        _batches = [.. batches];
        _covariates = [.. covariates];
        CovariateNames = [.. covariateNames];
        if (Array.FindIndex(_covariates, c => !double.IsFinite(c)) is >= 0 and var place)
        {
            throw new ArgumentException(
                $"Covariate '{CovariateNames[place % CovariateNames.Count]}' of subject '{subjects[place / CovariateNames.Count]}' is missing or infinite. Impute it first.");
        }
    }

    /// <summary>Batches alone.</summary>
    public BatchDesign(IReadOnlyList<SubjectId> subjects, IReadOnlyList<string> batches)
        : this(subjects, batches, [], [])
    {
    }

    public IReadOnlyList<string> CovariateNames { get; }

    internal bool TryGet(SubjectId subject, out string batch, out ReadOnlySpan<double> covariates)
    {
        var found = _rows.TryGetValue(subject, out var row);
        batch = found ? _batches[row] : string.Empty;
        covariates = found ? _covariates.AsSpan(row * CovariateNames.Count, CovariateNames.Count) : default;
        return found;
    }
}
