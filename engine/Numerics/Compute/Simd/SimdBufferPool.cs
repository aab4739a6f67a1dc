namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Buffers that wait for the next renter, by length, within a budget of bytes.</summary>
internal sealed class SimdBufferPool(string owner, long budgetBytes) : IDisposable
{
    private readonly Dictionary<long, Stack<SimdBuffer>> _waiting = [];
    private long _rentedBytes;
    private long _pooledBytes;
    private bool _isDisposed;

    public MemoryReport Report => new(budgetBytes, _rentedBytes, _pooledBytes);

    /// <summary>A buffer of that length.</summary>
    /// <exception cref="InsufficientDeviceMemoryException">It does not fit the budget, or the machine has no memory for it.</exception>
    public SimdBuffer Rent(long length, bool cleared)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        var bytes = checked(length * sizeof(float));
        if (!_waiting.TryGetValue(length, out var ready))
        {
            _waiting.Add(length, ready = new Stack<SimdBuffer>());
        }

        if (!ready.TryPop(out var buffer))
        {
            buffer = Create(length, bytes);
        }
        else
        {
            _pooledBytes -= bytes;
        }

        _rentedBytes += bytes;
        buffer.BeginRent(cleared);
        return buffer;
    }

    public void GiveBack(SimdBuffer buffer)
    {
        var bytes = buffer.Length * sizeof(float);
        _rentedBytes -= bytes;
        if (_isDisposed)
        {
            buffer.Free();
            return;
        }

        _pooledBytes += bytes;
        _waiting[buffer.Length].Push(buffer);
    }

    public void Dispose()
    {
        _isDisposed = true;
        FreeWaiting();
    }

    private SimdBuffer Create(long length, long bytes)
    {
        if (_rentedBytes + _pooledBytes + bytes > budgetBytes)
        {
            FreeWaiting();
        }

        if (_rentedBytes + bytes > budgetBytes)
        {
            throw new InsufficientDeviceMemoryException(owner, bytes, budgetBytes - _rentedBytes);
        }

        try
        {
            return new SimdBuffer(this, length);
        }
        catch (OutOfMemoryException cause)
        {
            throw new InsufficientDeviceMemoryException(owner, bytes, budgetBytes - _rentedBytes, cause);
        }
    }

    private void FreeWaiting()
    {
        foreach (var ready in _waiting.Values)
        {
            while (ready.TryPop(out var buffer))
            {
                buffer.Free();
            }
        }

        _pooledBytes = 0;
    }
}
