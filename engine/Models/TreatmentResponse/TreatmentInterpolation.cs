using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Values of treatments never seen from those of training, by kernel ridge over how alike they are, around the mean of training.</summary>
/// <remarks>The penalty is the one with the least squared error when each treatment is left out in turn, which the inverse gives at once [Rasmussen2006].</remarks>
internal sealed class TreatmentInterpolation
{
    private static readonly double[] s_penalties = [0.1, 0.3, 1, 3, 10, 100];

    private readonly double[]? _inverse;
    private readonly int _size;

    private TreatmentInterpolation(double[]? inverse, int size, double leftOutVariance) => (_inverse, _size, LeftOutVariance) = (inverse, size, leftOutVariance);

    /// <summary>Mean squared error of treatments left out.</summary>
    public double LeftOutVariance { get; }

    public void Write(ModelWriter writer)
    {
        writer.OptionalNumbers(_inverse);
        writer.Number(LeftOutVariance);
    }

    /// <param name="reader">Where <see cref="Write"/> wrote.</param>
    /// <param name="size">Treatments.</param>
    public static TreatmentInterpolation Read(ModelReader reader, int size)
    {
        var (inverse, variance) = (reader.OptionalNumbers(), reader.Finite("variance of treatments left out"));
        reader.Require(inverse is null || inverse.Length == (long)size * size, $"{inverse?.Length} numbers relate {size} treatments");
        reader.Require(variance >= 0, $"the variance of treatments left out is {variance}");
        return new TreatmentInterpolation(inverse, size, variance);
    }

    /// <param name="similarity">Shape [treatments, treatments].</param>
    /// <param name="values">Row-major, shape [rows, treatments]; each row is around its own mean.</param>
    /// <param name="size">Treatments.</param>
    public static TreatmentInterpolation Fit(double[] similarity, double[] values, int size)
    {
        var rowCount = values.Length / size;
        double[] centred = [.. values];
        for (var i = 0; i < rowCount; i++)
        {
            var row = centred.AsSpan(i * size, size);
            var mean = 0.0;
            foreach (var value in row)
            {
                mean += value / size;
            }

            for (var j = 0; j < size; j++)
            {
                row[j] -= mean;
            }
        }

        // Without any relation the mean of the others is all there is.
        var best = (Inverse: (double[]?)null, Loss: centred.Sum(v => v * v));
        var duals = new double[centred.Length];
        foreach (var penalty in s_penalties)
        {
            double[] system = [.. similarity];
            for (var j = 0; j < size; j++)
            {
                system[(j * size) + j] += penalty;
            }

            Cholesky.Factor(system, size);
            var inverse = Cholesky.Inverse(system, size);
            RowProducts.Multiply(centred, inverse, size, duals);
            var loss = 0.0;
            for (var k = 0; k < duals.Length; k++)
            {
                var leftOut = duals[k] / inverse[((k % size) * size) + (k % size)];
                loss += leftOut * leftOut;
            }

            if (loss < best.Loss)
            {
                best = (inverse, loss);
            }
        }

        // The one left out has a part in the mean: without it the error would be larger by this.
        var alone = (double)size / Math.Max(1, size - 1);
        return new TreatmentInterpolation(best.Inverse, size, alone * alone * best.Loss / centred.Length);
    }

    /// <summary>How much each training treatment counts for another, shape [treatments]; the value is the sum of these times the training values, and weights sum to 1.</summary>
    /// <param name="similarity">Of the treatment with those of training, shape [treatments].</param>
    public double[] Weights(ReadOnlySpan<double> similarity)
    {
        var weights = new double[_size];
        var sum = 0.0;
        for (var j = 0; j < _size && _inverse is not null; j++)
        {
            for (var k = 0; k < _size; k++)
            {
                weights[j] += similarity[k] * _inverse[(k * _size) + j];
            }

            sum += weights[j];
        }

        // mean + sum of w (value - mean), the mean being that of all training treatments.
        for (var j = 0; j < _size; j++)
        {
            weights[j] += (1 - sum) / _size;
        }

        return weights;
    }
}
