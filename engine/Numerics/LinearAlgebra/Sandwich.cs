namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>The sandwich variance B M B of an estimator with bread B and meat M = sum of outer products of estimating functions.</summary>
/// <remarks>Source: [White1980], [Huber1967]; clusters [Liang1986].</remarks>
public static class Sandwich
{
    /// <summary>Meat of independent subjects: sum over subjects of u u'.</summary>
    /// <param name="estimatingFunctions">Shape [subjects, parameters].</param>
    /// <returns>Row-major, shape [parameters, parameters].</returns>
    public static double[] Meat(RowMajorMatrix estimatingFunctions)
    {
        var size = estimatingFunctions.ColumnCount;
        var meat = new double[size * size];
        for (var i = 0; i < estimatingFunctions.RowCount; i++)
        {
            AddOuterProduct(meat, estimatingFunctions.Row(i));
        }

        return meat;
    }

    /// <summary>Meat of clusters: estimating functions are summed within a cluster first.</summary>
    /// <param name="estimatingFunctions">Shape [subjects, parameters].</param>
    /// <param name="clusters">Shape [subjects]; equal numbers belong together.</param>
    /// <param name="clusterCount">Number of different clusters.</param>
    public static double[] ClusteredMeat(RowMajorMatrix estimatingFunctions, ReadOnlySpan<int> clusters, out int clusterCount)
    {
        if (clusters.Length != estimatingFunctions.RowCount)
        {
            throw new ArgumentException($"{clusters.Length} clusters for {estimatingFunctions.RowCount} subjects.", nameof(clusters));
        }

        var size = estimatingFunctions.ColumnCount;
        var order = new Dictionary<int, int>();
        var sums = new List<double[]>();
        for (var i = 0; i < clusters.Length; i++)
        {
            if (!order.TryGetValue(clusters[i], out var position))
            {
                position = sums.Count;
                order.Add(clusters[i], position);
                sums.Add(new double[size]);
            }

            var row = estimatingFunctions.Row(i);
            for (var j = 0; j < size; j++)
            {
                sums[position][j] += row[j];
            }
        }

        clusterCount = sums.Count;
        var meat = new double[size * size];
        foreach (var sum in sums)
        {
            AddOuterProduct(meat, sum);
        }

        return meat;
    }

    /// <summary>B M B, all row-major, shape [size, size].</summary>
    public static double[] Product(ReadOnlySpan<double> bread, ReadOnlySpan<double> meat, int size) =>
        Multiply(Multiply(bread, meat, size), bread, size);

    private static double[] Multiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int size)
    {
        var product = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                var factor = left[(i * size) + k];
                for (var j = 0; j < size; j++)
                {
                    product[(i * size) + j] += factor * right[(k * size) + j];
                }
            }
        }

        return product;
    }

    private static void AddOuterProduct(double[] meat, ReadOnlySpan<double> row)
    {
        var size = row.Length;
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < size; b++)
            {
                meat[(a * size) + b] += row[a] * row[b];
            }
        }
    }
}
