using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Products;

/// <summary>Every dense product.</summary>
internal static class GemmCatalog
{
    /// <summary>By <see cref="Activation"/>, then by transposes: 1 for A, 2 for B.</summary>
    public static readonly CatalogKernel<GemmKernelArguments>[][] Multiply = FunctionTypes.ForEachActivation(new Products());

    /// <summary>By <see cref="Activation"/>.</summary>
    public static readonly CatalogKernel<GemmFinishArguments>[] Finish = FunctionTypes.ForEachActivation(new Finishes());

    public static IEnumerable<CatalogKernel> All => [.. Multiply.SelectMany(m => m), .. Finish];

    private sealed class Products : IFunctionVisitor<CatalogKernel<GemmKernelArguments>[]>
    {
        public CatalogKernel<GemmKernelArguments>[] Visit<TFunction>()
            where TFunction : struct, ILaneFunction =>
        [
            new(GemmKernel.Multiply<InnerAlongRows, InnerAlongColumns, TFunction>),
            new(GemmKernel.Multiply<InnerAlongColumns, InnerAlongColumns, TFunction>),
            new(GemmKernel.Multiply<InnerAlongRows, InnerAlongRows, TFunction>),
            new(GemmKernel.Multiply<InnerAlongColumns, InnerAlongRows, TFunction>),
        ];
    }

    private sealed class Finishes : IFunctionVisitor<CatalogKernel<GemmFinishArguments>>
    {
        public CatalogKernel<GemmFinishArguments> Visit<TFunction>()
            where TFunction : struct, ILaneFunction => new(GemmFinishKernel.Finish<TFunction>);
    }
}
