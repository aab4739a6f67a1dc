using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Layers;

/// <summary>How wide the first values of weights spread, so that signals neither fade nor grow from layer to layer.</summary>
public enum WeightScheme
{
    /// <summary>Uniform within sqrt(6 / (inputs + outputs)): for layers that are linear, sigmoid or tanh.</summary>
    /// <remarks>Source: [Glorot2010] equation 16.</remarks>
    Glorot,

    /// <summary>Normal with variance 2 / inputs: for layers whose activation drops the negative half.</summary>
    /// <remarks>Source: [HeK2015] equation 10.</remarks>
    He,
}

/// <summary>First values by scheme.</summary>
public static class WeightSchemes
{
    /// <summary>The scheme that suits an activation.</summary>
    public static WeightScheme For(Activation activation) => activation is Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Gelu or Activation.Silu
        ? WeightScheme.He
        : WeightScheme.Glorot;

    /// <summary>Draws first values.</summary>
    public static void Fill(this WeightScheme scheme, Span<float> values, int inputs, int outputs, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        var bound = Math.Sqrt(6.0 / ((double)inputs + outputs));
        var deviation = Math.Sqrt(2.0 / inputs);
        foreach (ref var value in values)
        {
            value = (float)(scheme == WeightScheme.Glorot ? bound * ((2 * stream.NextDouble()) - 1) : deviation * stream.NextGaussian());
        }
    }
}
