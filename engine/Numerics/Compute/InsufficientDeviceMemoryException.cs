namespace DigitalTwin.Numerics.Compute;

/// <summary>A buffer does not fit on the device.</summary>
public sealed class InsufficientDeviceMemoryException : Exception
{
    public InsufficientDeviceMemoryException(string device, long neededBytes, long freeBytes, Exception? cause = null)
        : base($"{device} has {freeBytes} bytes free, and {neededBytes} are needed. Use a smaller patient batch, or another device.", cause)
    {
        NeededBytes = neededBytes;
        FreeBytes = freeBytes;
    }

    /// <summary>Size of the buffer that was asked for.</summary>
    public long NeededBytes { get; }

    /// <summary>Bytes that were free, the pool's unused buffers counted as free.</summary>
    public long FreeBytes { get; }
}
