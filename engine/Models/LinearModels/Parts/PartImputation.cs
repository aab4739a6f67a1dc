using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.LinearModels.Parts;

/// <summary>Predictors of a subject's missing parts, expected from those that are there: means and covariances of the training subjects' held-out
/// predictors, each pair from the subjects that have both.</summary>
/// <remarks>Conditional mean of a normal distribution. Covariances between parts are shrunk by a tenth, which also keeps a matrix made of pairs positive.</remarks>
internal sealed class PartImputation
{
    private const double Shrinkage = 0.9;

    private readonly int _predictorCount;
    private readonly double[][] _means;
    private readonly double[][] _covariances;

    private PartImputation(int predictorCount, double[][] means, double[][] covariances) =>
        (_predictorCount, _means, _covariances) = (predictorCount, means, covariances);

    /// <param name="parts">Held-out predictors of each part, shape [parts][predictors, subjects]; NaN where missing.</param>
    /// <param name="predictorCount">Predictors of a subject in a part.</param>
    public static PartImputation Fit(IReadOnlyList<double[]> parts, int predictorCount)
    {
        var n = parts[0].Length / predictorCount;
        var means = new double[predictorCount][];
        var covariances = new double[predictorCount][];
        for (var k = 0; k < predictorCount; k++)
        {
            means[k] = [.. parts.Select(p => Mean(p.AsSpan(k * n, n)))];
            covariances[k] = new double[parts.Count * parts.Count];
            for (var a = 0; a < parts.Count; a++)
            {
                for (var b = 0; b < parts.Count; b++)
                {
                    covariances[k][(a * parts.Count) + b] =
                        Covariance(parts[a].AsSpan(k * n, n), parts[b].AsSpan(k * n, n), means[k][a], means[k][b]) * (a == b ? 1 : Shrinkage);
                }
            }
        }

        return new PartImputation(predictorCount, means, covariances);
    }

    public void Write(ModelWriter writer)
    {
        writer.Table(_means);
        writer.Table(_covariances);
    }

    public static PartImputation Read(ModelReader reader, int predictorCount, int partCount)
    {
        var (means, covariances) = (reader.Table(), reader.Table());
        reader.Require(means.Length == predictorCount && means.All(m => m.Length == partCount), $"means of parts are not of {partCount} parts");
        reader.Require(
            covariances.Length == predictorCount && covariances.All(c => c.Length == (long)partCount * partCount), $"covariances of parts are not of {partCount} parts");
        return new PartImputation(predictorCount, means, covariances);
    }

    /// <summary>Fills in, in place.</summary>
    /// <param name="parts">As in <see cref="Fit"/>, of any subjects.</param>
    public void Fill(IReadOnlyList<double[]> parts)
    {
        var n = parts[0].Length / _predictorCount;
        for (var k = 0; k < _predictorCount; k++)
        {
            for (var i = 0; i < n; i++)
            {
                var place = (k * n) + i;
                if (parts.Any(p => double.IsNaN(p[place])))
                {
                    Fill(parts, k, place);
                }
            }
        }
    }

    private void Fill(IReadOnlyList<double[]> parts, int predictor, int place)
    {
        int[] there = [.. Enumerable.Range(0, parts.Count).Where(p => !double.IsNaN(parts[p][place]))];
        int[] missing = [.. Enumerable.Range(0, parts.Count).Where(p => double.IsNaN(parts[p][place]))];
        var (mean, covariance) = (_means[predictor], _covariances[predictor]);
        var factor = new double[there.Length * there.Length];
        var solution = new double[there.Length];
        for (var a = 0; a < there.Length; a++)
        {
            solution[a] = parts[there[a]][place] - mean[there[a]];
            for (var b = 0; b < there.Length; b++)
            {
                factor[(a * there.Length) + b] = covariance[(there[a] * parts.Count) + there[b]];
            }
        }

        Cholesky.Factor(factor, there.Length);
        Cholesky.Solve(factor, there.Length, solution);
        foreach (var target in missing)
        {
            parts[target][place] = mean[target] + there.Select((p, a) => covariance[(target * parts.Count) + p] * solution[a]).Sum();
        }
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        double sum = 0;
        var count = 0;
        foreach (var value in values)
        {
            sum += double.IsNaN(value) ? 0 : value;
            count += double.IsNaN(value) ? 0 : 1;
        }

        return count == 0 ? 0 : sum / count;
    }

    private static double Covariance(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double meanA, double meanB)
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < a.Length; i++)
        {
            if (!double.IsNaN(a[i]) && !double.IsNaN(b[i]))
            {
                sum += (a[i] - meanA) * (b[i] - meanB);
                count++;
            }
        }

        return count == 0 ? 0 : sum / count;
    }
}
