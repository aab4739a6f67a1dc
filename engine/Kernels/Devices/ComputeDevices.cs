using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace DigitalTwin.Kernels.Devices;

/// <summary>Finds the devices of this machine and opens one.</summary>
public sealed class ComputeDevices
{
    // CL_DEVICE_HOST_UNIFIED_MEMORY of the OpenCL specification, which ILGPU does not name.
    private const CLDeviceInfoType HostUnifiedMemory = (CLDeviceInfoType)0x1035;

    private readonly int _threadCount;

    /// <param name="threadCount">Threads of the SIMD backend.</param>
    public ComputeDevices(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threadCount);
        _threadCount = threadCount;
    }

    /// <summary>Every CUDA and OpenCL device, those that cannot be used with the reason, and SIMD. A kind without devices stands once, with the reason.</summary>
    public IReadOnlyList<ComputeDevice> List() => [.. Cuda(), .. OpenCl(), Simd()];

    /// <summary>Opens the device that is asked for.</summary>
    /// <param name="request">As in <see cref="DeviceChoice.From"/>.</param>
    /// <param name="options">Settings of a card; the defaults where null.</param>
    /// <returns>A backend that the caller disposes, and why that one.</returns>
    /// <exception cref="DeviceNotAvailableException">It is not there, or does not open.</exception>
    public (IComputeBackend Backend, DeviceChoice Choice) Open(string request, IlgpuOptions? options = null)
    {
        var choice = DeviceChoice.From(request, List());
        return (Open(choice.Device, options), choice);
    }

    /// <summary>Opens a device of <see cref="List"/>.</summary>
    /// <exception cref="DeviceNotAvailableException">It does not open; the message is that of its driver.</exception>
    public IComputeBackend Open(ComputeDevice device, IlgpuOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.Kind == DeviceKind.Simd)
        {
            return new SimdBackend(_threadCount, options?.MemoryBudgetBytes);
        }

        Context? context = null;
        try
        {
            context = ContextOf(device.Kind);
            var number = int.Parse(device.Id.AsSpan(device.Id.IndexOf(':', StringComparison.Ordinal) + 1), System.Globalization.CultureInfo.InvariantCulture);
            return new IlgpuBackend(context, DevicesOf(context, device.Kind)[number], options ?? new IlgpuOptions());
        }
        catch (Exception e) when (e is not ArgumentException)
        {
            context?.Dispose();
            throw new DeviceNotAvailableException($"{device.Name} did not open: {e.Message} Update its driver, or use another --device.", e);
        }
    }

    private ComputeDevice Simd()
    {
        using var backend = new SimdBackend(_threadCount);
        return new ComputeDevice("simd", DeviceKind.Simd, backend.Name, backend.Memory.TotalBytes, false, null);
    }

    private static ComputeDevice[] Cuda() => Find(
        DeviceKind.Cuda,
        "CUDA",
        "No CUDA driver was found (libcuda or nvcuda).",
        ["libcuda.so.1", "nvcuda.dll"],
        device => device is CudaDevice { Architecture: null } ? "ILGPU does not know its architecture." : null,
        _ => true);

    private static ComputeDevice[] OpenCl() => Find(
        DeviceKind.OpenCl,
        "OpenCL",
        "No OpenCL driver was found (libOpenCL or OpenCL.dll).",
        ["libOpenCL.so.1", "OpenCL.dll"],
        device => ((CLDevice)device).Capabilities is { GenericAddressSpace: false } ? "It has no generic address space, which the kernels need (as in PoCL)." : null,
        device => IsDiscrete((CLDevice)device));

    /// <summary>Devices of a kind; a fault of a driver is a reason, never a crash.</summary>
    private static ComputeDevice[] Find(
        DeviceKind kind, string word, string noDriver, string[] libraries, Func<Device, string?> refusal, Func<Device, bool> isDiscrete)
    {
        var id = DeviceChoice.IdOfKind(kind);
        ComputeDevice None(string reason) => new(id, kind, word, 0, false, reason);
        if (!DriverLibraries.HasAny(libraries))
        {
            return [None(noDriver)];
        }

        try
        {
            using var context = ContextOf(kind);
            var devices = DevicesOf(context, kind).Select((d, i) => new ComputeDevice($"{id}:{i}", kind, NameOf(d), d.MemorySize, isDiscrete(d), refusal(d))).ToArray();
            return devices.Length > 0 ? devices : [None($"The {word} driver lists no device.")];
        }
        catch (Exception e)
        {
            return [None($"The {word} driver failed: {e.Message}")];
        }
    }

    private static Context ContextOf(DeviceKind kind) => IlgpuContext.Create(b => _ = kind == DeviceKind.Cuda ? b.Cuda() : b.OpenCL(_ => true));

    private static List<Device> DevicesOf(Context context, DeviceKind kind) =>
        [.. context.Devices.Where(d => d.AcceleratorType == (kind == DeviceKind.Cuda ? AcceleratorType.Cuda : AcceleratorType.OpenCL))];

    private static string NameOf(Device device) => device is CLDevice cl ? $"{cl.Name.Trim('\0', ' ')} ({cl.PlatformName.Trim('\0', ' ')})" : device.Name.Trim('\0', ' ');

    private static bool IsDiscrete(CLDevice device)
    {
        try
        {
            return device.DeviceType.HasFlag(CLDeviceType.CL_DEVICE_TYPE_GPU) && device.GetDeviceInfo<int>(HostUnifiedMemory) == 0;
        }
        catch (CLException)
        {
            return false;
        }
    }
}
