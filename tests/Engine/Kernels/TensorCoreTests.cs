using DigitalTwin.Kernels;
using DigitalTwin.Kernels.Products;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Parity;
using DigitalTwin.Tests.Engine.Kernels.Ptx;

namespace DigitalTwin.Tests.Engine.Kernels;

/// <summary>Products on tensor cores, as PTX text on an interpreter that knows the fragments of mma.sync.</summary>
public sealed class TensorCoreTests
{
    public static TheoryData<ProductPrecision, bool, bool> Products()
    {
        var data = new TheoryData<ProductPrecision, bool, bool>();
        foreach (var precision in new[] { ProductPrecision.Tf32, ProductPrecision.Bfloat16 })
        {
            foreach (var transposes in new[] { 0, 1, 2, 3 })
            {
                data.Add(precision, (transposes & 1) != 0, (transposes & 2) != 0);
            }
        }

        return data;
    }

    /// <summary>Small whole numbers are the same in 8 bits: every place of every fragment is right, or this is wrong by whole numbers.</summary>
    [Theory]
    [MemberData(nameof(Products))]
    public void ClosedForm_ProductsOfSmallWholeNumbers_AreExact(ProductPrecision precision, bool transposeA, bool transposeB)
    {
        const int Rows = 70;
        const int Columns = 75;
        const int Inner = 37;
        float[] a = [.. Enumerable.Range(0, Rows * Inner).Select(i => (float)((i * 7 % 31) - 15))];
        float[] b = [.. Enumerable.Range(0, Inner * Columns).Select(i => (float)((i * 11 % 29) - 14))];
        var found = Multiply(precision, transposeA, transposeB, a, b, (Rows, Columns, Inner), Activation.None);
        Assert.Equal(Exact(transposeA, transposeB, a, b, (Rows, Columns, Inner)).Product, Array.ConvertAll(found, x => (double)x));
    }

    [Theory]
    [InlineData(ProductPrecision.Tf32, 10, 13)]
    [InlineData(ProductPrecision.Bfloat16, 7.9, 10.9)]
    public void Property_TheErrorIsBelowItsStatedBound_AndNotThatOfFloat32(ProductPrecision precision, double bound, double atLeast)
    {
        var (rows, columns, inner) = (64, 64, 64);
        using var workspace = new ParityWorkspace(new DigitalTwin.Numerics.Compute.Reference.ReferenceBackend());
        var (a, b) = (new float[rows * inner], new float[inner * columns]);
        workspace.Backend.Download(workspace.Random(rows, inner), a);
        workspace.Backend.Download(workspace.Random(inner, columns), b);
        var found = Multiply(precision, false, false, a, b, (rows, columns, inner), Activation.None);
        var (product, absolute) = Exact(false, false, a, b, (rows, columns, inner));
        var worst = found.Select((x, i) => Math.Abs(x - product[i]) / absolute[i]).Max();
        Assert.InRange(worst, Math.Pow(2, -atLeast), Math.Pow(2, -bound));
    }

    [Fact]
    public void Error_TensorCores_AreRefusedWhereThereAreNone() =>
        Assert.Throws<ArgumentException>(() => IlgpuBackend.OnDebugger(new IlgpuOptions { ProductPrecision = ProductPrecision.Tf32 }).Dispose());

    private static float[] Multiply(
        ProductPrecision precision, bool transposeA, bool transposeB, float[] a, float[] b, (int Rows, int Columns, int Inner) size, Activation activation)
    {
        using var compiler = new PtxCompiler();
        using var backend = IlgpuBackend.OnDebugger(new IlgpuOptions { ProductPrecision = precision }, new PtxLauncher(compiler));
        using var bufferA = backend.Rent(a.Length);
        using var bufferB = backend.Rent(b.Length);
        using var bufferC = backend.Rent((long)size.Rows * size.Columns);
        var viewA = transposeA ? bufferA.AsMatrix(size.Inner, size.Rows) : bufferA.AsMatrix(size.Rows, size.Inner);
        var viewB = transposeB ? bufferB.AsMatrix(size.Columns, size.Inner) : bufferB.AsMatrix(size.Inner, size.Columns);
        var viewC = bufferC.AsMatrix(size.Rows, size.Columns);
        backend.Upload(a, viewA);
        backend.Upload(b, viewB);
        backend.Gemm(new GemmArguments(viewA, viewB, viewC) { TransposeA = transposeA, TransposeB = transposeB, Activation = activation });
        var result = new float[size.Rows * size.Columns];
        backend.Download(viewC, result);
        return result;
    }

    private static (double[] Product, double[] Absolute) Exact(bool transposeA, bool transposeB, float[] a, float[] b, (int Rows, int Columns, int Inner) size)
    {
        var (product, absolute) = (new double[size.Rows * size.Columns], new double[size.Rows * size.Columns]);
        for (var i = 0; i < size.Rows; i++)
        {
            for (var j = 0; j < size.Columns; j++)
            {
                for (var k = 0; k < size.Inner; k++)
                {
                    double x = a[transposeA ? (k * size.Rows) + i : (i * size.Inner) + k];
                    double y = b[transposeB ? (j * size.Inner) + k : (k * size.Columns) + j];
                    product[(i * size.Columns) + j] += x * y;
                    absolute[(i * size.Columns) + j] += Math.Abs(x * y);
                }
            }
        }

        return (product, absolute);
    }
}
