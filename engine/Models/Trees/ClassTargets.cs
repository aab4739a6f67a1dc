using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees;

/// <summary>Classes of the subjects, of a binary, categorical or ordinal outcome.</summary>
/// <param name="Codes">Shape [subjects].</param>
/// <param name="Names">Shape [classes].</param>
internal sealed record ClassTargets(int[] Codes, IReadOnlyList<string> Names)
{
    private const double SmallestProbability = 1e-12;

    public int Count => Names.Count;

    public static ClassTargets Of(OutcomeData outcome) => outcome switch
    {
        BinaryOutcome binary => new ClassTargets([.. binary.Occurred.Select(o => o ? 1 : 0)], ["did not occur", "occurred"]),
        CategoricalOutcome categorical => new ClassTargets(categorical.Codes, categorical.Levels),
        _ => throw new ArgumentException($"{outcome.Kind} has no classes.", nameof(outcome)),
    };

    /// <summary>1 for the own class, 0 for others; row-major, shape [subjects, classes].</summary>
    public double[] Indicators()
    {
        var indicators = new double[Codes.Length * Count];
        for (var i = 0; i < Codes.Length; i++)
        {
            indicators[(i * Count) + Codes[i]] = 1;
        }

        return indicators;
    }

    /// <summary>Weighted mean of -log probability of the own class.</summary>
    public double LogLoss(ClassProbabilities probabilities, ReadOnlySpan<double> weights)
    {
        var (loss, sum) = (0.0, 0.0);
        for (var i = 0; i < Codes.Length; i++)
        {
            loss -= weights[i] * Math.Log(Math.Max(SmallestProbability, probabilities[i, Codes[i]]));
            sum += weights[i];
        }

        return loss / sum;
    }
}
