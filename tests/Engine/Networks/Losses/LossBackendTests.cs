using DigitalTwin.Kernels;
using DigitalTwin.Networks.Losses;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Losses;

/// <summary>Each loss in float32, on the SIMD backend and on ILGPU's CPU accelerator: the same as in float64, finite at the extremes of float32, and free of allocations once warm.</summary>
public sealed class LossBackendTests
{
    private const int SubjectCount = 8;

    private static readonly int[] Labels = [0, 1, 2, 3, 0, 1, 2, 3];
    private static readonly float[] Times = [1, 2, 2, 3, 4, 4, 4, 6];
    private static readonly bool[] Events = [true, true, true, false, true, true, false, false];
    private static readonly float[] Values = [0.1f, -2, 3, 0, 1, 1, 8, -0.5f];
    private static readonly float[] Ones = [1, 1, 1, 1, 1, 1, 1, 1];

    /// <summary>Makes a loss; it sets its targets and composes itself from two predictions [8, 4].</summary>
    private static readonly Dictionary<string, Func<IComputeBackend, (IDisposable Loss, Func<Tape, Tensor, Tensor, Tensor> Of)>> ByName = new(StringComparer.Ordinal)
    {
        ["cross-entropy"] = b => Make(new CrossEntropyLoss(b, 4, smoothing: 0.1f), (l, t, x, _) => { l.SetTargets(Labels); return l.Of(t, x); }),
        ["focal"] = b => Make(new FocalLoss(b, 4), (l, t, x, _) => { l.SetTargets(Labels); return l.Of(t, x); }),
        ["cox"] = b => Make(new CoxLoss(b), (l, t, x, _) => { l.SetTargets(Times, Events); return l.Of(t, t.SliceColumns(x, 0, 1)); }),
        ["discrete hazard"] = b => Make(new DiscreteHazardLoss(b, 4), (l, t, x, _) => { l.SetTargets(Labels, Events); return l.Of(t, x); }),
        ["deephit"] = b => Make(new DeepHitLoss(b, 3), (l, t, x, _) => { l.SetTargets([0, 1, 2, 2, 0, 1, 2, 1], Events); return l.Of(t, x); }),
        ["gaussian"] = b => Make(new GaussianLoss(b), (l, t, x, y) => { l.SetTargets(Values); return l.Of(t, t.SliceColumns(x, 0, 1), t.SliceColumns(y, 1, 1)); }),
        ["student"] = b => Make(new StudentLoss(b, 4), (l, t, x, y) => { l.SetTargets(Values); return l.Of(t, t.SliceColumns(x, 0, 1), t.SliceColumns(y, 1, 1)); }),
        ["quantile"] = b => Make(new QuantileLoss(b, [0.1f, 0.4f, 0.6f, 0.9f]), (l, t, x, _) => { l.SetTargets(Values); return l.Of(t, x); }),
        ["contrast"] = b => Make(new ContrastiveLoss(b), (l, t, x, y) => { l.SetTargets(SubjectCount); return l.Of(t, x, y); }),
        ["reconstruction"] = b => Make(new MaskedReconstructionLoss(b), (l, t, x, _) => { l.SetTargets(Values, 1, Ones); return l.Of(t, t.SliceColumns(x, 2, 1)); }),
    };

    public static TheoryData<string, double> Scales()
    {
        var data = new TheoryData<string, double>();
        foreach (var name in ByName.Keys)
        {
            data.Add(name, 1);
            data.Add(name, 50);
        }

        return data;
    }

    public static TheoryData<string> Names() => [.. ByName.Keys];

    [Theory]
    [MemberData(nameof(Scales))]
    public void Reference_LossOnSimd_MatchesFloat64AndIsFinite(string name, double scale) => Compare(name, scale, new SimdBackend(2));

    [Theory]
    [MemberData(nameof(Scales))]
    public void Reference_LossOnIlgpu_MatchesFloat64AndIsFinite(string name, double scale) =>
        Compare(name, scale, IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = 32, LongRowEdges = 20 }));

    private static void Compare(string name, double scale, IComputeBackend backend)
    {
        using var reference = new ReferenceBackend();
        using var owned = backend;
        var (expected, actual) = (Run(reference, name, scale), Run(backend, name, scale));
        Assert.All(actual, v => Assert.True(double.IsFinite(v)));
        var greatest = expected.Max(Math.Abs);
        Agreement.Close(expected, actual, 2e-4, 2e-5 * Math.Max(1, greatest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Property_LossAndGradient_AllocateNothing(string name)
    {
        using var backend = new SimdBackend(1);
        using var tape = new Tape(backend);
        var (loss, of) = ByName[name](backend);
        var (x, y) = (backend.Rent(SubjectCount * 4).AsMatrix(SubjectCount, 4), backend.Rent(SubjectCount * 4).AsMatrix(SubjectCount, 4));
        using (loss)
        {
            Pass();
            Pass();
            Pass();
            var before = GC.GetAllocatedBytesForCurrentThread();
            Pass();
            Pass();
            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        void Pass()
        {
            tape.Reset();
            tape.Backward(of(tape, tape.Variable(x, "x"), tape.Variable(y, "y")));
        }
    }

    private static (IDisposable Loss, Func<Tape, Tensor, Tensor, Tensor> Of) Make<T>(T loss, Func<T, Tape, Tensor, Tensor, Tensor> of)
        where T : IDisposable => (loss, (tape, x, y) => of(loss, tape, x, y));

    /// <summary>The loss, and the gradients of both predictions.</summary>
    private static double[] Run(IComputeBackend backend, string name, double scale)
    {
        using var tape = new Tape(backend);
        var (loss, of) = ByName[name](backend);
        using (loss)
        {
            var (x, y) = (tape.Variable(Predictions(backend, 1, scale), "x"), tape.Variable(Predictions(backend, 2, scale), "y"));
            var result = of(tape, x, y);
            double value = Floats(backend, result.Value)[0];
            tape.Backward(result);
            return [value, .. Floats(backend, x.Gradient!.Value), .. y.Gradient is { } g ? Floats(backend, g) : []];
        }
    }

    private static MatrixView Predictions(IComputeBackend backend, int seed, double scale)
    {
        var view = backend.Rent(SubjectCount * 4).AsMatrix(SubjectCount, 4);
        backend.Upload([.. Enumerable.Range(0, SubjectCount * 4).Select(k => (float)(scale * Math.Sin((5 * k) + (seed * 0.7 * k * k))))], view);
        return view;
    }

    private static double[] Floats(IComputeBackend backend, MatrixView view)
    {
        var numbers = new float[view.Length];
        backend.Download(view, numbers);
        return Array.ConvertAll(numbers, n => (double)n);
    }
}
