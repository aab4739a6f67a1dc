namespace DigitalTwin.Numerics.Distributions;

/// <summary>Scores of classes as probabilities.</summary>
public static class Softmax
{
    /// <summary>Replaces each score s by exp(s) over the sum of all; finite whatever their size, for the largest is taken off first.</summary>
    /// <param name="scores">Shape [classes]; at least one is finite, none is NaN or positive infinity.</param>
    public static void InPlace(Span<double> scores)
    {
        var largest = double.NegativeInfinity;
        foreach (var score in scores)
        {
            largest = Math.Max(largest, score);
        }

        var sum = 0.0;
        foreach (ref var score in scores)
        {
            score = Math.Exp(score - largest);
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score /= sum;
        }
    }
}
