using MathNet.Numerics.Distributions;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Product-limit estimate of a survival curve [Kaplan1958].</summary>
public static class KaplanMeier
{
    /// <summary>Draws the curve with its pointwise intervals.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="options">Null: no weights, Greenwood variance, log-log intervals of 95 %.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>Same numbers as R's survfit. Where the curve is still 1 the bounds are 1 (R's log-log gives NA);
    /// where it has reached 0 standard error and bounds are NaN, as in R. Cost O(n log n).</remarks>
    public static SurvivalCurve Fit(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, KaplanMeierOptions? options = null)
    {
        options ??= new KaplanMeierOptions();
        SurvivalInput.CheckFollowUp(times, events);
        if (!(options.Level > 0 && options.Level < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Level, "The level must lie between 0 and 1.");
        }

        var weights = options.Weights ?? SurvivalInput.Ones(times.Length);
        SurvivalInput.CheckWeights(weights, times.Length);
        var table = RiskTable.Of(times, events, weights);
        var survival = ProductLimit(table);
        var logErrors = options.Variance == CurveVariance.Robust
            ? RobustLogErrors(table, events, weights)
            : GreenwoodLogErrors(table);
        return Describe(table, survival, logErrors, options);
    }

    internal static double[] ProductLimit(RiskTable table)
    {
        var survival = new double[table.Times.Length];
        var product = 1.0;
        for (var t = 0; t < survival.Length; t++)
        {
            product *= IsLastDeath(table, t) ? 0 : 1 - (table.Events[t] / table.AtRisk[t]);
            survival[t] = product;
        }

        return survival;
    }

    /// <summary>All that are left have the event: the curve falls to zero, whatever the rounding of the weights.</summary>
    internal static bool IsLastDeath(RiskTable table, int time) =>
        table.Events[time] > 0 && table.Censored[time] == 0 && time == table.Times.Length - 1;

    private static double[] GreenwoodLogErrors(RiskTable table)
    {
        var errors = new double[table.Times.Length];
        var sum = 0.0;
        for (var t = 0; t < errors.Length; t++)
        {
            var (events, atRisk) = (table.Events[t], table.AtRisk[t]);
            sum += events == 0 ? 0 : IsLastDeath(table, t) ? double.PositiveInfinity : events / (atRisk * (atRisk - events));
            errors[t] = Math.Sqrt(sum);
        }

        return errors;
    }

    /// <summary>Standard error of log survival from each subject's influence: those still followed share one influence,
    /// that of those gone is fixed on the day they go.</summary>
    private static double[] RobustLogErrors(RiskTable table, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        var errors = new double[table.Times.Length];
        var squaresLeft = 0.0;
        foreach (var subject in table.Order)
        {
            squaresLeft += weights[subject] * weights[subject];
        }

        var (shared, squaresGone) = (0.0, 0.0);
        for (var t = 0; t < errors.Length; t++)
        {
            if (IsLastDeath(table, t))
            {
                errors[t] = double.PositiveInfinity;
                continue;
            }

            var survivors = table.AtRisk[t] - table.Events[t];
            shared += table.Events[t] / (table.AtRisk[t] * survivors);
            for (var i = table.Starts[t]; i < table.Starts[t + 1]; i++)
            {
                var subject = table.Order[i];
                var square = weights[subject] * weights[subject];
                var influence = (events[subject] ? 1 / survivors : 0) - shared;
                squaresLeft -= square;
                squaresGone += square * influence * influence;
            }

            errors[t] = Math.Sqrt(squaresGone + (Math.Max(squaresLeft, 0) * shared * shared));
        }

        return errors;
    }

    private static SurvivalCurve Describe(RiskTable table, double[] survival, double[] logErrors, KaplanMeierOptions options)
    {
        var z = Normal.InvCDF(0, 1, 1 - ((1 - options.Level) / 2));
        var (errors, lower, upper) = (new double[survival.Length], new double[survival.Length], new double[survival.Length]);
        for (var t = 0; t < survival.Length; t++)
        {
            errors[t] = survival[t] * logErrors[t];
            (lower[t], upper[t]) = SurvivalInterval.Around(survival[t], errors[t], z, options.Interval);
        }

        return new SurvivalCurve
        {
            Times = table.Times,
            AtRisk = table.AtRisk,
            Events = table.Events,
            Censored = table.Censored,
            Survival = survival,
            StandardErrors = errors,
            Lower = lower,
            Upper = upper,
            Level = options.Level,
        };
    }
}
