using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Tests.Engine.Numerics.Autodiff;

public sealed class ParameterSetTests
{
    /// <summary>A parameter of 16 numbers or fewer takes 16, so that the next starts on a cache line.</summary>
    [Fact]
    public void Error_AParameterAboveTheLimit_IsRefusedByName()
    {
        using var backend = new SimdBackend(1);
        using var parameters = new ParameterSet(backend) { LengthLimit = 32 };

        parameters.Add("first", 3, 4);
        Assert.Equal(16, parameters.Length);
        parameters.Add("second", 1, 16);

        Assert.Contains("'third' [1, 1]", Assert.Throws<ArgumentException>(() => parameters.Add("third", 1, 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => parameters.RequireRoom("huge", int.MaxValue, int.MaxValue));
    }
}
