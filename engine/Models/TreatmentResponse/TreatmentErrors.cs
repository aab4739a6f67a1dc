namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Spread of a new value around what is predicted, by errors made on held-out samples.</summary>
/// <param name="Deviations">In the outcome's unit, shape [treatments].</param>
/// <param name="Pooled">Of a treatment never seen, but for what is not known of its mean.</param>
internal sealed record TreatmentErrors(double[] Deviations, double Pooled)
{
    /// <summary>Subjects that the share of variance left over all treatments counts for.</summary>
    private const double PooledCount = 10;

    public static TreatmentErrors Of(ResponsePairs pairs, double[] heldOut, TreatmentScales scales)
    {
        var width = pairs.TreatmentCount;
        var (squares, counts) = (new double[width], new double[width]);
        for (var k = 0; k < heldOut.Length; k++)
        {
            var error = pairs.Weights[k] > 0 ? pairs.Values[k] - heldOut[k] : 0;
            squares[k % width] += pairs.Weights[k] * error * error;
            counts[k % width] += pairs.Weights[k];
        }

        var left = squares.Zip(scales.Deviations, (s, d) => s / (d * d)).Sum() / counts.Sum();
        var deviations = new double[width];
        for (var j = 0; j < width; j++)
        {
            var prior = left * scales.Deviations[j] * scales.Deviations[j];
            deviations[j] = Math.Sqrt((squares[j] + (PooledCount * prior)) / (counts[j] + PooledCount));
        }

        return new TreatmentErrors(deviations, Math.Sqrt(deviations.Sum(d => d * d) / width));
    }
}
