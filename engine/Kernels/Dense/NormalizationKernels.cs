// Layer normalisation by rows, and the elementwise halves of batch normalisation.
//   thread    layer: one of the lanes that share a row; batch: one number
//   memory    row-major; statistics are [rows, 2] (layer) or [2, columns] (batch): mean, 1 / deviation
//   numbers   float; the variance is taken about the mean in a second pass; sums over columns come from ColumnReduceKernel
//   limits    rows below 2^31; batch launches take fewer than 2^31 numbers, the launcher slices rows
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct NormalizationArguments
{
    public DeviceMatrix Input;
    public DeviceMatrix Scale;
    public DeviceMatrix Shift;
    public DeviceMatrix Statistics;
    public DeviceMatrix OutputGradient;
    public DeviceMatrix Output;

    /// <summary>[1, columns]: sums of the gradient, and of the gradient times the normalised number (batch, backward).</summary>
    public DeviceMatrix Sums;
    public DeviceMatrix SumsOfProducts;
    public float Epsilon;
    public int Accumulate;
    public int Lanes;
    public int FirstRow;
    public int Count;
}

internal static class NormalizationKernels
{
    public static readonly CatalogKernel<NormalizationArguments> LayerKernel = new(Layer);
    public static readonly CatalogKernel<NormalizationArguments> LayerBackwardKernel = new(LayerBackward);
    public static readonly CatalogKernel<NormalizationArguments> BatchKernel = new(Batch);
    public static readonly CatalogKernel<NormalizationArguments> BatchBackwardKernel = new(BatchBackward);
    public static readonly CatalogKernel<NormalizationArguments> InverseDeviationKernel = new(InverseDeviation);

    public static IEnumerable<CatalogKernel> All => [LayerKernel, LayerBackwardKernel, BatchKernel, BatchBackwardKernel, InverseDeviationKernel];

    public static void Layer(NormalizationArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var columns = row < a.Input.Rows ? a.Input.Columns : 0;
        var sum = 0f;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            sum += a.Input.Get(row, c);
        }

        var mean = GroupReduction.OverLanes<Summation>(shared, sum, a.Lanes) / a.Input.Columns;
        var squares = 0f;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var distance = a.Input.Get(row, c) - mean;
            squares += distance * distance;
        }

        var variance = GroupReduction.OverLanes<Summation>(shared, squares, a.Lanes) / a.Input.Columns;
        var inverse = 1f / MathF.Sqrt(variance + a.Epsilon);
        for (var c = lane; c < columns; c += a.Lanes)
        {
            a.Output.Set(row, c, ((a.Input.Get(row, c) - mean) * inverse * a.Scale.Get(0, c)) + a.Shift.Get(0, c));
        }

        if (lane == 0 && row < a.Input.Rows)
        {
            a.Statistics.Set(row, 0, mean);
            a.Statistics.Set(row, 1, inverse);
        }
    }

    public static void LayerBackward(NormalizationArguments a)
    {
        var shared = SharedMemory.Allocate<float>(GroupReduction.MaximumThreads);
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        var row = item / a.Lanes;
        var lane = item - (row * a.Lanes);
        var inside = row < a.Input.Rows;
        var columns = inside ? a.Input.Columns : 0;
        var mean = inside ? a.Statistics.Get(row, 0) : 0f;
        var inverse = inside ? a.Statistics.Get(row, 1) : 0f;
        var sum = 0f;
        var products = 0f;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var gradient = a.OutputGradient.Get(row, c) * a.Scale.Get(0, c);
            sum += gradient;
            products += gradient * ((a.Input.Get(row, c) - mean) * inverse);
        }

        sum = GroupReduction.OverLanes<Summation>(shared, sum, a.Lanes) / a.Input.Columns;
        products = GroupReduction.OverLanes<Summation>(shared, products, a.Lanes) / a.Input.Columns;
        for (var c = lane; c < columns; c += a.Lanes)
        {
            var gradient = a.OutputGradient.Get(row, c) * a.Scale.Get(0, c);
            var normal = (a.Input.Get(row, c) - mean) * inverse;
            a.Output.Put(row, c, inverse * (gradient - (sum + (normal * products))), a.Accumulate);
        }
    }

    public static void Batch(NormalizationArguments a)
    {
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (item < a.Count)
        {
            var inner = item / a.Input.Columns;
            var c = item - (inner * a.Input.Columns);
            var row = a.FirstRow + inner;
            var normal = (a.Input.Get(row, c) - a.Statistics.Get(0, c)) * a.Statistics.Get(1, c);
            a.Output.Set(row, c, (normal * a.Scale.Get(0, c)) + a.Shift.Get(0, c));
        }
    }

    public static void BatchBackward(NormalizationArguments a)
    {
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (item < a.Count)
        {
            var inner = item / a.Input.Columns;
            var c = item - (inner * a.Input.Columns);
            var row = a.FirstRow + inner;
            var inverse = a.Statistics.Get(1, c);
            var normal = (a.Input.Get(row, c) - a.Statistics.Get(0, c)) * inverse;
            var mean = (a.Sums.Get(0, c) + (normal * a.SumsOfProducts.Get(0, c))) / a.Input.Rows;
            a.Output.Put(row, c, a.Scale.Get(0, c) * inverse * (a.OutputGradient.Get(row, c) - mean), a.Accumulate);
        }
    }

    /// <summary>Statistics row 1 from a variance to one over its deviation.</summary>
    public static void InverseDeviation(NormalizationArguments a)
    {
        var c = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (c < a.Count)
        {
            a.Statistics.Set(1, c, 1f / MathF.Sqrt(a.Statistics.Get(1, c) + a.Epsilon));
        }
    }
}
