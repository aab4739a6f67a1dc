using ILGPU;
using ILGPU.Runtime;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>Starts kernels: on a device, or wherever a test wants them.</summary>
internal interface IKernelLauncher
{
    /// <summary>Queues a kernel behind what is queued.</summary>
    void Launch<TArguments>(CatalogKernel<TArguments> kernel, int groupCount, int groupSize, in TArguments arguments)
        where TArguments : struct;
}

/// <summary>Starts kernels on the stream of a device, compiling each when it is first used.</summary>
internal sealed class DeviceLauncher(Accelerator accelerator) : IKernelLauncher
{
    private readonly Dictionary<CatalogKernel, Delegate> _loaded = [];

    public void Launch<TArguments>(CatalogKernel<TArguments> kernel, int groupCount, int groupSize, in TArguments arguments)
        where TArguments : struct
    {
        if (!_loaded.TryGetValue(kernel, out var launch))
        {
            launch = accelerator.LoadKernel(kernel.Kernel);
            _loaded.Add(kernel, launch);
        }

        ((Action<AcceleratorStream, KernelConfig, TArguments>)launch)(accelerator.DefaultStream, new KernelConfig(groupCount, groupSize), arguments);
    }
}
