using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Packs one panel of B.</summary>
internal unsafe struct PackWork : IParallelWork
{
    public GemmPanels Panels;
    public Rows B;
    public bool TransposeB;
    public float Alpha;
    public int Inner;
    public float* Packed;

    public readonly void Execute(int item, int worker) => Panels.Pack(B, TransposeB, Alpha, item, 0, Inner, Packed + ((long)Panels[item].First * Inner));
}

/// <summary>One block of rows against one panel; all blocks of a panel before the next panel.</summary>
internal unsafe struct BlockedGemmWork<TActivation> : IParallelWork
    where TActivation : unmanaged, ILaneFunction
{
    public GemmProblem Problem;
    public GemmPanels Panels;
    public float* Packed;
    public int RowsOfBlock;
    public int BlockCount;

    public readonly void Execute(int item, int worker)
    {
        var panel = item / BlockCount;
        var row = item % BlockCount * RowsOfBlock;
        Problem.Block<TActivation>(Panels, panel, Packed + ((long)Panels[panel].First * Problem.Inner), row, Math.Min(row + RowsOfBlock, Problem.Rows));
    }
}

/// <summary>One whole product of a batch.</summary>
internal unsafe struct BatchedGemmWork<TActivation> : IParallelWork
    where TActivation : unmanaged, ILaneFunction
{
    public GemmProblem Problem;
    public GemmPanels Panels;
    public Rows B;
    public bool TransposeB;
    public float Alpha;
    public long StepOfA;
    public int StepOfB;
    public ScratchParts Scratch;

    public readonly void Execute(int item, int worker)
    {
        var p = Problem;
        p.A += item * StepOfA;
        p.C += (long)item * p.Rows * p.Stride;
        var b = B.From((long)item * StepOfB);
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            var packed = Scratch[worker];
            Panels.Pack(b, TransposeB, Alpha, panel, 0, p.Inner, packed);
            p.Block<TActivation>(Panels, panel, packed, 0, p.Rows);
        }
    }
}

/// <summary>A part of every sum of a product with few outputs.</summary>
internal unsafe struct SplitGemmWork : IParallelWork
{
    /// <summary>Terms of each part.</summary>
    public const int InnerOfAPart = 512;

    public GemmProblem Problem;
    public GemmPanels Panels;
    public Rows B;
    public bool TransposeB;
    public float Alpha;
    public float* Sums;

    /// <summary>Whether B is one panel as it lies.</summary>
    public bool IsPacked;
    public ScratchParts Scratch;

    public readonly void Execute(int item, int worker)
    {
        var first = item * InnerOfAPart;
        var p = Problem;
        p.A += first * p.InnerStep;
        p.C = Sums + ((long)item * p.Rows * p.Columns);
        p.Inner = Math.Min(InnerOfAPart, p.Inner - first);
        p.Stride = p.Columns;
        p.Beta = 0f;
        p.Bias = null;
        for (var panel = 0; panel < Panels.Count; panel++)
        {
            var packed = IsPacked ? B[first] : Scratch[worker];
            if (!IsPacked)
            {
                Panels.Pack(B, TransposeB, Alpha, panel, first, p.Inner, packed);
            }

            p.Block<Identity>(Panels, panel, packed, 0, p.Rows);
        }
    }
}

/// <summary>Adds the parts of one row of outputs in their order.</summary>
internal unsafe struct CombineGemmWork<TActivation> : IParallelWork
    where TActivation : unmanaged, ILaneFunction
{
    public GemmProblem Problem;
    public float* Sums;
    public int PartCount;

    public readonly void Execute(int item, int worker)
    {
        var c = Problem.C + (item * Problem.Stride);
        var partStride = (long)Problem.Rows * Problem.Columns;
        for (var j = 0; j < Problem.Columns; j += Lanes.Count)
        {
            var used = Problem.Columns - j;
            var sum = Vector512<float>.Zero;
            for (var part = 0; part < PartCount; part++)
            {
                sum += Lanes.Load(Sums + (part * partStride) + ((long)item * Problem.Columns) + j, used);
            }

            if (Problem.Beta != 0)
            {
                sum = Vector512.FusedMultiplyAdd(Vector512.Create(Problem.Beta), Lanes.Load(c + j, used), sum);
            }

            if (Problem.Bias != null)
            {
                sum += Lanes.Load(Problem.Bias + j, used);
            }

            Lanes.Store(TActivation.Value(new VectorLanes(sum)).Value, c + j, used);
        }
    }
}
