using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Models.Trees.Readings;

/// <summary>Turns what trees say together of subjects into predictions.</summary>
internal abstract class TreeReading : IStored
{
    /// <summary>What it predicts.</summary>
    public abstract PredictionShape Shape { get; }

    /// <summary>Numbers that it reads of a subject.</summary>
    public abstract int Width { get; }

    /// <param name="numbers">Row-major, shape [subjects, width]; may be kept or overwritten.</param>
    public abstract OutcomePredictions Of(double[] numbers);

    public abstract void Write(ModelWriter writer);
}

/// <summary>Shares of classes are their probabilities.</summary>
internal sealed class ClassReading(int classCount) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Classes(classCount);

    public override int Width => classCount;

    public static ClassReading Read(ModelReader reader) => new(reader.IntWithin(1, reader.Length, "the number of classes"));

    public override OutcomePredictions Of(double[] numbers) => new ClassProbabilities(numbers, classCount);

    public override void Write(ModelWriter writer) => writer.Int(classCount);
}

/// <summary>The number is the mean; the standard deviation is the same for everybody.</summary>
internal sealed class MeanReading(double deviation) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Continuous;

    public override int Width => 1;

    public static MeanReading Read(ModelReader reader) => new(reader.Number());

    public override OutcomePredictions Of(double[] numbers)
    {
        var deviations = new double[numbers.Length];
        Array.Fill(deviations, deviation);
        return new ContinuousPredictions(numbers, deviations);
    }

    public override void Write(ModelWriter writer) => writer.Number(deviation);
}

/// <summary>The number is the log odds of the outcome.</summary>
internal sealed class LogisticReading : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Classes(2);

    public override int Width => 1;

    public static LogisticReading Read(ModelReader reader) => new();

    public override OutcomePredictions Of(double[] numbers) =>
        new ClassProbabilities([.. numbers.SelectMany(s => new[] { 1 - Boosting.LogisticLoss.Probability(s), Boosting.LogisticLoss.Probability(s) })], 2);

    public override void Write(ModelWriter writer)
    {
    }
}

/// <summary>Numbers are log odds of classes, up to a constant.</summary>
internal sealed class SoftmaxReading(int classCount) : TreeReading
{
    public override PredictionShape Shape => PredictionShape.Classes(classCount);

    public override int Width => classCount;

    public static SoftmaxReading Read(ModelReader reader) => new(reader.IntWithin(1, reader.Length, "the number of classes"));

    public override OutcomePredictions Of(double[] numbers)
    {
        for (var i = 0; i < numbers.Length; i += classCount)
        {
            Softmax.InPlace(numbers.AsSpan(i, classCount));
        }

        return new ClassProbabilities(numbers, classCount);
    }

    public override void Write(ModelWriter writer) => writer.Int(classCount);
}
