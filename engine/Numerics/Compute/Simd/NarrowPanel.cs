using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Rows of 1, 2, 4 or 8 features, of which several patients' fit into one register side by side.</summary>
internal static unsafe class NarrowPanel
{
    /// <summary>Whether that many features fill a register more than once and evenly.</summary>
    public static bool Suits(int features) => features is 1 or 2 or 4 or 8;

    /// <summary>Copies, or adds, rows from one stride to another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* from, long fromStride, float* to, long toStride, int rows, int width, bool adds)
    {
        switch (width)
        {
            case 8:
                for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
                {
                    var numbers = Vector256.Load(from);
                    (adds ? Vector256.Load(to) + numbers : numbers).Store(to);
                }

                break;
            case 4:
                for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
                {
                    var numbers = Vector128.Load(from);
                    (adds ? Vector128.Load(to) + numbers : numbers).Store(to);
                }

                break;
            case 2:
                for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
                {
                    var numbers = Vector64.Load(from);
                    (adds ? Vector64.Load(to) + numbers : numbers).Store(to);
                }

                break;
            default:
                for (var row = 0; row < rows; row++, from += fromStride, to += toStride)
                {
                    *to = adds ? *to + *from : *from;
                }

                break;
        }
    }
}
