namespace DigitalTwin.Models.Network.Heads;

/// <summary>How effects may change from interval to interval: Legendre polynomials of the number of the interval. The first is constant: proportional odds of the hazards.</summary>
internal static class TimeBasis
{
    /// <summary>For several kinds of event, each with coefficients of its own.</summary>
    /// <returns>Row-major [events * terms, intervals * events]; a column holds interval after interval, event after event.</returns>
    public static float[] Of(int intervalCount, int termCount, int eventCount)
    {
        var width = intervalCount * eventCount;
        var basis = new float[eventCount * termCount * width];
        for (var e = 0; e < eventCount; e++)
        {
            for (var j = 0; j < intervalCount; j++)
            {
                var x = intervalCount == 1 ? 0 : (2.0 * j / (intervalCount - 1)) - 1;
                double before = 0, value = 1;
                for (var r = 0; r < termCount; r++)
                {
                    basis[(((e * termCount) + r) * width) + (j * eventCount) + e] = (float)value;
                    (before, value) = (value, ((((2 * r) + 1) * x * value) - (r * before)) / (r + 1));
                }
            }
        }

        return basis;
    }
}
