using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Products;

/// <summary>Every dense product.</summary>
internal static class GemmCatalog
{
    /// <summary>By <see cref="Activation"/>, then by transposes: 1 for A, 2 for B.</summary>
    public static readonly CatalogKernel<GemmKernelArguments>[][] Multiply = FunctionTypes.ForEachActivation(new Products());

    /// <summary>As <see cref="Multiply"/>, on tensor cores with operands rounded to TF32.</summary>
    public static readonly CatalogKernel<GemmKernelArguments>[][] MultiplyTf32 = FunctionTypes.ForEachActivation(new TensorProducts<Tf32Core>());

    /// <summary>As <see cref="Multiply"/>, on tensor cores with operands rounded to bf16.</summary>
    public static readonly CatalogKernel<GemmKernelArguments>[][] MultiplyBfloat16 = FunctionTypes.ForEachActivation(new TensorProducts<Bfloat16Core>());

    /// <summary>By <see cref="Activation"/>.</summary>
    public static readonly CatalogKernel<GemmFinishArguments>[] Finish = FunctionTypes.ForEachActivation(new Finishes());

    public static IEnumerable<CatalogKernel> All => [.. Multiply.Concat(MultiplyTf32).Concat(MultiplyBfloat16).SelectMany(m => m), .. Finish];

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

    private sealed class TensorProducts<TCore> : IFunctionVisitor<CatalogKernel<GemmKernelArguments>[]>
        where TCore : struct, ITensorCore
    {
        public CatalogKernel<GemmKernelArguments>[] Visit<TFunction>()
            where TFunction : struct, ILaneFunction =>
        [
            new(TensorCoreGemmKernel.Multiply<InnerAlongRows, InnerAlongColumns, TFunction, TCore>),
            new(TensorCoreGemmKernel.Multiply<InnerAlongColumns, InnerAlongColumns, TFunction, TCore>),
            new(TensorCoreGemmKernel.Multiply<InnerAlongRows, InnerAlongRows, TFunction, TCore>),
            new(TensorCoreGemmKernel.Multiply<InnerAlongColumns, InnerAlongRows, TFunction, TCore>),
        ];
    }

    private sealed class Finishes : IFunctionVisitor<CatalogKernel<GemmFinishArguments>>
    {
        public CatalogKernel<GemmFinishArguments> Visit<TFunction>()
            where TFunction : struct, ILaneFunction => new(GemmFinishKernel.Finish<TFunction>);
    }
}
