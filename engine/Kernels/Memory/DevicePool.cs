using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Memory;

/// <summary>Device memory by size class: a buffer that is given back waits for the next renter of its size. When space is short the waiting buffers are freed
/// before anybody is refused.</summary>
internal sealed class DevicePool(Accelerator accelerator, string deviceName, long budgetBytes) : IDisposable
{
    private readonly Dictionary<long, Stack<MemoryBuffer1D<float, Stride1D.Dense>>> _waiting = [];
    private long _rentedBytes;
    private long _pooledBytes;

    public MemoryReport Report => new(budgetBytes, _rentedBytes, _pooledBytes);

    /// <summary>A buffer of at least this many numbers, of whatever the last renter left.</summary>
    /// <exception cref="InsufficientDeviceMemoryException">It does not fit, even with nothing waiting.</exception>
    public MemoryBuffer1D<float, Stride1D.Dense> Rent(long length)
    {
        var size = SizeClass.Of(length);
        var bytes = size * sizeof(float);
        if (_waiting.TryGetValue(size, out var stack) && stack.TryPop(out var waiting))
        {
            _pooledBytes -= bytes;
            _rentedBytes += bytes;
            return waiting;
        }

        var made = Allocate(size, bytes);
        _rentedBytes += bytes;
        return made;
    }

    public void Return(MemoryBuffer1D<float, Stride1D.Dense> buffer)
    {
        if (!_waiting.TryGetValue(buffer.Length, out var stack))
        {
            _waiting.Add(buffer.Length, stack = new());
        }

        stack.Push(buffer);
        _rentedBytes -= buffer.LengthInBytes;
        _pooledBytes += buffer.LengthInBytes;
    }

    /// <summary>Frees the buffers that wait.</summary>
    public void Trim()
    {
        // A buffer may have been given back while work on it is still queued.
        accelerator.Synchronize();
        foreach (var buffer in _waiting.Values.SelectMany(s => s))
        {
            buffer.Dispose();
        }

        _waiting.Clear();
        _pooledBytes = 0;
    }

    public void Dispose() => Trim();

    private MemoryBuffer1D<float, Stride1D.Dense> Allocate(long size, long bytes)
    {
        if (bytes > budgetBytes - _rentedBytes)
        {
            throw new InsufficientDeviceMemoryException(deviceName, bytes, budgetBytes - _rentedBytes);
        }

        if (bytes > budgetBytes - _rentedBytes - _pooledBytes)
        {
            Trim();
        }

        try
        {
            return accelerator.Allocate1D<float>(size);
        }
        catch (Exception e) when (IsOutOfMemory(e) && _pooledBytes > 0)
        {
            Trim();
        }
        catch (Exception e) when (IsOutOfMemory(e))
        {
            throw new InsufficientDeviceMemoryException(deviceName, bytes, FreeOnDevice(), e);
        }

        try
        {
            return accelerator.Allocate1D<float>(size);
        }
        catch (Exception e) when (IsOutOfMemory(e))
        {
            throw new InsufficientDeviceMemoryException(deviceName, bytes, FreeOnDevice(), e);
        }
    }

    private static bool IsOutOfMemory(Exception error) => error is AcceleratorException or OutOfMemoryException;

    /// <summary>Others may use the device too: ask it where it can answer.</summary>
    private long FreeOnDevice() =>
        accelerator is ILGPU.Runtime.Cuda.CudaAccelerator cuda ? Math.Min(cuda.GetFreeMemory(), budgetBytes - _rentedBytes) : budgetBytes - _rentedBytes;
}
