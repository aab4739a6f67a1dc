namespace DigitalTwin.Omics.Layers;

/// <summary>Mean and variance of the values of a feature that are there.</summary>
/// <param name="Count">Values.</param>
/// <param name="Mean">NaN where there are none.</param>
/// <param name="Variance">Over count - 1; 0 for fewer than two values.</param>
internal readonly record struct FeatureMoments(int Count, double Mean, double Variance)
{
    public double Deviation => Math.Sqrt(Variance);

    public static FeatureMoments Of(ReadOnlySpan<double> values)
    {
        if (values.IsEmpty)
        {
            return new FeatureMoments(0, double.NaN, 0);
        }

        double mean = 0;
        foreach (var value in values)
        {
            mean += value;
        }

        mean /= values.Length;
        double squares = 0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return new FeatureMoments(values.Length, mean, values.Length > 1 ? squares / (values.Length - 1) : 0);
    }
}
