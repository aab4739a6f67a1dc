using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A function of two matrices whose rows are shorter than a register, of which several fill one: the same numbers as row by row, in fewer steps. Operands repeat by rows
/// or by columns as in <see cref="BinaryRun{TOperator}"/>; all three lie without gaps.</summary>
internal readonly unsafe struct NarrowBinaryRun<TOperator> : IRunOperation
    where TOperator : unmanaged, ILaneOperator
{
    private readonly Rows _left;
    private readonly Rows _right;
    private readonly Rows _output;
    private readonly bool _accumulate;
    private readonly int _rowsOfRegister;
    private readonly Vector512<int> _spread;

    public NarrowBinaryRun(Rows left, Rows right, Rows output, bool accumulate)
    {
        (_left, _right, _output, _accumulate) = (left, right, output, accumulate);
        _rowsOfRegister = Lanes.Count / output.Columns;
        _spread = Vector512.Divide(Vector512<int>.Indices, output.Columns);
    }

    /// <summary>Whether rows of the output fill a register evenly and nothing has gaps.</summary>
    public static bool Suits(Rows left, Rows right, Rows output) =>
        output.Columns is 2 or 4 or 8 && output.IsContiguous && left.IsContiguous && right.IsContiguous && output.Count > 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var y = _output.Start + column;
        var (stepOfLeft, stepOfRight) = (StepOf(_left), StepOf(_right));
        var (left, right) = (PlaceOf(_left, column), PlaceOf(_right, column));
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var value = TOperator.Apply(Load(_left, left, column + c, rest), Load(_right, right, column + c, rest));
            Lanes.Store(_accumulate ? Lanes.Load(y + c, rest) + value : value, y + c, rest);
            left = Next(left, stepOfLeft, _left.Length);
            right = Next(right, stepOfRight, _right.Length);
        }
    }

    /// <summary>Numbers of an operand that a register of the output uses.</summary>
    private int StepOf(Rows operand) => operand.Columns == _output.Columns ? Lanes.Count : _rowsOfRegister;

    /// <summary>Where an operand stands at an element of the output.</summary>
    private long PlaceOf(Rows operand, long element) => (operand.Columns == _output.Columns ? element : element / _output.Columns) % operand.Length;

    // A division at each step would cost more than all else here.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Next(long place, int step, long length)
    {
        place += step;
        return place < length ? place : step <= length ? place - length : place % length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Load(Rows operand, long place, long element, int rest)
    {
        var isSpread = operand.Columns != _output.Columns;
        if (rest < Lanes.Count || place + (isSpread ? _rowsOfRegister : Lanes.Count) > operand.Length)
        {
            return Gathered(operand, element, rest);
        }

        return isSpread ? Spread(Lanes.Load(operand.Start + place, _rowsOfRegister)) : Vector512.Load(operand.Start + place);
    }

    // Each of the first numbers as often as a row of the output has columns.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Spread(Vector512<float> numbers)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.PermuteVar16x32(numbers, _spread);
        }

        return Avx2.IsSupported
            ? Vector512.Create(Avx2.PermuteVar8x32(numbers.GetLower(), _spread.GetLower()), Avx2.PermuteVar8x32(numbers.GetLower(), _spread.GetUpper()))
            : Vector512.Shuffle(numbers, _spread);
    }

    // Where an operand begins anew inside a register, and at the end.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Vector512<float> Gathered(Rows operand, long element, int rest)
    {
        var numbers = stackalloc float[Lanes.Count];
        for (var k = 0; k < Lanes.Count; k++)
        {
            var at = element + k;
            numbers[k] = k < rest ? operand.Repeated(at / _output.Columns)[operand.Columns == 1 ? 0 : at % _output.Columns] : 0f;
        }

        return Vector512.Load(numbers);
    }
}
