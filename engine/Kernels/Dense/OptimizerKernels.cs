// Steps of optimisers.
//   thread    one parameter
//   memory    parameters, gradients and moments are contiguous
//   numbers   float; corrections for the first steps come from the host in double
//   limits    fewer than 2^31 parameters
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct OptimizerArguments
{
    public ArrayView<float> Parameters;
    public ArrayView<float> Gradients;
    public ArrayView<float> First;
    public ArrayView<float> Second;
    public float LearningRate;

    /// <summary>Beta 1, or the momentum.</summary>
    public float FirstMemory;
    public float SecondMemory;

    /// <summary>1 - beta, taken in double.</summary>
    public float FirstShare;
    public float SecondShare;
    public float Epsilon;
    public float CoupledDecay;
    public float DecoupledDecay;
    public float GradientScale;
    public float FirstCorrection;
    public float SecondCorrection;
    public int Count;
}

internal static class OptimizerKernels
{
    public static readonly CatalogKernel<OptimizerArguments> AdamKernel = new(Adam);
    public static readonly CatalogKernel<OptimizerArguments> SgdKernel = new(Sgd);

    public static IEnumerable<CatalogKernel> All => [AdamKernel, SgdKernel];

    public static void Adam(OptimizerArguments a)
    {
        var i = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (i < a.Count)
        {
            var parameter = a.Parameters[i];
            var gradient = (a.Gradients[i] * a.GradientScale) + (a.CoupledDecay * parameter);
            var first = (a.FirstMemory * a.First[i]) + (a.FirstShare * gradient);
            var second = (a.SecondMemory * a.Second[i]) + (a.SecondShare * gradient * gradient);
            a.First[i] = first;
            a.Second[i] = second;
            var step = a.LearningRate * (first / a.FirstCorrection) / (MathF.Sqrt(second / a.SecondCorrection) + a.Epsilon);
            a.Parameters[i] = parameter - ((a.LearningRate * a.DecoupledDecay * parameter) + step);
        }
    }

    public static void Sgd(OptimizerArguments a)
    {
        var i = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (i < a.Count)
        {
            var velocity = (a.FirstMemory * a.First[i]) + (a.GradientScale * a.Gradients[i]) + (a.CoupledDecay * a.Parameters[i]);
            a.First[i] = velocity;
            a.Parameters[i] -= a.LearningRate * velocity;
        }
    }
}
