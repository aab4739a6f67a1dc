using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>One matrix product with its operands as pointers: computes a block of rows against one packed panel.</summary>
internal unsafe struct GemmProblem
{
    /// <summary>Terms summed before the sums go back to memory, so that a panel stays in the second cache.</summary>
    public const int InnerBlock = 1024;

    /// <summary>First number of op(A) and the steps from row to row and from k to k.</summary>
    public float* A;
    public long RowStep;
    public long InnerStep;

    /// <summary>Output.</summary>
    public float* C;
    public long Stride;
    public float Beta;

    /// <summary>Whether results go past the caches.</summary>
    public bool Streams;

    /// <summary>One number a column, or null.</summary>
    public float* Bias;

    public int Rows;
    public int Columns;
    public int Inner;

    /// <summary>Computes some rows of C for the columns of one panel.</summary>
    /// <param name="panels">How columns are cut.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="packed">alpha op(B) of that panel, shape [inner, width].</param>
    /// <param name="firstRow">First row.</param>
    /// <param name="endRow">Row after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Block<TActivation>(GemmPanels panels, int panel, float* packed, int firstRow, int endRow)
        where TActivation : struct, ILaneFunction
    {
        var (first, width, used) = panels[panel];
        var starts = stackalloc float[GemmTile.Height * GemmTile.Width];
        var spare = stackalloc float[GemmTile.Height * GemmTile.Width];
        var bias = stackalloc float[GemmTile.Width];
        for (var c = 0; c < width; c++)
        {
            bias[c] = Bias != null && c < used ? Bias[first + c] : 0f;
        }

        for (var k = 0; k == 0 || k < Inner; k += InnerBlock)
        {
            var inner = Math.Min(InnerBlock, Inner - k);
            var isLast = k + inner >= Inner;
            for (var row = firstRow; row < endRow; row += GemmTile.Height)
            {
                var rows = Math.Min(GemmTile.Height, endRow - row);
                var c = C + (row * Stride) + first;
                var start = Start(c, k, rows, used, width, bias, starts, out var startStride);
                var to = used == width ? c : spare;
                var stride = used == width ? Stride : GemmTile.Width;
                var a = A + (row * RowStep) + (k * InnerStep);
                var b = packed + ((long)k * width);
                if (isLast)
                {
                    Tile<TActivation>(width, a, rows, b, inner, to, stride, start, startStride, Streams && used == width);
                }
                else
                {
                    Tile<Identity>(width, a, rows, b, inner, to, stride, start, startStride, streams: false);
                }

                if (to == spare)
                {
                    CopyBack(spare, c, rows, used);
                }
            }
        }
    }

    /// <summary>What the sums of a tile start from: the bias, what C holds, or both.</summary>
    private readonly float* Start(float* c, int k, int rows, int used, int width, float* bias, float* starts, out long startStride)
    {
        var beta = k == 0 ? Beta : 1f;
        if (beta == 0)
        {
            startStride = 0;
            return bias;
        }

        var adds = k == 0 && Bias != null;
        if (beta == 1 && !adds && used == width)
        {
            startStride = Stride;
            return c;
        }

        for (var r = 0; r < rows; r++)
        {
            for (var j = 0; j < width; j++)
            {
                starts[(r * GemmTile.Width) + j] = j < used ? (beta * c[(r * Stride) + j]) + (adds ? bias[j] : 0f) : 0f;
            }
        }

        startStride = GemmTile.Width;
        return starts;
    }

    private readonly void Tile<TActivation>(int width, float* a, int rows, float* b, int inner, float* to, long stride, float* start, long startStride, bool streams)
        where TActivation : struct, ILaneFunction
    {
        if (width == GemmTile.Width)
        {
            GemmTile.Wide<TActivation>(a, rows, RowStep, InnerStep, b, inner, to, stride, start, startStride, streams);
        }
        else
        {
            GemmTile.Narrow<TActivation>(a, rows, RowStep, InnerStep, b, inner, to, stride, start, startStride);
        }
    }

    private readonly void CopyBack(float* spare, float* c, int rows, int used)
    {
        for (var r = 0; r < rows; r++)
        {
            for (var j = 0; j < used; j += Lanes.Count)
            {
                Lanes.Store(Vector512.Load(spare + (r * GemmTile.Width) + j), c + (r * Stride) + j, used - j);
            }
        }
    }
}
