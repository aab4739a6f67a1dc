namespace DigitalTwin.Numerics.Survival;

/// <summary>Cumulative hazard of a subject at the covariate means, from the hazard steps of the last likelihood evaluation.</summary>
internal static class CoxBaseline
{
    public static double[] WeightedMeans(CoxRiskSets sets, CoxLikelihood likelihood)
    {
        var weightSum = 0.0;
        for (var i = 0; i < sets.SubjectCount; i++)
        {
            weightSum += likelihood.Weights[i];
        }

        var means = new double[sets.CovariateCount];
        for (var j = 0; j < means.Length; j++)
        {
            var sum = 0.0;
            for (var i = 0; i < sets.SubjectCount; i++)
            {
                sum += likelihood.Weights[i] * sets.ByColumn[(j * sets.PaddedCount) + i];
            }

            means[j] = sets.Means[j] + (sets.Scales[j] * sum / weightSum);
        }

        return means;
    }

    public static IReadOnlyList<BaselineHazard> Hazards(
        CoxRiskSets sets, CoxLikelihood likelihood, double[] coefficients, double[] means)
    {
        // The likelihood centres at other means and at the mean offset.
        var shift = -sets.OffsetMean;
        for (var j = 0; j < coefficients.Length; j++)
        {
            shift += double.IsNaN(coefficients[j]) ? 0 : coefficients[j] * (means[j] - sets.Means[j]);
        }

        var relativeHazard = Math.Exp(shift);
        var baselines = new List<BaselineHazard>();
        for (var g = sets.Groups.Length - 1; g >= 0;)
        {
            var times = new List<double>();
            var cumulative = new List<double>();
            var sum = 0.0;
            CoxTimeGroup group;
            do
            {
                group = sets.Groups[g];
                sum += relativeHazard * likelihood.Hazards[g];
                times.Add(group.Time);
                cumulative.Add(sum);
                g--;
            }
            while (!group.OpensStratum);

            baselines.Add(new BaselineHazard(group.Stratum, [.. times], [.. cumulative]));
        }

        baselines.Reverse();
        return baselines;
    }
}
