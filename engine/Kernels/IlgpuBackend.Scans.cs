using DigitalTwin.Kernels.Dense;
using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels;

/// <summary>Questions about a whole matrix, and the steps of optimisers.</summary>
public sealed partial class IlgpuBackend
{
    // Results come to the host through one page of memory.
    private const int ScanGroups = 512;

    public long FirstNonFinite(MatrixView input)
    {
        if (input.Length == 0)
        {
            return -1;
        }

        var groups = (int)Math.Min(ScanGroups, GroupsFor(input.Length, _options.GroupSize));
        _places ??= _accelerator.Allocate1D<long>(ScanGroups);
        Launch(
            ScanKernels.FirstNonFiniteKernel, groups, _options.GroupSize, new FirstNonFiniteArguments { Input = MatrixOf(input), Places = _places.View.BaseView, Count = input.Length });
        Span<long> places = stackalloc long[ScanGroups];
        Fetch<long>(_places, places[..groups]);
        var first = input.Length;
        foreach (var place in places[..groups])
        {
            first = Math.Min(first, place);
        }

        return first == input.Length ? -1 : first;
    }

    public double SumOfSquares(MatrixView input)
    {
        if (input.Length == 0)
        {
            return 0;
        }

        var groups = (int)Math.Min(ScanGroups, GroupsFor(input.Length, _options.GroupSize));
        _doubles ??= _accelerator.Allocate1D<double>(ScanGroups);
        using var singles = _scratch.Rent(ScanGroups);
        var ofSingles = NumbersOf(singles.AsMatrix(1, ScanGroups));
        var arguments = new SumOfSquaresArguments { Input = MatrixOf(input), Doubles = _doubles.View.BaseView, Singles = ofSingles, Count = input.Length };
        var sum = 0.0;
        if (_accelerator.Capabilities is not ILGPU.Runtime.OpenCL.CLCapabilityContext { Float64: false })
        {
            Launch(ScanKernels.DoubleSumKernel, groups, _options.GroupSize, arguments);
            Span<double> sums = stackalloc double[ScanGroups];
            Fetch<double>(_doubles, sums[..groups]);
            foreach (var part in sums[..groups])
            {
                sum += part;
            }

            return sum;
        }

        Launch(ScanKernels.SingleSumKernel, groups, _options.GroupSize, arguments);
        Span<float> parts = stackalloc float[ScanGroups];
        ofSingles.SubView(0, groups).CopyToCPU(_stream, parts[..groups]);
        _stream.Synchronize();
        foreach (var part in parts[..groups])
        {
            sum += part;
        }

        return sum;
    }

    public void AdamStep(MatrixView parameters, MatrixView gradients, MatrixView firstMoment, MatrixView secondMoment, in AdamStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        OperandCheck.Same(parameters, firstMoment);
        OperandCheck.Same(parameters, secondMoment);
        var arguments = Optimizer(parameters, gradients, firstMoment, secondMoment);
        (arguments.LearningRate, arguments.Epsilon, arguments.GradientScale) = (step.LearningRate, step.Epsilon, step.GradientScale);
        (arguments.FirstMemory, arguments.FirstShare) = (step.Beta1, (float)(1 - (double)step.Beta1));
        (arguments.SecondMemory, arguments.SecondShare) = (step.Beta2, (float)(1 - (double)step.Beta2));
        arguments.CoupledDecay = step.DecoupledDecay ? 0f : step.WeightDecay;
        arguments.DecoupledDecay = step.DecoupledDecay ? step.WeightDecay : 0f;
        arguments.FirstCorrection = (float)(1 - Math.Pow(step.Beta1, step.Step));
        arguments.SecondCorrection = (float)(1 - Math.Pow(step.Beta2, step.Step));
        Launch(OptimizerKernels.AdamKernel, GroupsFor(arguments.Count, _options.GroupSize), _options.GroupSize, arguments);
    }

    public void SgdStep(MatrixView parameters, MatrixView gradients, MatrixView velocity, in SgdStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        OperandCheck.Same(parameters, velocity);
        var arguments = Optimizer(parameters, gradients, velocity, velocity);
        (arguments.LearningRate, arguments.FirstMemory) = (step.LearningRate, step.Momentum);
        (arguments.CoupledDecay, arguments.GradientScale) = (step.WeightDecay, step.GradientScale);
        Launch(OptimizerKernels.SgdKernel, GroupsFor(arguments.Count, _options.GroupSize), _options.GroupSize, arguments);
    }

    private OptimizerArguments Optimizer(MatrixView parameters, MatrixView gradients, MatrixView first, MatrixView second)
    {
        if (parameters.Rows > 1)
        {
            throw new ShapeMismatchException($"parameters is {parameters.ShapeText} and must be [1, parameters]: an optimiser steps over one contiguous run.");
        }

        return new OptimizerArguments
        {
            Parameters = NumbersOf(parameters),
            Gradients = NumbersOf(gradients),
            First = NumbersOf(first),
            Second = NumbersOf(second),
            Count = (int)parameters.Length,
        };
    }

    private void Fetch<T>(MemoryBuffer1D<T, Stride1D.Dense> from, Span<T> to)
        where T : unmanaged
    {
        from.View.BaseView.SubView(0, to.Length).CopyToCPU(_stream, to);
        _stream.Synchronize();
    }
}
