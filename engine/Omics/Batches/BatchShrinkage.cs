using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Batches;

/// <summary>Shifts and spreads of one batch, each shrunk towards what the batch does to all features: shifts normal, spreads inverse gamma, their
/// hyperparameters by moments.</summary>
/// <remarks>Source: [Johnson2007] equations of the conditional posterior means, iterated feature by feature.</remarks>
internal static class BatchShrinkage
{
    private const double Tolerance = 1e-12;
    private const int MostIterations = 10_000;

    /// <param name="standardized">For each feature its standardised values in the batch, null where the feature is left alone.</param>
    /// <returns>Shift and spread (a variance) of each feature, shape [features]; 0 and 1 where left alone.</returns>
    public static (double[] Shifts, double[] Spreads) Of(double[]?[] standardized)
    {
        FeatureMoments?[] moments = [.. standardized.Select(v => v is null ? (FeatureMoments?)null : FeatureMoments.Of(v))];
        var shifts = FeatureMoments.Of([.. moments.OfType<FeatureMoments>().Select(m => m.Mean)]);
        var spreads = FeatureMoments.Of([.. moments.OfType<FeatureMoments>().Select(m => m.Variance)]);
        var shape = ((2 * spreads.Variance) + (spreads.Mean * spreads.Mean)) / spreads.Variance;
        var rate = ((spreads.Mean * spreads.Variance) + (spreads.Mean * spreads.Mean * spreads.Mean)) / spreads.Variance;

        var (shrunkShifts, shrunkSpreads) = (new double[moments.Length], new double[moments.Length]);
        Array.Fill(shrunkSpreads, 1);
        for (var f = 0; f < moments.Length; f++)
        {
            if (standardized[f] is { } values && moments[f] is { } own)
            {
                (shrunkShifts[f], shrunkSpreads[f]) = Posterior(values, own, shifts, shape, rate);
            }
        }

        return (shrunkShifts, shrunkSpreads);
    }

    private static (double Shift, double Spread) Posterior(double[] values, FeatureMoments own, FeatureMoments shifts, double shape, double rate)
    {
        var (shift, spread) = (own.Mean, own.Variance);

        // All features spread alike: the prior of the spread is a point.
        var isPoint = !double.IsFinite(shape);
        for (var iteration = 0; iteration < MostIterations; iteration++)
        {
            var weight = own.Count * shifts.Variance;
            var nextShift = ((weight * own.Mean) + (spread * shifts.Mean)) / (weight + spread);
            double squares = 0;
            foreach (var value in values)
            {
                squares += (value - nextShift) * (value - nextShift);
            }

            var nextSpread = isPoint ? spread : ((0.5 * squares) + rate) / ((0.5 * own.Count) + shape - 1);
            var isSettled = Math.Abs(nextShift - shift) <= Tolerance * Math.Max(1, Math.Abs(shift)) && Math.Abs(nextSpread - spread) <= Tolerance * spread;
            (shift, spread) = (nextShift, nextSpread);
            if (isSettled)
            {
                break;
            }
        }

        return (shift, spread);
    }
}
