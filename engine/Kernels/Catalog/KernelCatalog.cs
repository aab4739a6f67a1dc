using DigitalTwin.Kernels.Dense;
using DigitalTwin.Kernels.Graphs;
using DigitalTwin.Kernels.Products;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>Every kernel that the backend can launch.</summary>
internal static class KernelCatalog
{
    public static IReadOnlyList<CatalogKernel> All { get; } =
    [
        .. ElementwiseCatalog.All,
        DropoutKernel.Kernel,
        .. ColumnReduceKernel.All,
        .. RowKernels.All,
        .. NormalizationKernels.All,
        CumulativeSumKernel.Kernel,
        .. ScanKernels.All,
        .. OptimizerKernels.All,
        .. GemmCatalog.All,
        .. GraphCatalog.All,
    ];
}
