namespace DigitalTwin.Kernels.Products;

/// <summary>How exactly a dense product multiplies. Sums are float32 in every case.</summary>
public enum ProductPrecision
{
    /// <summary>float32, as everywhere else.</summary>
    Single,

    /// <summary>Tensor cores; both operands are rounded to 11 significant bits. The error of a sum of products is at most 2^-10 of the sum of their absolute values,
    /// and float32 rounding.</summary>
    Tf32,

    /// <summary>Tensor cores; both operands are rounded to 8 significant bits. The error of a sum of products is at most 2^-7.9 of the sum of their absolute
    /// values, and float32 rounding.</summary>
    Bfloat16,
}
