using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Encoding;

/// <summary>The values of a feature among training subjects: smallest, largest, mean, and standard deviation.</summary>
internal readonly record struct TrainingSpan(double Least, double Most, double Mean, double Deviation)
{
    /// <summary>How far a value lies beyond those of training, in their standard deviations: negative below, 0 among them or missing.</summary>
    public double Beyond(double value) => value > Most ? (value - Most) / Deviation : value < Least ? (value - Least) / Deviation : 0;

    public static void Write(TrainingSpan[] spans, ModelWriter writer) => writer.Numbers([.. spans.SelectMany(s => new[] { s.Least, s.Most, s.Mean, s.Deviation })]);

    public static TrainingSpan[] Read(ModelReader reader, int count)
    {
        var numbers = reader.Numbers(checked(4 * count), "numbers on training values");
        return [.. Enumerable.Range(0, count).Select(f => new TrainingSpan(numbers[4 * f], numbers[(4 * f) + 1], numbers[(4 * f) + 2], numbers[(4 * f) + 3]))];
    }

    /// <param name="training">Layer in which the feature takes two values or more.</param>
    /// <param name="feature">Place of the feature.</param>
    public static TrainingSpan Of(SubjectLayer training, int feature)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0, squares = 0;
        var count = 0;
        for (var i = 0; i < training.SubjectCount; i++)
        {
            double value = training.Layer.Row(i)[feature];
            if (!double.IsNaN(value))
            {
                (least, most, sum, count) = (Math.Min(least, value), Math.Max(most, value), sum + value, count + 1);
            }
        }

        var mean = sum / count;
        for (var i = 0; i < training.SubjectCount; i++)
        {
            double value = training.Layer.Row(i)[feature];
            squares += double.IsNaN(value) ? 0 : (value - mean) * (value - mean);
        }

        return new TrainingSpan(least, most, mean, Math.Sqrt(squares / count));
    }
}
