namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>One variable of a data set.</summary>
public abstract class AdamColumn
{
    /// <exception cref="ArgumentException">The name is not an ADaM name.</exception>
    private protected AdamColumn(string name, string label)
    {
        if (!AdamNames.IsValid(name))
        {
            throw new ArgumentException($"'{name}' is not an ADaM name: a letter or underscore, then at most 7 letters, digits or underscores, upper case.", nameof(name));
        }

        Name = name;
        Label = label;
    }

    /// <summary>At most 8 characters, upper case.</summary>
    public string Name { get; }

    public string Label { get; }

    public abstract int Count { get; }
}

/// <summary>Texts; null means missing.</summary>
/// <param name="name">ADaM name.</param>
/// <param name="label">Words for it.</param>
/// <param name="values">Shape [rows].</param>
public sealed class AdamTextColumn(string name, string label, string?[] values) : AdamColumn(name, label)
{
    public override int Count => values.Length;

    public string?[] Values => values;
}

/// <summary>Numbers; NaN means missing.</summary>
/// <param name="name">ADaM name.</param>
/// <param name="label">Words for it.</param>
/// <param name="values">Shape [rows].</param>
public sealed class AdamNumberColumn(string name, string label, double[] values) : AdamColumn(name, label)
{
    public override int Count => values.Length;

    public double[] Values => values;
}
