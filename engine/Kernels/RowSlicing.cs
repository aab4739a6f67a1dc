namespace DigitalTwin.Kernels;

/// <summary>Rows in runs whose threads a kernel can number in 31 bits. A struct that enumerates itself, so that a launch allocates nothing.</summary>
internal struct RowSlicing(int rows, int threadsPerRow)
{
    private const int MaximumThreads = 1 << 30;

    private readonly int _step = threadsPerRow == 0 ? 0 : Math.Max(1, MaximumThreads / threadsPerRow);
    private int _next;

    /// <summary>First row and count of rows of the run.</summary>
    public (int First, int Count) Current { get; private set; }

    public readonly RowSlicing GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_step == 0 || _next >= rows)
        {
            return false;
        }

        Current = (_next, Math.Min(_step, rows - _next));
        _next += Current.Count;
        return true;
    }
}
