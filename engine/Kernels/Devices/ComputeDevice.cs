namespace DigitalTwin.Kernels.Devices;

/// <summary>What computes.</summary>
public enum DeviceKind
{
    /// <summary>SIMD registers of the processor.</summary>
    Simd,
    Cuda,
    OpenCl,
}

/// <summary>A device that was found, or a kind of device that was looked for.</summary>
/// <param name="Id">What <c>--device</c> takes: such as "cuda:0"; "cuda" where no device of the kind was found.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Name for people.</param>
/// <param name="MemoryBytes">Size of its memory; 0 where it is not known.</param>
/// <param name="IsDiscreteGpu">Whether it is a graphics processor with memory of its own.</param>
/// <param name="Refusal">Why it cannot be used; null when it can.</param>
public sealed record ComputeDevice(string Id, DeviceKind Kind, string Name, long MemoryBytes, bool IsDiscreteGpu, string? Refusal)
{
    public bool IsUsable => Refusal is null;
}
