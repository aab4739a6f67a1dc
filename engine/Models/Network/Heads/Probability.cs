namespace DigitalTwin.Models.Network.Heads;

/// <summary>Probabilities and logits, kept finite.</summary>
internal static class Probability
{
    /// <summary>Probabilities nearer to 0 or 1 than this are taken as this near.</summary>
    private const double Least = 1e-6;

    public static double Clamp(double probability) => Math.Clamp(probability, Least, 1 - Least);

    /// <summary>log(p / (1 - p)).</summary>
    public static double Logit(double probability)
    {
        var p = Clamp(probability);
        return Math.Log(p / (1 - p));
    }

    public static double Sigmoid(double logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>Softmax in place.</summary>
    public static void Softmax(Span<double> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits)
        {
            largest = Math.Max(largest, logit);
        }

        var sum = 0.0;
        foreach (ref var logit in logits)
        {
            logit = Math.Exp(logit - largest);
            sum += logit;
        }

        foreach (ref var share in logits)
        {
            share /= sum;
        }
    }
}
