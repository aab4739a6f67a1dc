using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Batches;

/// <summary>Training subjects of a batch correction, checked: the design has full rank and every batch two subjects.</summary>
internal sealed class BatchProblem
{
    public BatchProblem(SubjectLayer layer, BatchDesign design, string? referenceBatch)
    {
        Layer = layer;
        CovariateCount = design.CovariateNames.Count;
        var names = new List<string>();
        foreach (var subject in layer.Subjects)
        {
            names.Add(design.TryGet(subject, out var batch, out _)
                ? batch
                : throw new BatchDesignException(layer.Layer.Name, $"Subject '{subject}' has no batch.", "State its batch, or leave it out."));
        }

        Batches = [.. names.Distinct().Order(StringComparer.Ordinal)];
        BatchOf = [.. names.Select(n => Array.IndexOf(Batches, n))];
        if (Batches.Length < 2)
        {
            throw new BatchDesignException(layer.Layer.Name, $"All training subjects are of batch '{Batches.FirstOrDefault()}'.", "Leave batch correction out.");
        }

        Reference = referenceBatch is null ? -1 : Array.IndexOf(Batches, referenceBatch);
        if (referenceBatch is not null && Reference < 0)
        {
            throw new BatchDesignException(
                layer.Layer.Name, $"The reference batch '{referenceBatch}' has no training subject.", $"Choose one of {string.Join(", ", Batches)}.");
        }

        var single = Enumerable.Range(0, Batches.Length).Where(b => BatchOf.Count(o => o == b) == 1).Select(b => Batches[b]).ToArray();
        if (single.Length > 0)
        {
            throw new SingleSubjectBatchException(layer.Layer.Name, single);
        }

        Covariates = new double[layer.SubjectCount * CovariateCount];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            design.TryGet(layer.Subjects[s], out _, out var row);
            row.CopyTo(Covariates.AsSpan(s * CovariateCount));
        }

        RefuseConfounded(design);
    }

    public SubjectLayer Layer { get; }

    /// <summary>In ordinal order.</summary>
    public string[] Batches { get; }

    /// <summary>Index into the batches, shape [subjects].</summary>
    public int[] BatchOf { get; }

    /// <summary>Index of the reference batch, -1 for none.</summary>
    public int Reference { get; }

    public int CovariateCount { get; }

    /// <summary>Row-major, shape [subjects, covariates].</summary>
    public double[] Covariates { get; }

    /// <summary>Batch of each subject as an index.</summary>
    /// <exception cref="UnknownBatchException">A batch is not among the known.</exception>
    public static int[] BatchesOf(SubjectLayer layer, BatchDesign design, IReadOnlyList<string> known)
    {
        var places = known.Select((b, i) => (b, i)).ToDictionary(p => p.b, p => p.i, StringComparer.Ordinal);
        var batches = new int[layer.SubjectCount];
        var unknown = new SortedSet<string>(StringComparer.Ordinal);
        for (var s = 0; s < batches.Length; s++)
        {
            if (!design.TryGet(layer.Subjects[s], out var batch, out _))
            {
                throw new BatchDesignException(layer.Layer.Name, $"Subject '{layer.Subjects[s]}' has no batch.", "State its batch, or leave it out.");
            }

            if (!places.TryGetValue(batch, out batches[s]))
            {
                unknown.Add(batch);
            }
        }

        return unknown.Count == 0 ? batches : throw new UnknownBatchException(layer.Layer.Name, [.. unknown], known);
    }

    /// <summary>One row of the design: an indicator for each batch, then the covariates.</summary>
    public void DesignRow(int subject, Span<double> row)
    {
        row.Clear();
        row[BatchOf[subject]] = 1;
        Covariates.AsSpan(subject * CovariateCount, CovariateCount).CopyTo(row[Batches.Length..]);
    }

    // Covariates are judged as deviations from their batch's mean, so that their units do not matter.
    private void RefuseConfounded(BatchDesign design)
    {
        var n = Layer.SubjectCount;
        if (n <= Batches.Length + CovariateCount)
        {
            throw new BatchDesignException(
                Layer.Layer.Name,
                $"{n} training subjects cannot tell {Batches.Length} batches and {CovariateCount} covariates apart.",
                "Use more subjects or fewer covariates.");
        }

        if (CovariateCount == 0)
        {
            return;
        }

        var within = WithinBatches();
        var product = new double[CovariateCount * CovariateCount];
        for (var i = 0; i < CovariateCount; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var s = 0; s < n; s++)
                {
                    product[(i * CovariateCount) + j] += within[(s * CovariateCount) + i] * within[(s * CovariateCount) + j];
                }
            }
        }

        Cholesky.Factor(product, CovariateCount, 1e-10);
        var dependent = design.CovariateNames.Where((_, j) => Cholesky.IsDependent(product, CovariateCount, j)).ToArray();
        if (dependent.Length > 0)
        {
            throw new ConfoundedCovariateException(Layer.Layer.Name, dependent);
        }
    }

    private double[] WithinBatches()
    {
        var within = new double[Covariates.Length];
        for (var j = 0; j < CovariateCount; j++)
        {
            var all = FeatureMoments.Of([.. Enumerable.Range(0, Layer.SubjectCount).Select(s => Covariates[(s * CovariateCount) + j])]);
            for (var b = 0; b < Batches.Length; b++)
            {
                int[] members = [.. Enumerable.Range(0, Layer.SubjectCount).Where(s => BatchOf[s] == b)];
                var mean = members.Average(s => Covariates[(s * CovariateCount) + j]);
                foreach (var s in members)
                {
                    // What is left after rounding is no variation.
                    var difference = (Covariates[(s * CovariateCount) + j] - mean) / (all.Deviation > 0 ? all.Deviation : 1);
                    within[(s * CovariateCount) + j] = Math.Abs(difference) < 1e-10 ? 0 : difference;
                }
            }
        }

        return within;
    }
}
