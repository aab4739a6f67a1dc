using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Missing;

/// <summary>Which values of a matrix are there: what a model sees beside the values, so that missingness itself can speak.</summary>
public sealed class ObservedMask
{
    private readonly bool[] _observed;

    private ObservedMask(bool[] observed, int rowCount, int columnCount)
    {
        _observed = observed;
        RowCount = rowCount;
        ColumnCount = columnCount;
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public bool this[int row, int column] => _observed[(row * ColumnCount) + column];

    /// <summary>Shape [subjects, features]: true where the layer has a value.</summary>
    public static ObservedMask Of(SubjectLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var observed = new bool[layer.SubjectCount * layer.FeatureCount];
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Layer.Row(s);
            for (var f = 0; f < row.Length; f++)
            {
                observed[(s * row.Length) + f] = !float.IsNaN(row[f]);
            }
        }

        return new ObservedMask(observed, layer.SubjectCount, layer.FeatureCount);
    }

    /// <summary>One where a value is there, else zero: row-major, shape [rows, columns].</summary>
    public float[] ToNumbers() => Array.ConvertAll(_observed, o => o ? 1f : 0f);

    /// <summary>Share of a column that is there, in [0, 1].</summary>
    public double ObservedShare(int column)
    {
        var count = 0;
        for (var r = 0; r < RowCount; r++)
        {
            count += this[r, column] ? 1 : 0;
        }

        return (double)count / RowCount;
    }
}
