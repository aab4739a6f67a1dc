using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Tests.Reference;

/// <summary>The gbsg data set as the causal reference scripts use it.</summary>
internal static class GbsgDesign
{
    public static readonly string[] Covariates = ["age", "meno", "size", "grade", "nodes", "pgr", "er"];

    public static ReferenceTable Table { get; } = ReferenceData.DataSet("gbsg");

    public static bool[] Treated => Table.Flags("hormon");

    /// <summary>The named columns side by side, shape [subjects, names].</summary>
    public static RowMajorMatrix Matrix(ReferenceTable table, params string[] names)
    {
        var columns = names.Select(table.Numbers).ToArray();
        return Matrix(columns);
    }

    /// <summary>Columns side by side, shape [subjects, columns].</summary>
    public static RowMajorMatrix Matrix(params double[][] columns)
    {
        var rows = columns[0].Length;
        var values = new double[rows * columns.Length];
        for (var j = 0; j < columns.Length; j++)
        {
            for (var i = 0; i < rows; i++)
            {
                values[(i * columns.Length) + j] = columns[j][i];
            }
        }

        return new RowMajorMatrix(values, rows, columns.Length);
    }
}
