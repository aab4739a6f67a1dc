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
}
