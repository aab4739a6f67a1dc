using DigitalTwin.Kernels.Devices;

namespace DigitalTwin.Tests.Engine.Kernels.Devices;

/// <summary>Which device is taken, and what is said.</summary>
public sealed class DeviceChoiceTests
{
    private static readonly ComputeDevice Simd = new("simd", DeviceKind.Simd, "SIMD, 2 threads", 1000, false, null);
    private static readonly ComputeDevice NoCuda = new("cuda", DeviceKind.Cuda, "CUDA", 0, false, "No CUDA driver was found.");
    private static readonly ComputeDevice Card = new("cuda:0", DeviceKind.Cuda, "Card", 1000, true, null);
    private static readonly ComputeDevice SecondCard = new("cuda:1", DeviceKind.Cuda, "Second card", 1000, true, null);
    private static readonly ComputeDevice Discrete = new("opencl:1", DeviceKind.OpenCl, "Radiant", 1000, true, null);
    private static readonly ComputeDevice Shared = new("opencl:0", DeviceKind.OpenCl, "Laptop graphics", 1000, false, null);
    private static readonly ComputeDevice Refused = new("opencl:0", DeviceKind.OpenCl, "PoCL", 1000, false, "It has no generic address space.");

    [Fact]
    public void Order_Auto_TakesCuda_ThenADiscreteOpenClGpu_ThenSimd()
    {
        Assert.Equal("cuda:0", DeviceChoice.From("auto", [Card, SecondCard, Discrete, Simd]).Device.Id);
        Assert.Equal("opencl:1", DeviceChoice.From("auto", [NoCuda, Shared, Discrete, Simd]).Device.Id);
        Assert.Equal("simd", DeviceChoice.From("auto", [NoCuda, Shared, Simd]).Device.Id);
        Assert.Equal("simd", DeviceChoice.From("auto", [NoCuda, Refused, Simd]).Device.Id);
    }

    [Fact]
    public void Property_Auto_SaysWhyNotTheOthers()
    {
        var reason = DeviceChoice.From("auto", [NoCuda, Refused, Simd]).Reason;
        Assert.Contains("No CUDA driver was found.", reason, StringComparison.Ordinal);
        Assert.Contains("It has no generic address space.", reason, StringComparison.Ordinal);
        Assert.Contains("ask for 'opencl:0'", DeviceChoice.From("auto", [NoCuda, Shared, Simd]).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda", "cuda:0")]
    [InlineData("cuda:1", "cuda:1")]
    [InlineData("opencl", "opencl:1")]
    [InlineData("simd", "simd")]
    public void Order_ANamedDevice_IsTaken(string request, string id) =>
        Assert.Equal(id, DeviceChoice.From(request, [Card, SecondCard, Refused, Discrete, Simd]).Device.Id);

    [Theory]
    [InlineData("cuda", "The device 'cuda' cannot be used: No CUDA driver was found. There are auto, simd.")]
    [InlineData("opencl:0", "The device 'opencl:0' cannot be used: It has no generic address space. There are auto, simd.")]
    [InlineData("cuda:7", "There is no device 'cuda:7'. There are auto, simd.")]
    [InlineData("tpu", "There is no device 'tpu'. There are auto, simd.")]
    public void Error_ADeviceThatIsNotThere_IsNamedWithTheReason(string request, string message) =>
        Assert.Equal(message, Assert.Throws<DeviceNotAvailableException>(() => DeviceChoice.From(request, [NoCuda, Refused, Simd])).Message);

    [Fact]
    public void Property_ThisMachine_HasSimd_AndASentenceForEveryKindItHasNot()
    {
        var found = new ComputeDevices(1).List();
        Assert.Contains(found, d => d is { Id: "simd", IsUsable: true });
        Assert.All(Enum.GetValues<DeviceKind>(), kind => Assert.Contains(found, d => d.Kind == kind));
        Assert.All(found.Where(d => !d.IsUsable), d => Assert.EndsWith(".", d.Refusal, StringComparison.Ordinal));
    }
}
