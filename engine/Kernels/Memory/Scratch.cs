using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Memory;

/// <summary>Device memory for the length of one operation. Kernels run in order, so it may be given back as soon as the last one that uses it is queued.</summary>
internal readonly ref struct Scratch(DevicePool pool, long length)
{
    private readonly MemoryBuffer1D<float, Stride1D.Dense> _memory = pool.Rent(length);

    public ArrayView<float> Numbers => _memory.View.BaseView;

    public void Dispose() => pool.Return(_memory);
}
