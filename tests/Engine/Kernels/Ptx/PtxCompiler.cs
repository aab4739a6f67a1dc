using DigitalTwin.Kernels.Catalog;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>PTX of kernels, made without a device.</summary>
internal sealed class PtxCompiler : IDisposable
{
    private readonly Context _context = IlgpuContext.Create(b => b.CPU(new CPUDevice(32, 8, 1)));
    private readonly PTXBackend _backend;

    public PtxCompiler()
    {
        _backend = new PTXBackend(
            _context, new CudaCapabilityContext(CudaArchitecture.SM_90), CudaArchitecture.SM_90, CudaInstructionSet.ISA_80, null!);
    }

    public string Compile(CatalogKernel kernel)
    {
        var compiled = _backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel.Method), KernelSpecialization.Empty);
        return ((PTXCompiledKernel)compiled).PTXAssembly;
    }

    public void Dispose()
    {
        _backend.Dispose();
        _context.Dispose();
    }
}
