using ILGPU;

namespace DigitalTwin.Kernels.Arithmetic;

/// <summary>A matrix as a kernel sees it: <see cref="Data"/> begins at its first number.</summary>
internal struct DeviceMatrix
{
    public ArrayView<float> Data;
    public int Rows;
    public int Columns;
    public int RowStride;

    public readonly long At(int row, int column) => ((long)row * RowStride) + column;

    public readonly float Get(int row, int column) => Data[((long)row * RowStride) + column];

    public readonly void Set(int row, int column, float value) => Data[((long)row * RowStride) + column] = value;

    /// <summary>Writes, or adds to what is there.</summary>
    public readonly void Put(int row, int column, float value, int accumulate)
    {
        var place = ((long)row * RowStride) + column;
        Data[place] = accumulate != 0 ? Data[place] + value : value;
    }

    /// <summary>Reads rows modulo their count, and a single column for all.</summary>
    public readonly float Repeated(int row, int column)
    {
        var ownRow = row < Rows ? row : row % Rows;
        return Data[((long)ownRow * RowStride) + (Columns == 1 ? 0 : column)];
    }
}
