using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>A matrix on a tape: its numbers, how it came to be, and where its gradient gathers. Valid until the tape is reset.</summary>
/// <remarks>Tensors belong to their tape and are used again after <see cref="Tape.Reset"/>, so that training in a loop allocates nothing.</remarks>
public sealed class Tensor
{
    internal Tensor()
    {
    }

    /// <summary>What made it: the operation's name, or the name of an input or parameter.</summary>
    public string Name { get; internal set; } = "";

    /// <summary>Its numbers, shape [rows, columns].</summary>
    public MatrixView Value { get; internal set; }

    public int Rows => Value.Rows;

    public int Columns => Value.Columns;

    /// <summary>Whether a loss can depend on a parameter through it.</summary>
    public bool NeedsGradient { get; internal set; }

    /// <summary>Sum of what flowed back to it so far; null before anything did.</summary>
    public MatrixView? Gradient => HasGradient ? GradientView : null;

    internal bool HasGradient { get; set; }

    internal MatrixView GradientView { get; set; }

    /// <summary>A parameter's gradient outlives the tape and is always added to.</summary>
    internal bool IsParameter { get; set; }

    internal ComputeBuffer? OwnValue { get; set; }

    internal ComputeBuffer? OwnGradient { get; set; }

    /// <summary>What the operation keeps for its gradient: statistics of a normalisation, places of maxima.</summary>
    internal ComputeBuffer? OwnSaved { get; set; }

    internal MatrixView Saved { get; set; }

    internal Action<Tape, Tensor>? Backward { get; set; }

    internal Tensor? First { get; set; }

    internal Tensor? Second { get; set; }

    internal Tensor? Third { get; set; }

    internal Tensor? Fourth { get; set; }

    internal SparseOperand? Graph { get; set; }

    internal Recomputation? Recomputation { get; set; }

    /// <summary>Numbers and choices of the operation, read by its own gradient only.</summary>
    internal OperationSettings Settings { get; set; }
}

/// <summary>Numbers and choices of one operation on the tape.</summary>
internal readonly record struct OperationSettings(float Number = 0, int Whole = 0, int Choice = 0, bool Flag = false, ulong Key = 0);
