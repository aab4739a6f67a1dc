using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A product with so few columns that several rows of the output fill a register: the sums of <see cref="GemmTile"/> in the same order, without its empty lanes.</summary>
internal unsafe struct NarrowGemmWork<TActivation> : IParallelWork
    where TActivation : unmanaged, ILaneFunction
{
    private const int MostInner = 16;
    private const int MostLoads = 4;
    private const int RegistersOfItem = 1024;

    public GemmProblem Problem;

    /// <summary>alpha op(B), shape [inner, 16], zeros behind the last column.</summary>
    public float* Packed;

    public readonly int ItemCount => (Problem.Rows + RowsOfItem - 1) / RowsOfItem;

    private readonly int RowsOfRegister => Lanes.Count / Problem.Columns;

    private readonly int RowsOfItem => RegistersOfItem * RowsOfRegister;

    /// <summary>Whether rows of A and of C follow each other without gaps, and what a register of outputs needs of A is in at most four registers.</summary>
    public static bool Suits(in GemmProblem p) =>
        Avx512F.IsSupported && NarrowPanel.Suits(p.Columns) && p.Inner is > 0 and <= MostInner && p.InnerStep == 1 && p.RowStep == p.Inner && p.Stride == p.Columns
        && Lanes.Count / p.Columns * p.Inner <= MostLoads * Lanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var p = Problem;
        var weights = stackalloc Vector512<float>[MostInner];
        var places = stackalloc Vector512<int>[MostInner];
        var bias = Prepare(weights, places);
        var (row, end) = (item * RowsOfItem, Math.Min(p.Rows, (item + 1) * RowsOfItem));
        var loads = ((RowsOfRegister * p.Inner) + Lanes.Count - 1) / Lanes.Count;
        for (; row < end; row += RowsOfRegister)
        {
            var rows = Math.Min(RowsOfRegister, end - row);
            var left = rows * p.Inner;
            var from = p.A + ((long)row * p.Inner);
            var to = p.C + ((long)row * p.Columns);
            var sum = p.Beta == 0 ? bias : (Vector512.Create(p.Beta) * Lanes.Load(to, rows * p.Columns)) + bias;
            var x0 = Lanes.Load(from, left);
            if (loads == 1)
            {
                for (var k = 0; k < p.Inner; k++)
                {
                    sum = Vector512.FusedMultiplyAdd(Avx512F.PermuteVar16x32(x0, places[k]), weights[k], sum);
                }
            }
            else
            {
                var x1 = Lanes.Load(from + Lanes.Count, Math.Max(0, left - Lanes.Count));
                var x2 = loads < 3 ? default : Lanes.Load(from + (2 * Lanes.Count), Math.Max(0, left - (2 * Lanes.Count)));
                var x3 = loads < 4 ? default : Lanes.Load(from + (3 * Lanes.Count), Math.Max(0, left - (3 * Lanes.Count)));
                for (var k = 0; k < p.Inner; k++)
                {
                    var value = Avx512F.PermuteVar16x32x2(x0, places[k], x1);
                    if (loads > 2)
                    {
                        var isLater = Vector512.GreaterThan(places[k], Vector512.Create((2 * Lanes.Count) - 1)).AsSingle();
                        value = Vector512.ConditionalSelect(isLater, Avx512F.PermuteVar16x32x2(x2, places[k], x3), value);
                    }

                    sum = Vector512.FusedMultiplyAdd(value, weights[k], sum);
                }
            }

            Lanes.Store(TActivation.Value(new VectorLanes(sum)).Value, to, rows * p.Columns);
        }
    }

    /// <summary>For each k: its row of B as often as rows fill a register, and where each lane finds its number of A.</summary>
    private readonly Vector512<float> Prepare(Vector512<float>* weights, Vector512<int>* places)
    {
        var columns = Problem.Columns;
        var bias = stackalloc float[Lanes.Count];
        for (var lane = 0; lane < Lanes.Count; lane++)
        {
            bias[lane] = Problem.Bias == null ? 0f : Problem.Bias[lane % columns];
            for (var k = 0; k < Problem.Inner; k++)
            {
                ((float*)(weights + k))[lane] = Packed[(k * Lanes.Count) + (lane % columns)];
                ((int*)(places + k))[lane] = (lane / columns * Problem.Inner) + k;
            }
        }

        return Vector512.Load(bias);
    }
}
