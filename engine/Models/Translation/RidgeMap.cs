using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.Translation;

/// <summary>What a <see cref="RidgeRegression"/> has learnt at one penalty, without the rows it learnt from.</summary>
/// <param name="ColumnMeans">Of the features, shape [features].</param>
/// <param name="Directions">Shape [features, rank].</param>
/// <param name="Coefficients">Shape [rank, outputs].</param>
/// <param name="OutputMeans">Shape [outputs].</param>
/// <param name="Rank">Coordinates of a row.</param>
internal sealed record RidgeMap(double[] ColumnMeans, double[] Directions, double[] Coefficients, double[] OutputMeans, int Rank)
{
    /// <summary>Outputs of rows, [rows, outputs].</summary>
    /// <param name="blocks">Each [all rows, features].</param>
    /// <param name="rows">Rows to predict.</param>
    public double[] Predict(IReadOnlyList<RowMajorMatrix> blocks, int[] rows) =>
        Outputs(MultiOutputRidge.Outputs(Centred(blocks, rows, ColumnMeans), Directions, Rank), Coefficients, OutputMeans);

    /// <summary>Features of rows less the means, [rows, features].</summary>
    public static double[] Centred(IReadOnlyList<RowMajorMatrix> blocks, int[] rows, double[] columnMeans)
    {
        var features = new double[rows.Length * columnMeans.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var start = 0;
            foreach (var block in blocks)
            {
                for (var j = 0; j < block.ColumnCount; j++)
                {
                    features[(i * columnMeans.Length) + start + j] = block[rows[i], j] - columnMeans[start + j];
                }

                start += block.ColumnCount;
            }
        }

        return features;
    }

    /// <summary>Outputs of rows by their coordinates, with the means put back, [rows, outputs].</summary>
    public static double[] Outputs(double[] coordinates, double[] coefficients, double[] outputMeans)
    {
        var outputs = MultiOutputRidge.Outputs(coordinates, coefficients, outputMeans.Length);
        for (var k = 0; k < outputs.Length; k++)
        {
            outputs[k] += outputMeans[k % outputMeans.Length];
        }

        return outputs;
    }

    public void Write(ModelWriter writer)
    {
        writer.Int(Rank);
        writer.Numbers(ColumnMeans);
        writer.Numbers(Directions);
        writer.Numbers(Coefficients);
        writer.Numbers(OutputMeans);
    }

    /// <param name="reader">Where it stands.</param>
    /// <param name="featureCount">Features that it reads.</param>
    /// <param name="outputCount">Outputs that are asked for.</param>
    public static RidgeMap Read(ModelReader reader, long featureCount, int outputCount)
    {
        var rank = reader.IntWithin(1, reader.Length, "the rank of a ridge regression");
        var map = new RidgeMap(reader.Numbers(), reader.Numbers(), reader.Numbers(), reader.Numbers(), rank);
        reader.Require(
            featureCount > 0 && outputCount > 0 && map.ColumnMeans.Length == featureCount && map.Directions.Length == featureCount * rank
                && map.OutputMeans.Length == outputCount && map.Coefficients.Length == (long)rank * outputCount,
            $"a ridge regression is not of {featureCount} features and {outputCount} outputs");
        return map;
    }
}
