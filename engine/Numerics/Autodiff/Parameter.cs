using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>A named matrix that training changes: a part of the one buffer of its <see cref="ParameterSet"/>.</summary>
public sealed class Parameter
{
    private readonly ParameterSet _set;
    private readonly long _offset;

    internal Parameter(ParameterSet set, string name, int rows, int columns, long offset)
    {
        (_set, Name, Rows, Columns, _offset) = (set, name, rows, columns, offset);
    }

    /// <summary>Unique in its set, such as "encoder.0.weight".</summary>
    public string Name { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Whether gradients flow to it. Statistics that are kept but not trained are not trainable.</summary>
    public bool IsTrainable { get; init; } = true;

    /// <summary>Whether weight decay shrinks it. Shifts, scales of normalisations and kept statistics do not decay.</summary>
    public bool Decays { get; init; } = true;

    /// <summary>Its numbers.</summary>
    public MatrixView Value => new(_set.Values, _offset, Rows, Columns);

    /// <summary>What flowed back since <see cref="ParameterSet.ClearGradients"/>.</summary>
    public MatrixView Gradient => new(_set.Gradients, _offset, Rows, Columns);

    internal long Offset => _offset;
}
