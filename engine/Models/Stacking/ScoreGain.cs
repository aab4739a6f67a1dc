namespace DigitalTwin.Models.Stacking;

/// <summary>By how much one prediction of the same subjects scores better than another, subject by subject.</summary>
/// <param name="Mean">Mean fall of the score, where a smaller score is better.</param>
/// <param name="StandardError">Of the mean.</param>
internal readonly record struct ScoreGain(double Mean, double StandardError)
{
    /// <summary>Whether the gain is above one standard error: what was there before is kept otherwise.</summary>
    /// <remarks>Source: the one-standard-error rule [Breiman1984] section 3.4.3.</remarks>
    public bool IsClear => Mean > StandardError;

    /// <param name="before">Scores, shape [subjects].</param>
    /// <param name="after">Of the same subjects.</param>
    /// <param name="caseWeights">Shape [subjects]; not negative, not all 0.</param>
    public static ScoreGain Of(ReadOnlySpan<double> before, ReadOnlySpan<double> after, ReadOnlySpan<double> caseWeights)
    {
        double sum = 0, total = 0, squares = 0;
        for (var i = 0; i < before.Length; i++)
        {
            sum += caseWeights[i] * (before[i] - after[i]);
            total += caseWeights[i];
        }

        for (var i = 0; i < before.Length; i++)
        {
            var apart = caseWeights[i] * (before[i] - after[i] - (sum / total));
            squares += apart * apart;
        }

        return new ScoreGain(sum / total, Math.Sqrt(squares) / total);
    }
}
