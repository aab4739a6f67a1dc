using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels.Memory;

/// <summary>Device memory for the length of one operation. Kernels run in order, so it may be given back as soon as the last one that uses it is queued.
/// The objects that stand for it are used again, so that an operation allocates nothing on the managed heap once it has run.</summary>
internal sealed class ScratchMemory(DevicePool pool)
{
    private readonly Dictionary<long, Stack<Lease>> _waiting = [];

    /// <summary>A buffer of whatever the last renter left; the operation that rents it disposes it.</summary>
    public ComputeBuffer Rent(long length)
    {
        if (!_waiting.TryGetValue(length, out var stack))
        {
            _waiting.Add(length, stack = new());
        }

        if (!stack.TryPop(out var lease))
        {
            return new Lease(pool, length, stack);
        }

        lease.Acquire();
        return lease;
    }

    private sealed class Lease(DevicePool pool, long length, Stack<Lease> home) : DeviceBuffer(pool, length)
    {
        protected override void Dispose(bool disposing)
        {
            base.Dispose(disposing);
            home.Push(this);
        }
    }
}
