namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>An operation number by number on a run of one row.</summary>
internal interface IRunOperation
{
    void Run(long row, long column, int count);
}

/// <summary>An operation number by number, cut into runs of a fixed size; matrices without gaps count as one long row.</summary>
internal readonly struct RunWork<TOperation>(TOperation operation, long length, int columns, bool isFlat) : IParallelWork
    where TOperation : unmanaged, IRunOperation
{
    /// <summary>Numbers of an item: a few tens of microseconds.</summary>
    private const int RunLength = 16 * 1024;

    private readonly TOperation _operation = operation;
    private readonly int _rowsOfItem = Math.Max(1, RunLength / Math.Max(1, columns));

    public int ItemCount => isFlat ? checked((int)((length + RunLength - 1) / RunLength)) : (RowCount + _rowsOfItem - 1) / _rowsOfItem;

    private int RowCount => columns == 0 ? 0 : (int)(length / columns);

    public void Execute(int item, int worker)
    {
        if (isFlat)
        {
            var start = (long)item * RunLength;
            _operation.Run(0, start, (int)Math.Min(RunLength, length - start));
            return;
        }

        var end = Math.Min(RowCount, (item + 1) * _rowsOfItem);
        for (var row = item * _rowsOfItem; row < end; row++)
        {
            _operation.Run(row, 0, columns);
        }
    }
}
