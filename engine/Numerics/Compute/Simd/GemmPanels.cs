using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>How the columns of a product are cut into panels, 64 wide and 16 wide at the end, and how B is packed into them: panel after panel, each
/// [inner, width], zeros behind the last column.</summary>
internal readonly struct GemmPanels
{
    private readonly int _columns;
    private readonly int _wideCount;

    public GemmPanels(int columns)
    {
        _columns = columns;
        var rest = columns % GemmTile.Width;
        _wideCount = (columns / GemmTile.Width) + (rest > GemmTile.Width / 2 ? 1 : 0);
        Count = _wideCount + (rest > GemmTile.Width / 2 ? 0 : (rest + Lanes.Count - 1) / Lanes.Count);
    }

    public int Count { get; }

    /// <summary>Columns of all panels, padding included.</summary>
    public int PaddedColumns => (_wideCount * GemmTile.Width) + ((Count - _wideCount) * Lanes.Count);

    public (int First, int Width, int Used) this[int panel]
    {
        get
        {
            var (first, width) = panel < _wideCount
                ? (panel * GemmTile.Width, GemmTile.Width)
                : ((_wideCount * GemmTile.Width) + ((panel - _wideCount) * Lanes.Count), Lanes.Count);
            return (first, width, Math.Min(width, _columns - first));
        }
    }

    /// <summary>Packs alpha op(B) for one panel and a run of k.</summary>
    /// <param name="b">B, its rows as stored.</param>
    /// <param name="transpose">Whether op(B) is the transpose.</param>
    /// <param name="alpha">Factor.</param>
    /// <param name="panel">Which panel.</param>
    /// <param name="firstInner">First k.</param>
    /// <param name="innerCount">Count of k.</param>
    /// <param name="to">The packed panel from that k on, shape [innerCount, width].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public unsafe void Pack(Rows b, bool transpose, float alpha, int panel, int firstInner, int innerCount, float* to)
    {
        var (first, width, used) = this[panel];
        if (transpose)
        {
            PackTransposed(b, alpha, first, width, used, firstInner, innerCount, to);
            return;
        }

        var factor = Vector512.Create(alpha);
        for (var k = 0; k < innerCount; k++)
        {
            var from = b[firstInner + k] + first;
            for (var c = 0; c < width; c += Lanes.Count)
            {
                (factor * (c < used ? Lanes.Load(from + c, used - c) : Vector512<float>.Zero)).Store(to + c);
            }

            to += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void PackTransposed(Rows b, float alpha, int first, int width, int used, int firstInner, int innerCount, float* to)
    {
        for (var c = 0; c < width; c++)
        {
            if (c >= used)
            {
                for (var k = 0; k < innerCount; k++)
                {
                    to[((long)k * width) + c] = 0;
                }

                continue;
            }

            var from = b[first + c] + firstInner;
            for (var k = 0; k < innerCount; k++)
            {
                to[((long)k * width) + c] = alpha * from[k];
            }
        }
    }
}
