namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>Every operation of <see cref="IComputeBackend"/> at shapes that break kernels: odd sizes, empty, one row, a hub, rows with gaps.
/// The same matrix runs on every backend, in the tests and on a user's card.</summary>
public static partial class ParityMatrix
{
    private static readonly (int Rows, int Columns, int Gap)[] Shapes =
        [(0, 3, 0), (3, 0, 0), (1, 1, 0), (1, 67, 0), (7, 1, 2), (5, 16, 0), (13, 33, 3), (64, 64, 0), (130, 19, 1)];

    /// <summary>All cases.</summary>
    /// <param name="hubDegree">Degree of the hubs: thousands on a fast backend, tens on a slow one.</param>
    public static IEnumerable<ParityCase> Cases(int hubDegree = 3000) =>
        [.. Products(hubDegree), .. Elementwise(), .. Reductions(), .. Normalisations(), .. Optimizers(), .. Graphs(hubDegree), .. Attention(hubDegree)];

    private static string ShapeName(int rows, int columns, int gap) => gap == 0 ? $"[{rows}, {columns}]" : $"[{rows}, {columns}] with gaps of {gap}";

    private static IEnumerable<ParityCase> Products(int hubDegree)
    {
        (int Rows, int Columns, int Inner)[] sizes =
            [(1, 1, 1), (0, 5, 3), (4, 5, 0), (3, 17, 5), (16, 32, 64), (17, 31, 63), (65, 70, 129), (1, 100, 30), (100, 1, 30), (33, 12, hubDegree)];
        foreach (var (rows, columns, inner) in sizes)
        {
            foreach (var transposes in new[] { 0, 1, 2, 3 })
            {
                var (a, b) = ((transposes & 1) != 0, (transposes & 2) != 0);
                yield return Product($"[{rows}, {inner}]{(a ? "^T" : "")} [{inner}, {columns}]{(b ? "^T" : "")}", rows, columns, inner, a, b, gap: transposes);
            }
        }

        // So few columns that rows share a register, over one register of the left side up to four, with a last register that is not full.
        foreach (var (columns, inner) in new[] { (1, 1), (1, 4), (2, 3), (2, 8), (4, 2), (4, 4), (4, 9), (4, 16), (8, 5), (8, 16), (8, 17) })
        {
            yield return Product($"37 rows [{inner}, {columns}]", 37, columns, inner, false, false, 0, g => g with { Activation = Activation.Relu }, withBias: true);
            yield return Product($"37 rows [{columns}, {inner}]^T", 37, columns, inner, false, true, 0, g => g with { Alpha = 0.5f, Beta = -2f });
        }

        foreach (var activation in Enum.GetValues<Activation>())
        {
            yield return Product($"fused bias and {activation}", 21, 37, 11, false, false, 0, g => g with { Activation = activation }, withBias: true);
        }

        yield return Product("alpha 0.5, beta -2", 19, 35, 23, false, true, 1, g => g with { Alpha = 0.5f, Beta = -2f });
        yield return new ParityCase("gemm, 3 matrices, B shared", 2e-5, w =>
        {
            var (a, b, c) = (w.Random(3 * 9, 14), w.Random(14, 21), w.Random(3 * 9, 21));
            w.Backend.Gemm(new GemmArguments(a, b, c) { BatchCount = 3, ShareB = true });
            w.Collect(c);
        });
        yield return new ParityCase("gemm, 3 matrices, A^T", 2e-5, w =>
        {
            var (a, b, c) = (w.Random(3 * 14, 9), w.Random(3 * 14, 21), w.Random(3 * 9, 21));
            w.Backend.Gemm(new GemmArguments(a, b, c) { BatchCount = 3, TransposeA = true });
            w.Collect(c);
        });
    }

    private static ParityCase Product(
        string name, int rows, int columns, int inner, bool transposeA, bool transposeB, int gap, Func<GemmArguments, GemmArguments>? with = null, bool withBias = false) =>
        new($"gemm, {name}", inner > 1000 ? 1e-4 : 2e-5, w =>
        {
            var a = transposeA ? w.Random(inner, rows, gap) : w.Random(rows, inner, gap);
            var b = transposeB ? w.Random(columns, inner, gap) : w.Random(inner, columns, gap);
            var c = w.Random(rows, columns, gap);
            var arguments = new GemmArguments(a, b, c) { TransposeA = transposeA, TransposeB = transposeB, Bias = withBias ? w.Random(1, columns) : null };
            w.Backend.Gemm(with is null ? arguments : with(arguments));
            w.Collect(c);
        });
}
