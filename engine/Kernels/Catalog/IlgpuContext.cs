using ILGPU;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>Makes ILGPU contexts, all with the same settings, so that what tests compile is what devices run.</summary>
internal static class IlgpuContext
{
    /// <remarks>Optimisation stays at O1: at O2, ILGPU 1.5.3 moves a read of shared memory down past a barrier when its value is used later, and another
    /// thread may have overwritten it by then. The parity test on PTX text found it.</remarks>
    public static Context Create(Action<Context.Builder> addDevices) => Context.Create(builder =>
    {
        addDevices(builder);
        builder.Optimize(OptimizationLevel.O1);
    });
}
