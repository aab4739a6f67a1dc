using System.Globalization;

namespace DigitalTwin.Tests.Reference;

/// <summary>Compares with a reference value to a relative tolerance, and says how far off it is.</summary>
public static class Agreement
{
    /// <summary>|actual - expected| is at most relative * |expected|, or the absolute floor.</summary>
    public static void Close(double expected, double actual, double relative = 1e-6, double floor = 1e-12)
    {
        if (double.IsNaN(expected) && double.IsNaN(actual) || expected == actual)
        {
            return;
        }

        var error = Math.Abs(actual - expected);
        Assert.True(
            error <= Math.Max(relative * Math.Abs(expected), floor),
            string.Create(CultureInfo.InvariantCulture, $"expected {expected:R}, got {actual:R}, relative error {error / Math.Abs(expected):E2}"));
    }

    public static void Close(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double relative = 1e-6, double floor = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            Close(expected[i], actual[i], relative, floor);
        }
    }
}
