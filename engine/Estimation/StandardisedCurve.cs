namespace DigitalTwin.Estimation;

/// <summary>A population's survival under one arm, as steps: survival is 1 before the first time.</summary>
/// <param name="Days">Ascending, shape [times].</param>
/// <param name="Survival">At and after each time, shape [times].</param>
public sealed record StandardisedCurve(double[] Days, double[] Survival)
{
    /// <summary>Survival at a time, days; flat after the last step.</summary>
    public double At(double day)
    {
        var index = Array.BinarySearch(Days, day);
        var step = index >= 0 ? index : ~index - 1;
        return step < 0 ? 1 : Survival[step];
    }

    /// <summary>Area under the curve from 0 to a horizon, days.</summary>
    public double Area(double horizon)
    {
        double area = 0;
        double left = 0;
        double survival = 1;
        for (var t = 0; t < Days.Length && Days[t] < horizon; t++)
        {
            area += survival * (Days[t] - left);
            (left, survival) = (Days[t], Survival[t]);
        }

        return area + (survival * (horizon - left));
    }

    /// <summary>The log hazard ratio that a Cox regression tends to in a large trial of two equal arms with these curves, followed to the horizon
    /// without loss.</summary>
    /// <remarks>Root of the expected score, sum over times of dF1 S0 - dF0 S1 e^b over (S1 e^b + S0), by bisection: the score falls in b.
    /// Source: [Struthers1986].</remarks>
    public static double LogHazardRatio(StandardisedCurve treated, StandardisedCurve control, double horizon)
    {
        double[] times = [.. treated.Days.Concat(control.Days).Where(d => d <= horizon).Distinct().Order()];
        double low = -20;
        double high = 20;
        for (var iteration = 0; iteration < 100 && high - low > 1e-12; iteration++)
        {
            var middle = (low + high) / 2;
            (low, high) = Score(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;

        double Score(double logRatio)
        {
            var ratio = Math.Exp(logRatio);
            double score = 0;
            double survivalTreated = 1;
            double survivalControl = 1;
            foreach (var time in times)
            {
                var nextTreated = treated.At(time);
                var nextControl = control.At(time);
                var atRisk = (survivalTreated * ratio) + survivalControl;
                if (atRisk > 0)
                {
                    var died = survivalTreated - nextTreated;
                    var diedControl = survivalControl - nextControl;
                    score += ((died * survivalControl) - (diedControl * survivalTreated * ratio)) / atRisk;
                }

                (survivalTreated, survivalControl) = (nextTreated, nextControl);
            }

            return score;
        }
    }
}
