namespace DigitalTwin.Numerics.Survival;

/// <summary>Pointwise confidence interval of a survival probability. Source: [Klein2003] section 4.3.</summary>
internal static class SurvivalInterval
{
    public static (double Lower, double Upper) Around(double survival, double standardError, double z, IntervalTransform transform)
    {
        if (survival == 1)
        {
            return (1, 1);
        }

        if (!(survival > 0) || !double.IsFinite(standardError))
        {
            return (double.NaN, double.NaN);
        }

        var logError = z * standardError / survival;
        switch (transform)
        {
            case IntervalTransform.Plain:
                return (Math.Max(survival - (z * standardError), 0), Math.Min(survival + (z * standardError), 1));
            case IntervalTransform.Log:
                return (survival * Math.Exp(-logError), Math.Min(survival * Math.Exp(logError), 1));
            case IntervalTransform.LogLog:
                var hazard = -Math.Log(survival);
                return (Math.Exp(-hazard * Math.Exp(logError / hazard)), Math.Exp(-hazard * Math.Exp(-logError / hazard)));
            default:
                throw new ArgumentOutOfRangeException(nameof(transform), transform, "Not an interval transform.");
        }
    }
}
