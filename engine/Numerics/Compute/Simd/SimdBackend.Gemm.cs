using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>General matrix product. B is packed once into panels; blocks of rows times panels are the items of work. A product with few outputs and long
/// sums is cut along the sums instead, in parts that do not depend on the count of threads.</summary>
public sealed unsafe partial class SimdBackend
{
    /// <summary>Numbers of A that a block of rows holds.</summary>
    private const int BlockNumbers = 64 * 1024;

    private const int MostRowsOfABlock = 80 * GemmTile.Height;
    private const int MostOutputsOfSplit = 256 * 256;

    public void Gemm(in GemmArguments arguments)
    {
        var (rows, columns, inner) = OperandCheck.Gemm(arguments);
        if (rows == 0 || columns == 0)
        {
            return;
        }

        var (a, b, c) = (Of(arguments.A), Of(arguments.B), Of(arguments.C));
        var batch = arguments.BatchCount;
        if (batch > 1 && arguments is { ShareB: true, ShareA: false, TransposeA: false })
        {
            (rows, batch) = (rows * batch, 1);
        }

        var visitor = new GemmVisitor
        {
            Backend = this,
            B = b,
            TransposeB = arguments.TransposeB,
            Alpha = arguments.Alpha,
            Batch = batch,
            StepOfA = arguments.ShareA ? 0 : (long)(a.Count / arguments.BatchCount) * a.Stride,
            StepOfB = arguments.ShareB ? 0 : b.Count / arguments.BatchCount,
            Panels = new GemmPanels(columns),
            Problem = new GemmProblem
            {
                A = a.Start,
                RowStep = arguments.TransposeA ? 1 : a.Stride,
                InnerStep = arguments.TransposeA ? a.Stride : 1,
                C = c.Start,
                Stride = c.Stride,
                Beta = arguments.Beta,
                Streams = arguments.Beta == 0 && inner <= GemmProblem.InnerBlock && StoreModes.ForWriting(c) == StoreMode.Stream,
                Bias = arguments.Bias is { } bias ? Of(bias).Start : null,
                Rows = rows,
                Columns = columns,
                Inner = inner,
            },
        };
        FunctionDispatch.Visit(arguments.Activation, ref visitor);
    }

    private void GemmOf<TActivation>(in GemmVisitor g)
        where TActivation : unmanaged, ILaneFunction
    {
        var p = g.Problem;
        if (g.Batch > 1)
        {
            var scratch = _scratch.Parts((long)g.Panels.PaddedColumns * p.Inner);
            _team.Run(
                new BatchedGemmWork<TActivation>
                {
                    Problem = p,
                    Panels = g.Panels,
                    B = g.B,
                    TransposeB = g.TransposeB,
                    Alpha = g.Alpha,
                    StepOfA = g.StepOfA,
                    StepOfB = g.StepOfB,
                    Scratch = scratch,
                },
                g.Batch);
            return;
        }

        if (p.Inner >= 8 * SplitGemmWork.InnerOfAPart && (long)p.Rows * p.Columns <= MostOutputsOfSplit && p.Inner / 8 > Math.Max(p.Rows, p.Columns))
        {
            SplitInner<TActivation>(g);
            return;
        }

        var packed = Pack(g);
        if (NarrowGemmWork<TActivation>.Suits(p))
        {
            var narrow = new NarrowGemmWork<TActivation> { Problem = p, Packed = packed };
            _team.Run(narrow, narrow.ItemCount);
            return;
        }

        var rowsOfBlock = Math.Clamp(BlockNumbers / Math.Max(1, p.Inner), GemmTile.Height, MostRowsOfABlock) / GemmTile.Height * GemmTile.Height;
        var blocks = (p.Rows + rowsOfBlock - 1) / rowsOfBlock;
        _team.Run(
            new BlockedGemmWork<TActivation> { Problem = p, Panels = g.Panels, Packed = packed, RowsOfBlock = rowsOfBlock, BlockCount = blocks },
            checked(blocks * g.Panels.Count));
    }

    /// <summary>The panels of B, or B itself where it is one panel already.</summary>
    private float* Pack(in GemmVisitor g)
    {
        if (IsPacked(g))
        {
            return g.B.Start;
        }

        var packed = _shared.Parts((long)g.Panels.PaddedColumns * g.Problem.Inner)[0];
        _team.Run(new PackWork { Panels = g.Panels, B = g.B, TransposeB = g.TransposeB, Alpha = g.Alpha, Inner = g.Problem.Inner, Packed = packed }, g.Panels.Count);
        return packed;
    }

    private static bool IsPacked(in GemmVisitor g) =>
        g is { TransposeB: false, Alpha: 1f } && g.Problem.Columns == GemmTile.Width && g.B.Stride == GemmTile.Width;

    private void SplitInner<TActivation>(in GemmVisitor g)
        where TActivation : unmanaged, ILaneFunction
    {
        var p = g.Problem;
        var parts = (p.Inner + SplitGemmWork.InnerOfAPart - 1) / SplitGemmWork.InnerOfAPart;
        var outputs = p.Rows * p.Columns;
        var sums = _shared.Parts((long)parts * outputs)[0];
        var scratch = _scratch.Parts((long)g.Panels.PaddedColumns * SplitGemmWork.InnerOfAPart);
        _team.Run(
            new SplitGemmWork { Problem = p, Panels = g.Panels, B = g.B, TransposeB = g.TransposeB, Alpha = g.Alpha, Sums = sums, IsPacked = IsPacked(g), Scratch = scratch },
            parts);
        _team.Run(new CombineGemmWork<TActivation> { Problem = p, Sums = sums, PartCount = parts }, p.Rows);
    }

    private struct GemmVisitor : IFunctionVisitor
    {
        public SimdBackend Backend;
        public GemmProblem Problem;
        public GemmPanels Panels;
        public Rows B;
        public bool TransposeB;
        public float Alpha;
        public int Batch;
        public long StepOfA;
        public int StepOfB;

        public readonly void Visit<TFunction>()
            where TFunction : unmanaged, ILaneFunction => Backend.GemmOf<TFunction>(this);
    }
}
