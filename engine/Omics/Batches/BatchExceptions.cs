using DigitalTwin.Omics.Faults;

namespace DigitalTwin.Omics.Batches;

/// <summary>A batch of one training subject: it has no spread of its own to correct.</summary>
public sealed class SingleSubjectBatchException(string layer, IReadOnlyList<string> batches)
    : OmicsException(
        $"layer '{layer}', batch correction",
        $"{batches.Count} batches have one training subject: {Some(batches)}. The spread of a batch needs two.",
        "Merge such a batch with one that was processed alike, or leave its subject out.")
{
    public IReadOnlyList<string> Batches { get; } = batches;
}

/// <summary>A covariate that says no more than the batches, or than the covariates before it, do.</summary>
public sealed class ConfoundedCovariateException(string layer, IReadOnlyList<string> covariates)
    : OmicsException(
        $"layer '{layer}', batch correction",
        $"{covariates.Count} covariates are a combination of the batches and the covariates before them: {Some(covariates)}. What is batch and what is covariate cannot be told apart.",
        "Drop the covariate, or get batches that hold more than one of its values.")
{
    public IReadOnlyList<string> Covariates { get; } = covariates;
}

/// <summary>Batches that training had not.</summary>
public sealed class UnknownBatchException(string layer, IReadOnlyList<string> batches, IReadOnlyList<string> known)
    : OmicsException(
        $"layer '{layer}', batch correction",
        $"{batches.Count} batches had no training subject: {Some(batches)}. Known are {Some(known)}.",
        "Fit with training subjects of the batch, or leave its subjects out.")
{
    public IReadOnlyList<string> Batches { get; } = batches;
}

/// <summary>The batches or covariates of subjects cannot be used.</summary>
public sealed class BatchDesignException(string layer, string what, string remedy) : OmicsException($"layer '{layer}', batch correction", what, remedy);
