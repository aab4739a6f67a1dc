using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>How common each class is among training subjects; half a subject is added to each class, so that none has a share of 0.</summary>
internal static class ClassShares
{
    /// <returns>Shape [classes], sums to 1.</returns>
    public static double[] Of(CategoricalOutcome training, ReadOnlySpan<double> weights)
    {
        var shares = new double[training.Levels.Count];
        Array.Fill(shares, 0.5);
        for (var i = 0; i < training.Count; i++)
        {
            shares[training.Codes[i]] += weights[i];
        }

        var total = shares.Sum();
        return Array.ConvertAll(shares, s => s / total);
    }
}
