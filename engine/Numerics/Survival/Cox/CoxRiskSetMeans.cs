namespace DigitalTwin.Numerics.Survival;

/// <summary>Risk-weighted covariate means at each event time, in centred and scaled covariates, each of shape [time groups, covariates].</summary>
internal sealed class CoxRiskSetMeans
{
    private CoxRiskSetMeans(int length) =>
        (Means, MeanHazards, EventMeanHazards) = (new double[length], new double[length], new double[length]);

    /// <summary>Mean seen by an event; for Efron ties the mean over the tied events.</summary>
    public double[] Means { get; }

    /// <summary>Hazard step times mean.</summary>
    public double[] MeanHazards { get; }

    /// <summary>Hazard step times mean, as far as those with the event at that time lived through it.</summary>
    public double[] EventMeanHazards { get; }

    public static CoxRiskSetMeans Of(CoxRiskSets sets, CoxLikelihood likelihood)
    {
        var count = sets.CovariateCount;
        var result = new CoxRiskSetMeans(sets.Groups.Length * count);
        var (s0, s1, s1Events) = (0.0, new double[count], new double[count]);
        for (var g = 0; g < sets.Groups.Length; g++)
        {
            var group = sets.Groups[g];
            if (group.OpensStratum)
            {
                s0 = 0;
                Array.Clear(s1);
            }

            Array.Clear(s1Events);
            var (eventRisk, eventWeight, eventCount) = (0.0, 0.0, 0);
            for (var i = group.Start; i < group.End; i++)
            {
                var risk = likelihood.Risks[i];
                var isEvent = i < group.EventEnd && likelihood.Weights[i] > 0;
                s0 += risk;
                eventRisk += isEvent ? risk : 0;
                eventWeight += isEvent ? likelihood.Weights[i] : 0;
                eventCount += isEvent ? 1 : 0;
                for (var j = 0; j < count; j++)
                {
                    var part = risk * sets.ByRow[(i * sets.Stride) + j];
                    s1[j] += part;
                    s1Events[j] += isEvent ? part : 0;
                }
            }

            // Breslow ties leave nobody: the hazard that events see is the whole step.
            var isEfron = likelihood.EventHazards[g] < likelihood.Hazards[g];
            for (var k = 0; k < eventCount; k++)
            {
                var left = isEfron ? (double)k / eventCount : 0;
                var denominator = s0 - (left * eventRisk);
                var step = eventWeight / eventCount / denominator;
                for (var j = 0; j < count; j++)
                {
                    var mean = (s1[j] - (left * s1Events[j])) / denominator;
                    result.Means[(g * count) + j] += mean / eventCount;
                    result.MeanHazards[(g * count) + j] += step * mean;
                    result.EventMeanHazards[(g * count) + j] += step * mean * (1 - left);
                }
            }
        }

        return result;
    }
}
