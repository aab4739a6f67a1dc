using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>What the responses to two treatments have in common, a sum of four parts.</summary>
/// <param name="Name">For findings.</param>
/// <param name="Shared">Of all treatments: a sample that does well under one does well under every.</param>
/// <param name="Own">Of a treatment with itself only.</param>
/// <param name="Learnt">As their responses went together over the training samples.</param>
/// <param name="Related">As their drugs and targets are alike.</param>
internal sealed record TreatmentMix(string Name, double Shared, double Own, double Learnt, double Related)
{
    public static IReadOnlyList<TreatmentMix> Choices { get; } =
    [
        new("as responses go together", 0, 0.2, 0.8, 0),
        new("shared and own", 0.2, 0.8, 0, 0),
        new("shared, own and by targets", 0.2, 0.5, 0, 0.3),
        new("as responses go together and by targets", 0.1, 0.1, 0.6, 0.2),
    ];

    /// <returns>Row-major, shape [treatments, treatments], 1 in the diagonal.</returns>
    public double[] Of(double[] learnt, double[] related, int size)
    {
        var sum = new double[size * size];
        for (var k = 0; k < sum.Length; k++)
        {
            sum[k] = Shared + (Learnt * learnt[k]) + (Related * related[k]) + (k / size == k % size ? Own : 0);
        }

        return sum;
    }

    /// <summary>Correlations of standardised responses over samples; an empty cell stands at the mean of its sample's others, pulled towards 0 as by one more of them.</summary>
    /// <param name="pairs">Training samples.</param>
    /// <param name="standardized">Their values, shape [samples, treatments].</param>
    /// <returns>Shape [treatments, treatments], 1 in the diagonal, no eigenvalue below 0.</returns>
    public static double[] Correlations(ResponsePairs pairs, double[] standardized)
    {
        var (n, width) = (pairs.SampleCount, pairs.TreatmentCount);
        var columns = new double[width * n];
        for (var i = 0; i < n; i++)
        {
            var (sum, count) = (0.0, 0);
            for (var j = 0; j < width; j++)
            {
                var isThere = pairs.Weights[(i * width) + j] > 0;
                (sum, count) = isThere ? (sum + standardized[(i * width) + j], count + 1) : (sum, count);
            }

            for (var j = 0; j < width; j++)
            {
                columns[(j * n) + i] = pairs.Weights[(i * width) + j] > 0 ? standardized[(i * width) + j] : sum / (count + 1);
            }
        }

        for (var j = 0; j < width; j++)
        {
            var column = columns.AsSpan(j * n, n);
            double mean = 0, squares = 0;
            foreach (var value in column)
            {
                mean += value / n;
            }

            foreach (ref var value in column)
            {
                value -= mean;
                squares += value * value;
            }

            foreach (ref var value in column)
            {
                value = squares > 0 ? value / Math.Sqrt(squares) : 0;
            }
        }

        var correlations = new double[width * width];
        RowProducts.Multiply(columns, columns, n, correlations);
        for (var j = 0; j < width; j++)
        {
            correlations[(j * width) + j] = 1;
        }

        return correlations;
    }
}
