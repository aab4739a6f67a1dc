namespace DigitalTwin.Numerics.Policies;

/// <summary>What the mean outcome would be if every subject received the arm that a policy chose for it, with its standard error.</summary>
/// <param name="Value">In the unit of the outcome.</param>
/// <param name="StandardError">By the variance of the influence function; policy and propensities are taken as given.</param>
/// <param name="FollowedCount">Subjects who happened to receive what the policy chose: what the value rests on.</param>
/// <param name="EffectiveSampleSize">(sum of weights)^2 / sum of squared weights of those subjects.</param>
public sealed record PolicyValue(double Value, double StandardError, int FollowedCount, double EffectiveSampleSize)
{
    /// <summary>The ratio estimator: outcomes of those who followed the policy, each weighted by 1 / probability of what it received.</summary>
    /// <param name="outcomes">Shape [subjects]; a higher number is better, or it is not: the value is just the mean.</param>
    /// <param name="received">Arm each subject received, shape [subjects].</param>
    /// <param name="chosen">Arm the policy chose, shape [subjects]; learnt without the subject's own outcome.</param>
    /// <param name="propensities">Probability that each subject received what it received, shape [subjects], in (0, 1].</param>
    /// <param name="caseWeights">Shape [subjects]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a propensity is out of range, or nobody followed the policy.</exception>
    /// <remarks>Source: [Horvitz1952], in the ratio form of [Hajek1971]; for policies [Dudik2014] section 2.2.</remarks>
    public static PolicyValue InverseProbability(
        ReadOnlySpan<double> outcomes, ReadOnlySpan<int> received, ReadOnlySpan<int> chosen, ReadOnlySpan<double> propensities, ReadOnlySpan<double> caseWeights = default)
    {
        var weights = FollowerWeights(outcomes.Length, received, chosen, propensities, caseWeights);
        double total = 0, squares = 0, sum = 0;
        var followed = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            total += weights[i];
            squares += weights[i] * weights[i];
            sum += weights[i] * outcomes[i];
            followed += weights[i] > 0 ? 1 : 0;
        }

        if (followed == 0)
        {
            throw new ArgumentException("No subject received what the policy chose, so that its value cannot be estimated.", nameof(chosen));
        }

        var value = sum / total;
        var variance = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var influence = weights[i] * (outcomes[i] - value) / total;
            variance += influence * influence;
        }

        return new PolicyValue(value, Math.Sqrt(variance), followed, total * total / squares);
    }

    /// <summary>The doubly robust estimator: the prediction under the chosen arm, plus the weighted residual of those who received it.</summary>
    /// <param name="outcomes">Shape [subjects].</param>
    /// <param name="received">Arm each subject received, shape [subjects].</param>
    /// <param name="chosen">Arm the policy chose, shape [subjects].</param>
    /// <param name="propensities">Probability that each subject received what it received, shape [subjects], in (0, 1].</param>
    /// <param name="predictedUnderChosen">Predicted outcome under the chosen arm, shape [subjects]; learnt without the subject's own outcome.</param>
    /// <param name="caseWeights">Shape [subjects]; empty for 1 each.</param>
    /// <exception cref="ArgumentException">Lengths differ, a propensity is out of range, or nobody followed the policy.</exception>
    /// <remarks>Source: [Dudik2014] section 3.</remarks>
    public static PolicyValue DoublyRobust(
        ReadOnlySpan<double> outcomes,
        ReadOnlySpan<int> received,
        ReadOnlySpan<int> chosen,
        ReadOnlySpan<double> propensities,
        ReadOnlySpan<double> predictedUnderChosen,
        ReadOnlySpan<double> caseWeights = default)
    {
        if (predictedUnderChosen.Length != outcomes.Length)
        {
            throw new ArgumentException($"{predictedUnderChosen.Length} predictions for {outcomes.Length} outcomes.", nameof(predictedUnderChosen));
        }

        var weights = FollowerWeights(outcomes.Length, received, chosen, propensities, caseWeights);
        double caseTotal = 0, total = 0, squares = 0, sum = 0;
        var scores = new double[outcomes.Length];
        var followed = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var caseWeight = caseWeights.IsEmpty ? 1 : caseWeights[i];
            scores[i] = (caseWeight * predictedUnderChosen[i]) + (weights[i] * (outcomes[i] - predictedUnderChosen[i]));
            sum += scores[i];
            caseTotal += caseWeight;
            total += weights[i];
            squares += weights[i] * weights[i];
            followed += weights[i] > 0 ? 1 : 0;
        }

        if (followed == 0)
        {
            throw new ArgumentException("No subject received what the policy chose, so that its value cannot be estimated.", nameof(chosen));
        }

        var value = sum / caseTotal;
        var variance = 0.0;
        for (var i = 0; i < scores.Length; i++)
        {
            var influence = (scores[i] - ((caseWeights.IsEmpty ? 1 : caseWeights[i]) * value)) / caseTotal;
            variance += influence * influence;
        }

        return new PolicyValue(value, Math.Sqrt(variance), followed, total * total / squares);
    }

    private static double[] FollowerWeights(
        int subjectCount, ReadOnlySpan<int> received, ReadOnlySpan<int> chosen, ReadOnlySpan<double> propensities, ReadOnlySpan<double> caseWeights)
    {
        if (received.Length != subjectCount || chosen.Length != subjectCount || propensities.Length != subjectCount
            || (!caseWeights.IsEmpty && caseWeights.Length != subjectCount))
        {
            throw new ArgumentException(
                $"{subjectCount} outcomes, {received.Length} arms received, {chosen.Length} chosen, {propensities.Length} propensities and {caseWeights.Length} weights do not match.");
        }

        var weights = new double[subjectCount];
        for (var i = 0; i < subjectCount; i++)
        {
            if (!(propensities[i] > 0 && propensities[i] <= 1))
            {
                throw new ArgumentException($"The propensity of subject {i} is {propensities[i]}; it must lie in (0, 1].", nameof(propensities));
            }

            weights[i] = received[i] == chosen[i] ? (caseWeights.IsEmpty ? 1 : caseWeights[i]) / propensities[i] : 0;
        }

        return weights;
    }
}
