using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>How numbers become one: by sum or by maximum.</summary>
internal interface IReductionOperator
{
    static abstract float Empty { get; }

    static abstract Vector512<float> Join(Vector512<float> left, Vector512<float> right);

    static abstract float Join(Vector512<float> lanes);
}

internal readonly struct SumReduction : IReductionOperator
{
    public static float Empty => 0f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Join(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Join(Vector512<float> lanes) => Lanes.Sum(lanes);
}

internal readonly struct MaximumReduction : IReductionOperator
{
    public static float Empty => float.NegativeInfinity;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Join(Vector512<float> left, Vector512<float> right) => Vector512.Max(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Join(Vector512<float> lanes) => Lanes.Maximum(lanes);
}

/// <summary>Reduces runs of rows that share an output row: item k takes the repeats from k * <see cref="RepeatsOfPart"/> on and writes its own part,
/// shape [parts, output rows, columns].</summary>
internal unsafe struct ReduceRowsWork<TOperator> : IParallelWork
    where TOperator : unmanaged, IReductionOperator
{
    public Rows Input;
    public int OutputRows;
    public int RepeatsOfPart;
    public float* Parts;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var columns = Input.Columns;
        var part = Parts + ((long)item * OutputRows * columns);
        var firstRepeat = item * RepeatsOfPart;
        var endRepeat = Math.Min(firstRepeat + RepeatsOfPart, Input.Count / OutputRows);
        for (var row = 0; row < OutputRows; row++)
        {
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var rest = columns - c;
                var joined = Vector512.Create(TOperator.Empty);
                for (var repeat = firstRepeat; repeat < endRepeat; repeat++)
                {
                    joined = TOperator.Join(joined, Lanes.Load(Input[((long)repeat * OutputRows) + row] + c, rest));
                }

                Lanes.Store(joined, part + ((long)row * columns) + c, rest);
            }
        }
    }
}

/// <summary>Reduces each row to one number.</summary>
internal unsafe struct ReduceColumnsWork<TOperator> : IParallelWork
    where TOperator : unmanaged, IReductionOperator
{
    public Rows Input;
    public int RowsOfItem;
    public float* Output;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var end = Math.Min(Input.Count, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            var x = Input[row];
            var joined = Vector512.Create(TOperator.Empty);
            for (var c = 0; c < Input.Columns; c += Lanes.Count)
            {
                joined = TOperator.Join(joined, Lanes.Load(x + c, Input.Columns - c, TOperator.Empty));
            }

            Output[row] = TOperator.Join(joined);
        }
    }
}

/// <summary>Joins all repeats of some output rows.</summary>
internal unsafe struct ReduceWideRowsWork<TOperator> : IParallelWork
    where TOperator : unmanaged, IReductionOperator
{
    public Rows Input;
    public int OutputRows;
    public int RowsOfItem;
    public float* Output;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var end = Math.Min(OutputRows, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            for (var c = 0; c < Input.Columns; c += Lanes.Count)
            {
                var joined = Vector512.Create(TOperator.Empty);
                for (long from = row; from < Input.Count; from += OutputRows)
                {
                    joined = TOperator.Join(joined, Lanes.Load(Input[from] + c, Input.Columns - c));
                }

                Lanes.Store(joined, Output + ((long)row * Input.Columns) + c, Input.Columns - c);
            }
        }
    }
}
