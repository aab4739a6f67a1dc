using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Dense;

/// <summary>The two forms of an elementwise kernel.</summary>
internal sealed record ElementwisePair(CatalogKernel<ElementwiseArguments> Contiguous, CatalogKernel<ElementwiseArguments> Repeated)
{
    public static ElementwisePair Of<TOperation>()
        where TOperation : struct, IElementwise =>
        new(new(ElementwiseKernels.Map<TOperation>), new(ElementwiseKernels.MapRepeated<TOperation>));
}

/// <summary>Every elementwise kernel.</summary>
internal static class ElementwiseCatalog
{
    public static readonly ElementwisePair Fill = ElementwisePair.Of<Filling>();

    public static readonly ElementwisePair Copy = ElementwisePair.Of<Scaling>();

    /// <summary>By <see cref="UnaryFunction"/>.</summary>
    public static readonly ElementwisePair[] Unary = FunctionTypes.ForEachFunction(new Values());

    /// <summary>By <see cref="UnaryFunction"/>.</summary>
    public static readonly ElementwisePair[] UnaryBackward = FunctionTypes.ForEachFunction(new Gradients());

    /// <summary>By <see cref="BinaryFunction"/>.</summary>
    public static readonly ElementwisePair[] Binary = [.. Enum.GetValues<BinaryFunction>().Select(OfBinary)];

    public static IEnumerable<CatalogKernel> All => ((ElementwisePair[])[Fill, Copy, .. Unary, .. UnaryBackward, .. Binary])
        .SelectMany(p => (CatalogKernel[])[p.Contiguous, p.Repeated]);

    private static ElementwisePair OfBinary(BinaryFunction function) => function switch
    {
        BinaryFunction.Add => ElementwisePair.Of<SumOf>(),
        BinaryFunction.Subtract => ElementwisePair.Of<DifferenceOf>(),
        BinaryFunction.Multiply => ElementwisePair.Of<ProductOf>(),
        BinaryFunction.Divide => ElementwisePair.Of<QuotientOf>(),
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "There is no kernel of this name."),
    };

    private sealed class Values : IFunctionVisitor<ElementwisePair>
    {
        public ElementwisePair Visit<TFunction>()
            where TFunction : struct, ILaneFunction => ElementwisePair.Of<ValueOf<TFunction>>();
    }

    private sealed class Gradients : IFunctionVisitor<ElementwisePair>
    {
        public ElementwisePair Visit<TFunction>()
            where TFunction : struct, ILaneFunction => ElementwisePair.Of<GradientOf<TFunction>>();
    }
}
