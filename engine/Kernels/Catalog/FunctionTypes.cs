using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>What is made for a function, given its type.</summary>
internal interface IFunctionVisitor<TResult>
{
    TResult Visit<TFunction>()
        where TFunction : struct, ILaneFunction;
}

/// <summary>Something for each function of an enumeration, by <see cref="FunctionDispatch"/>.</summary>
internal static class FunctionTypes
{
    /// <summary>Something for each activation, in the order of the enumeration.</summary>
    public static TResult[] ForEachActivation<TResult>(IFunctionVisitor<TResult> visitor) => [.. Enum.GetValues<Activation>().Select(a =>
    {
        var collector = new Collector<TResult>(visitor);
        FunctionDispatch.Visit(a, ref collector);
        return collector.Result!;
    })];

    /// <summary>Something for each function, in the order of the enumeration.</summary>
    public static TResult[] ForEachFunction<TResult>(IFunctionVisitor<TResult> visitor) => [.. Enum.GetValues<UnaryFunction>().Select(f =>
    {
        var collector = new Collector<TResult>(visitor);
        FunctionDispatch.Visit(f, ref collector);
        return collector.Result!;
    })];

    /// <summary>Keeps what a visitor made.</summary>
    private struct Collector<TResult>(IFunctionVisitor<TResult> visitor) : IFunctionVisitor
    {
        public TResult? Result { get; private set; }

        public void Visit<TFunction>()
            where TFunction : unmanaged, ILaneFunction => Result = visitor.Visit<TFunction>();
    }
}
