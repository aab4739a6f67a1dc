using System.Runtime.InteropServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A buffer of <see cref="SimdBackend"/>. The same object serves one renter after another, so that renting again allocates nothing.</summary>
internal sealed unsafe class SimdBuffer(SimdBufferPool pool, long length) : ComputeBuffer(length)
{
    // A register behind the last number can be read, whatever is in it: loops over short rows need no other end.
    private readonly NativeMemoryBlock _memory = new((length + Lanes.Count) * sizeof(float));
    private bool _isRented;

    public float* Start => _isRented ? (float*)_memory.Start : throw new ObjectDisposedException(nameof(ComputeBuffer), "The buffer was given back to its pool.");

    public SimdBufferPool Pool => pool;

    public void BeginRent(bool cleared)
    {
        _isRented = true;
        if (cleared)
        {
            NativeMemory.Clear(_memory.Start, checked((nuint)(Length * sizeof(float))));
        }
    }

    /// <summary>Frees the memory of a pooled buffer.</summary>
    public void Free() => _memory.Dispose();

    protected override void Dispose(bool disposing)
    {
        if (_isRented)
        {
            _isRented = false;
            pool.GiveBack(this);
        }
    }
}
