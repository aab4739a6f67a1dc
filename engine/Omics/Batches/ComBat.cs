using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Batches;

/// <summary>Batch correction by parametric empirical Bayes: each batch's shift and spread of a feature are shrunk towards those of its other features
/// and then taken out; what the covariates explain is kept. Learnt from training subjects, applied to any subject of a batch that training had.</summary>
/// <param name="design">Batch and covariates of every subject that will be seen.</param>
/// <param name="referenceBatch">A batch to which the others are brought and which stays as it is; null brings all to their common mean.</param>
/// <remarks>Source: [Johnson2007]; agrees with R <c>sva::ComBat</c>, whose convention it follows that the pooled variance of a layer without missing
/// values divides by n and that of a layer with missing values by n - 1. The iteration stops at a relative change of 1e-12, that of sva at 1e-4.
/// A feature that does not vary within some batch, or has fewer than two values there, stays as it is and is listed.</remarks>
public sealed class ComBat(BatchDesign design, string? referenceBatch = null) : IOmicsTransform
{
    public string Name => "batch correction";

    public FittedTransform Fit(TrainingLayer training) => FitComBat(training);

    /// <summary>As <see cref="Fit"/>, with what was learnt.</summary>
    /// <exception cref="SingleSubjectBatchException">A batch has one training subject.</exception>
    /// <exception cref="ConfoundedCovariateException">A covariate is a combination of batches and other covariates.</exception>
    /// <exception cref="BatchDesignException">There is one batch only, a subject has no batch, the reference batch is unknown, there are no more
    /// subjects than coefficients, or fewer than two features can be corrected.</exception>
    public FittedComBat FitComBat(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var layer = training.Values;
        var problem = new BatchProblem(layer, design, referenceBatch);
        var model = BatchModel.Fit(problem);
        return new FittedComBat(Name, layer, design, model);
    }
}

/// <summary>A batch correction with its shifts and spreads learnt.</summary>
public sealed class FittedComBat : FittedTransform
{
    private readonly BatchDesign _design;
    private readonly BatchModel _model;

    internal FittedComBat(string name, SubjectLayer training, BatchDesign design, BatchModel model)
        : base(name, training)
    {
        _design = design;
        _model = model;
    }

    /// <summary>Names of the batches in ordinal order.</summary>
    public IReadOnlyList<string> Batches => _model.Batches;

    /// <summary>Features that stay as they are, because they do not vary within some batch.</summary>
    public IReadOnlyList<string> UncorrectedFeatures => [.. _model.Uncorrected.Select(f => InputFeatures[f])];

    private protected override float[] Compute(SubjectLayer layer)
    {
        var batches = BatchProblem.BatchesOf(layer, _design, _model.Batches);
        var values = new float[layer.SubjectCount * layer.FeatureCount];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            _design.TryGet(layer.Subjects[s], out _, out var covariates);
            _model.Correct(batches[s], covariates, layer.Layer.Row(s), values.AsSpan(s * layer.FeatureCount, layer.FeatureCount));
        }

        return values;
    }
}
