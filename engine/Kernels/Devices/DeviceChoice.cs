namespace DigitalTwin.Kernels.Devices;

/// <summary>The device to compute on, and why that one.</summary>
/// <param name="Device">The device.</param>
/// <param name="Reason">A sentence.</param>
public sealed record DeviceChoice(ComputeDevice Device, string Reason)
{
    /// <summary>Picks from what was found.</summary>
    /// <param name="request">auto, simd, cuda, opencl, or the id of a device such as cuda:1. auto takes the first CUDA device, else the first discrete OpenCL GPU, else SIMD.</param>
    /// <param name="found">What <see cref="ComputeDevices.List"/> gives.</param>
    /// <exception cref="DeviceNotAvailableException">Nothing that was found answers the request.</exception>
    public static DeviceChoice From(string request, IReadOnlyList<ComputeDevice> found)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(found);
        if (request == "auto")
        {
            return Automatic(found);
        }

        var candidates = found.Where(d => d.Id == request || IdOfKind(d.Kind) == request).ToArray();
        if (candidates.FirstOrDefault(d => d.IsUsable) is { } device)
        {
            return new DeviceChoice(device, $"{device.Name} was asked for.");
        }

        var known = string.Join(", ", found.Where(d => d.IsUsable).Select(d => d.Id).Prepend("auto"));
        throw new DeviceNotAvailableException(candidates.Length > 0
            ? $"The device '{request}' cannot be used: {candidates[0].Refusal} There are {known}."
            : $"There is no device '{request}'. There are {known}.");
    }

    /// <summary>The word for a kind of device.</summary>
    internal static string IdOfKind(DeviceKind kind) => kind switch { DeviceKind.Cuda => "cuda", DeviceKind.OpenCl => "opencl", _ => "simd" };

    private static DeviceChoice Automatic(IReadOnlyList<ComputeDevice> found)
    {
        if (found.FirstOrDefault(d => d is { Kind: DeviceKind.Cuda, IsUsable: true }) is { } cuda)
        {
            return new DeviceChoice(cuda, $"{cuda.Name} is the first CUDA device.");
        }

        var why = found.FirstOrDefault(d => d.Kind == DeviceKind.Cuda)?.Refusal ?? "No CUDA device was looked for.";
        if (found.FirstOrDefault(d => d is { Kind: DeviceKind.OpenCl, IsUsable: true, IsDiscreteGpu: true }) is { } openCl)
        {
            return new DeviceChoice(openCl, $"{openCl.Name} is the first discrete OpenCL GPU. CUDA: {why}");
        }

        var simd = found.FirstOrDefault(d => d is { Kind: DeviceKind.Simd, IsUsable: true }) ?? throw new DeviceNotAvailableException("No device was found at all.");
        var whyNotOpenCl = found.FirstOrDefault(d => d.Kind == DeviceKind.OpenCl) switch
        {
            null => "No OpenCL device was looked for.",
            { Refusal: { } refusal } => refusal,
            var shared => $"{shared.Name} is no discrete GPU; ask for '{shared.Id}' to use it.",
        };
        return new DeviceChoice(simd, $"The processor computes. CUDA: {why} OpenCL: {whyNotOpenCl}");
    }
}
