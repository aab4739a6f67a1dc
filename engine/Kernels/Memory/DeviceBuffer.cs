using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Memory;

/// <summary>Numbers on a device, owned by who rented them.</summary>
internal class DeviceBuffer(DevicePool pool, long length) : ComputeBuffer(length)
{
    private MemoryBuffer1D<float, Stride1D.Dense>? _memory = pool.Rent(length);

    /// <summary>All numbers of the buffer.</summary>
    /// <exception cref="ObjectDisposedException">It was given back.</exception>
    public ArrayView<float> Numbers => (_memory ?? throw new ObjectDisposedException(nameof(ComputeBuffer))).View.BaseView;

    public DevicePool Pool => pool;

    /// <summary>Takes memory again after it was given back.</summary>
    public void Acquire() => _memory = pool.Rent(Length);

    protected override void Dispose(bool disposing)
    {
        // A buffer that nobody disposed is not given back by the collector: its thread must not touch the pool.
        if (disposing && _memory is not null)
        {
            pool.Return(_memory);
            _memory = null;
        }
    }
}
