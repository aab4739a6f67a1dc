using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Tests.Engine.Networks.Layers;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

/// <summary>A loss on the float64 reference backend: its value and the gradients of its inputs.</summary>
internal sealed class LossBench : IDisposable
{
    public ReferenceBackend Backend { get; } = new();

    public static float[] Floats(double[] values) => Array.ConvertAll(values, v => (float)v);

    public static int[] Whole(double[] values) => Array.ConvertAll(values, v => (int)v);

    public static bool[] Flags(double[] values) => Array.ConvertAll(values, v => v == 1);

    public (double Loss, double[][] Gradients) Run(Func<Tape, Tensor[], Tensor> loss, params (double[] Values, int Columns)[] inputs)
    {
        using var tape = new Tape(Backend);
        var tensors = inputs.Select((input, k) =>
        {
            var buffer = Backend.Rent(input.Values.Length);
            input.Values.CopyTo(ReferenceBackend.Numbers(buffer));
            return tape.Variable(buffer.AsMatrix(input.Values.Length / input.Columns, input.Columns), $"input {k}");
        }).ToArray();
        var result = loss(tape, tensors);
        var value = Assert.Single(LayerBench.Numbers(result.Value));
        tape.Backward(result);
        return (value, [.. tensors.Select(t => t.Gradient is { } g ? LayerBench.Numbers(g) : new double[t.Value.Length])]);
    }

    /// <summary>Asserts that gradients agree with central differences.</summary>
    public void CheckGradients(Func<Tape, Tensor[], Tensor> loss, params (double[] Values, int Columns)[] inputs)
    {
        const double step = 1e-5;
        var (_, gradients) = Run(loss, inputs);
        for (var k = 0; k < inputs.Length; k++)
        {
            for (var n = 0; n < inputs[k].Values.Length; n++)
            {
                var value = inputs[k].Values[n];
                inputs[k].Values[n] = value + step;
                var above = Run(loss, inputs).Loss;
                inputs[k].Values[n] = value - step;
                var below = Run(loss, inputs).Loss;
                inputs[k].Values[n] = value;
                DigitalTwin.Tests.Reference.Agreement.Close((above - below) / (2 * step), gradients[k][n], 1e-5, 1e-6);
            }
        }
    }

    public void Dispose() => Backend.Dispose();
}
