using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Residuals of a Cox regression from the state of its last likelihood evaluation. Source: [Therneau2000] chapters 4 and 7.</summary>
internal static class CoxResiduals
{
    /// <summary>Observed less expected events, shape [subjects], in the order of the input; zero for a subject of weight zero.</summary>
    public static double[] Martingale(CoxRiskSets sets, CoxLikelihood likelihood)
    {
        var residuals = new double[sets.SubjectCount];
        foreach (var group in sets.Groups)
        {
            for (var i = group.Start; i < group.End; i++)
            {
                if (likelihood.Weights[i] > 0)
                {
                    residuals[sets.Order[i]] = (i < group.EventEnd ? 1 : 0) - (likelihood.Expected[i] / likelihood.Weights[i]);
                }
            }
        }

        return residuals;
    }

    /// <summary>Score residuals times the covariance, shape [subjects, covariates], in the order and the units of the input, not weighted.</summary>
    public static RowMajorMatrix DfBeta(CoxRiskSets sets, CoxLikelihood likelihood, RowMajorMatrix covariance)
    {
        var count = sets.CovariateCount;
        var means = CoxRiskSetMeans.Of(sets, likelihood);
        var dfBetas = new double[sets.SubjectCount * count];
        var score = new double[count];
        var bread = WithoutUnfitted(covariance);
        var meanHazards = new double[count];
        var cumulative = 0.0;
        for (var g = sets.Groups.Length - 1; g >= 0; g--)
        {
            var group = sets.Groups[g];
            for (var i = group.Start; i < group.End; i++)
            {
                if (likelihood.Weights[i] > 0)
                {
                    var isEvent = i < group.EventEnd;
                    var hazard = cumulative + (isEvent ? likelihood.EventHazards[g] : likelihood.Hazards[g]);
                    var step = (isEvent ? means.EventMeanHazards : means.MeanHazards).AsSpan(g * count, count);
                    var relativeHazard = likelihood.Risks[i] / likelihood.Weights[i];
                    for (var j = 0; j < count; j++)
                    {
                        var value = sets.ByRow[(i * sets.Stride) + j];
                        var observed = isEvent ? value - means.Means[(g * count) + j] : 0;
                        score[j] = (observed - (relativeHazard * ((value * hazard) - meanHazards[j] - step[j]))) * sets.Scales[j];
                    }

                    Multiply(bread, score, dfBetas.AsSpan(sets.Order[i] * count, count));
                }
            }

            cumulative += likelihood.Hazards[g];
            for (var j = 0; j < count; j++)
            {
                meanHazards[j] += means.MeanHazards[(g * count) + j];
            }

            if (group.OpensStratum)
            {
                cumulative = 0;
                Array.Clear(meanHazards);
            }
        }

        return new RowMajorMatrix(dfBetas, sets.SubjectCount, count);
    }

    /// <summary>Sum over clusters of the outer product of the cluster's weighted dfbetas [Lin1989].</summary>
    public static RowMajorMatrix Sandwich(CoxRiskSets sets, CoxLikelihood likelihood, RowMajorMatrix dfBetas, int[]? clusters)
    {
        var count = sets.CovariateCount;
        var weights = new double[sets.SubjectCount];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[sets.Order[i]] = likelihood.Weights[i];
        }

        var sums = new Dictionary<int, double[]>();
        var ordered = new List<double[]>();
        for (var i = 0; i < weights.Length; i++)
        {
            var key = clusters?[i] ?? i;
            if (!sums.TryGetValue(key, out var sum))
            {
                sum = new double[count];
                sums.Add(key, sum);
                ordered.Add(sum);
            }

            var row = dfBetas.Row(i);
            for (var j = 0; j < count; j++)
            {
                sum[j] += weights[i] * row[j];
            }
        }

        var sandwich = new double[count * count];
        foreach (var sum in ordered)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++)
                {
                    sandwich[(i * count) + j] += sum[i] * sum[j];
                }
            }
        }

        return new RowMajorMatrix(sandwich, count, count);
    }

    /// <summary>A covariate that was not fitted has no covariance with the others; its own row stays NaN.</summary>
    private static double[] WithoutUnfitted(RowMajorMatrix covariance)
    {
        var cleared = covariance.Values.ToArray();
        for (var j = 0; j < covariance.RowCount; j++)
        {
            for (var k = 0; k < covariance.ColumnCount; k++)
            {
                if (double.IsNaN(covariance[k, k]) && !double.IsNaN(covariance[j, j]))
                {
                    cleared[(j * covariance.ColumnCount) + k] = 0;
                }
            }
        }

        return cleared;
    }

    private static void Multiply(ReadOnlySpan<double> matrix, ReadOnlySpan<double> vector, Span<double> product)
    {
        for (var j = 0; j < product.Length; j++)
        {
            var row = matrix.Slice(j * vector.Length, vector.Length);
            var sum = 0.0;
            for (var k = 0; k < row.Length; k++)
            {
                sum += row[k] * vector[k];
            }

            product[j] = sum;
        }
    }
}
