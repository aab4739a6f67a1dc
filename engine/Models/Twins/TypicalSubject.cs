using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>The subject that explanations compare with: the mean of every covariate and of every feature over the training subjects.</summary>
/// <param name="Covariates">Shape [columns].</param>
/// <param name="Layers">Shape [layers][features]; NaN where no subject has the feature.</param>
internal sealed record TypicalSubject(double[] Covariates, float[][] Layers)
{
    private static readonly SubjectId _name = new("typical");

    public static TypicalSubject Of(TwinInputs training)
    {
        var covariates = new double[training.Covariates.ColumnCount];
        for (var c = 0; c < covariates.Length; c++)
        {
            covariates[c] = training.Covariates.CopyColumn(c).Average();
        }

        return new TypicalSubject(covariates, [.. training.Layers.Select(Means)]);
    }

    /// <summary>As inputs of one subject.</summary>
    public TwinInputs As(IReadOnlyList<CovariateColumn> columns, IReadOnlyList<LayerFeatures> layers) => new(
        [_name],
        new CovariateMatrix(columns, 1, [.. Covariates]),
        [.. layers.Select((l, k) => new OmicsLayer(l.Name, l.Unit, l.Features, [.. Layers[k]]))]);

    private static float[] Means(OmicsLayer layer)
    {
        var sums = new double[layer.Features.Count];
        var counts = new int[layer.Features.Count];
        for (var i = 0; i < layer.SubjectCount; i++)
        {
            var row = layer.Row(i);
            for (var f = 0; f < row.Length; f++)
            {
                if (!float.IsNaN(row[f]))
                {
                    sums[f] += row[f];
                    counts[f]++;
                }
            }
        }

        return [.. sums.Select((s, f) => counts[f] == 0 ? float.NaN : (float)(s / counts[f]))];
    }
}
