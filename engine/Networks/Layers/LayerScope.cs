using System.Globalization;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Networks.Layers;

/// <summary>Where a layer puts its parameters: a set, a dotted name, and the seed of their first values.</summary>
/// <param name="Parameters">The set that owns them.</param>
/// <param name="Seed">Of the first values; each parameter has a stream of its own, keyed by its name, so that adding one leaves the others as they were. Null draws none,
/// where <see cref="ParameterSet.Restore"/> follows.</param>
/// <param name="Name">Such as "encoder.0"; empty at the top.</param>
public sealed record LayerScope(ParameterSet Parameters, ulong? Seed, string Name = "")
{
    /// <summary>A part with a name.</summary>
    public LayerScope Part(string part)
    {
        ArgumentException.ThrowIfNullOrEmpty(part);
        return this with { Name = NameOf(part) };
    }

    /// <summary>A part with a number.</summary>
    public LayerScope Part(int number) => Part(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>A matrix that multiplies features, with random first values.</summary>
    /// <param name="part">Its name within the layer.</param>
    /// <param name="rows">Inputs, unless told otherwise.</param>
    /// <param name="columns">Outputs, unless told otherwise.</param>
    /// <param name="scheme">How wide the first values spread.</param>
    /// <param name="inputs">Numbers that one output sums; the rows by default.</param>
    /// <param name="outputs">Outputs that one number goes to; the columns by default.</param>
    public Parameter Weight(string part, int rows, int columns, WeightScheme scheme = WeightScheme.Glorot, int? inputs = null, int? outputs = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        var name = NameOf(part);
        Parameters.RequireRoom(name, rows, columns);
        if (Seed is not { } seed)
        {
            return Parameters.Add(name, rows, columns);
        }

        var stream = new RandomStream(new StreamKey(seed, StreamKey.HashOf(name), 0, 0, RandomPurpose.Initialization));
        var values = new float[checked(rows * columns)];
        scheme.Fill(values, inputs ?? rows, outputs ?? columns, stream);
        return Parameters.Add(name, rows, columns, values);
    }

    /// <summary>One number for each feature, all the same at first; weight decay leaves it alone.</summary>
    public Parameter Row(string part, int columns, float value = 0f) => Constant(part, 1, columns, value);

    /// <summary>A matrix of one number; weight decay leaves it alone.</summary>
    public Parameter Constant(string part, int rows, int columns, float value)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        Parameters.RequireRoom(NameOf(part), rows, columns);
        var values = new float[checked(rows * columns)];
        Array.Fill(values, value);
        return Parameters.Add(NameOf(part), rows, columns, values, decays: false);
    }

    /// <summary>Numbers that are kept with the parameters and not trained.</summary>
    public Parameter Statistics(string part, int rows, int columns, ReadOnlySpan<float> values) => Parameters.Add(NameOf(part), rows, columns, values, isTrainable: false);

    private string NameOf(string part) => Name.Length == 0 ? part : $"{Name}.{part}";
}
