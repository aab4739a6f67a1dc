namespace DigitalTwin.Tests.Reference;

/// <summary>Values another program computed, by case and quantity; index orders the entries of a vector.</summary>
public sealed class ReferenceValues
{
    private readonly Dictionary<(string Case, string Quantity), double[]> _vectors;

    public ReferenceValues(ReferenceTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        var (cases, quantities) = (table.Text("case"), table.Text("quantity"));
        var (indices, values) = (table.Numbers("index"), table.Numbers("value"));
        _vectors = Enumerable.Range(0, table.RowCount)
            .GroupBy(r => (cases[r], quantities[r]))
            .ToDictionary(g => g.Key, g => g.OrderBy(r => indices[r]).Select(r => values[r]).ToArray());
    }

    public double[] Vector(string @case, string quantity) => _vectors.TryGetValue((@case, quantity), out var vector)
        ? vector
        : throw new KeyNotFoundException($"No value of '{quantity}' for '{@case}'.");

    public double Scalar(string @case, string quantity) => Assert.Single(Vector(@case, quantity));
}
