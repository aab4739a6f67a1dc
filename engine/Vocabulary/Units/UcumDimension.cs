namespace DigitalTwin.Vocabulary;

/// <summary>What a unit measures: exponents of the seven UCUM base units, and of the arbitrary units, which convert to nothing but themselves.</summary>
/// <remarks>Source: [UCUM] section 4.2 (base units m, s, g, rad, K, C, cd) and section 3.2 (arbitrary units).</remarks>
internal sealed class UcumDimension : IEquatable<UcumDimension>
{
    // Ordered by code, so that equal dimensions are equal sequences.
    private readonly SortedDictionary<string, int> _exponents;

    private UcumDimension(SortedDictionary<string, int> exponents) => _exponents = exponents;

    public static UcumDimension None { get; } = new(new SortedDictionary<string, int>(StringComparer.Ordinal));

    /// <summary>The dimension of one base unit or one arbitrary unit.</summary>
    public static UcumDimension Of(string code) => new(new SortedDictionary<string, int>(StringComparer.Ordinal) { [code] = 1 });

    public UcumDimension Multiply(UcumDimension other) => Combine(other, 1);

    public UcumDimension Divide(UcumDimension other) => Combine(other, -1);

    public UcumDimension Power(int exponent) => None.Combine(this, exponent);

    public bool Equals(UcumDimension? other) => other is not null && _exponents.SequenceEqual(other._exponents);

    public override bool Equals(object? obj) => Equals(obj as UcumDimension);

    public override int GetHashCode() => _exponents.Aggregate(0, (hash, e) => HashCode.Combine(hash, e.Key, e.Value));

    public override string ToString() =>
        _exponents.Count == 0 ? "1" : string.Join('.', _exponents.Select(e => e.Value == 1 ? e.Key : FormattableString.Invariant($"{e.Key}{e.Value}")));

    private UcumDimension Combine(UcumDimension other, int factor)
    {
        var sum = new SortedDictionary<string, int>(_exponents, StringComparer.Ordinal);
        foreach (var (code, exponent) in other._exponents)
        {
            var total = sum.GetValueOrDefault(code) + (exponent * factor);
            if (total == 0)
            {
                sum.Remove(code);
            }
            else
            {
                sum[code] = total;
            }
        }

        return new UcumDimension(sum);
    }
}
