namespace DigitalTwin.Numerics.Compute;

/// <summary>C = activation(alpha op(A) op(B) + beta C + bias), for each of a batch of matrices.</summary>
/// <remarks>Matrices of a batch lie one below another in A, B and C: batch b of A starts at row b * (A.Rows / <see cref="BatchCount"/>).
/// A or B with <see cref="ShareA"/> or <see cref="ShareB"/> is one matrix used by all.</remarks>
public readonly record struct GemmArguments(MatrixView A, MatrixView B, MatrixView C)
{
    public bool TransposeA { get; init; }

    public bool TransposeB { get; init; }

    public float Alpha { get; init; } = 1f;

    /// <summary>0 means that C is written and never read.</summary>
    public float Beta { get; init; }

    /// <summary>Added to each row, shape [1, columns of C].</summary>
    public MatrixView? Bias { get; init; }

    public Activation Activation { get; init; } = Activation.None;

    public int BatchCount { get; init; } = 1;

    public bool ShareA { get; init; }

    public bool ShareB { get; init; }
}
