using System.Reflection;

namespace DigitalTwin.Kernels.Catalog;

/// <summary>A kernel with all its type arguments. A backend launches nothing that is not one of these, and <see cref="KernelCatalog"/> lists all of them,
/// so that a test can compile each without a device.</summary>
internal abstract class CatalogKernel(MethodInfo method)
{
    /// <summary>The static method that a device thread runs.</summary>
    public MethodInfo Method { get; } = method;

    /// <summary>Such as "GemmKernel.Multiply(Identity, InnerFirst)".</summary>
    public string Name { get; } = NameOf(method);

    public override string ToString() => Name;

    private static string NameOf(MethodInfo method)
    {
        var arguments = method.IsGenericMethod ? $"({string.Join(", ", method.GetGenericArguments().Select(TypeName))})" : string.Empty;
        return $"{method.DeclaringType!.Name}.{method.Name}{arguments}";
    }

    private static string TypeName(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}({string.Join(", ", type.GetGenericArguments().Select(TypeName))})" : type.Name;
}

/// <summary>A kernel and the struct of its arguments.</summary>
internal sealed class CatalogKernel<TArguments>(Action<TArguments> kernel) : CatalogKernel(kernel.Method)
    where TArguments : struct
{
    public Action<TArguments> Kernel { get; } = kernel;
}
