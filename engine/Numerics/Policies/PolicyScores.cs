namespace DigitalTwin.Numerics.Policies;

/// <summary>What each subject says of a policy's value, so that two policies can be compared on the same subjects.</summary>
public static class PolicyScores
{
    /// <summary>Doubly robust scores, shape [subjects]: their mean is <see cref="PolicyValue.DoublyRobust"/> with weights of 1.</summary>
    /// <param name="outcomes">Shape [subjects].</param>
    /// <param name="received">Arm each subject received, shape [subjects].</param>
    /// <param name="chosen">Arm the policy chose, shape [subjects].</param>
    /// <param name="propensities">Probability that each subject received what it received, shape [subjects], in (0, 1].</param>
    /// <param name="predictedUnderChosen">Predicted outcome under the chosen arm, shape [subjects]; learnt without the subject's own outcome.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a propensity is out of range.</exception>
    /// <remarks>Source: [Dudik2014] section 3.</remarks>
    public static double[] DoublyRobust(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<int> received, ReadOnlySpan<int> chosen, ReadOnlySpan<double> propensities, ReadOnlySpan<double> predictedUnderChosen)
    {
        if (received.Length != outcomes.Length || chosen.Length != outcomes.Length || propensities.Length != outcomes.Length || predictedUnderChosen.Length != outcomes.Length)
        {
            throw new ArgumentException(
                $"{outcomes.Length} outcomes, {received.Length} arms received, {chosen.Length} chosen, {propensities.Length} propensities and {predictedUnderChosen.Length} predictions do not match.");
        }

        var scores = new double[outcomes.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            if (!(propensities[i] > 0 && propensities[i] <= 1))
            {
                throw new ArgumentException($"The propensity of subject {i} is {propensities[i]}; it must lie in (0, 1].", nameof(propensities));
            }

            var residual = received[i] == chosen[i] ? (outcomes[i] - predictedUnderChosen[i]) / propensities[i] : 0;
            scores[i] = predictedUnderChosen[i] + residual;
        }

        return scores;
    }

    /// <summary>Mean difference of two sets of scores of the same subjects, with its standard error.</summary>
    /// <param name="scores">Shape [subjects], at least two.</param>
    /// <param name="others">Shape [subjects]; for what was done, the outcomes themselves.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there are fewer than two subjects.</exception>
    public static (double Difference, double StandardError) Compare(ReadOnlySpan<double> scores, ReadOnlySpan<double> others)
    {
        if (scores.Length != others.Length || scores.Length < 2)
        {
            throw new ArgumentException($"{scores.Length} and {others.Length} scores: they must be of the same subjects, two or more.", nameof(others));
        }

        double mean = 0, variance = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            mean += (scores[i] - others[i]) / scores.Length;
        }

        for (var i = 0; i < scores.Length; i++)
        {
            var influence = (scores[i] - others[i] - mean) / scores.Length;
            variance += influence * influence;
        }

        return (mean, Math.Sqrt(variance));
    }
}
