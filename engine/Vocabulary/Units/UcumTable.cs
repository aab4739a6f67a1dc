namespace DigitalTwin.Vocabulary;

/// <summary>One unit symbol: its size in base units, what it measures, and its scale when it is special.</summary>
internal sealed record UcumAtom(Rational Factor, UcumDimension Dimension, UcumScale? Scale);

/// <summary>Finds unit symbols, with or without a prefix, in the tables beside this file. A unit is worked out when first asked for.</summary>
internal static class UcumTable
{
    private static readonly string[] _baseUnits = ["m", "s", "g", "rad", "K", "C", "cd"];

    private static readonly Dictionary<string, Rational> _prefixes = new(StringComparer.Ordinal)
    {
        ["Y"] = Rational.PowerOfTen(24),
        ["Z"] = Rational.PowerOfTen(21),
        ["E"] = Rational.PowerOfTen(18),
        ["P"] = Rational.PowerOfTen(15),
        ["T"] = Rational.PowerOfTen(12),
        ["G"] = Rational.PowerOfTen(9),
        ["M"] = Rational.PowerOfTen(6),
        ["k"] = Rational.PowerOfTen(3),
        ["h"] = Rational.PowerOfTen(2),
        ["da"] = Rational.PowerOfTen(1),
        ["d"] = Rational.PowerOfTen(-1),
        ["c"] = Rational.PowerOfTen(-2),
        ["m"] = Rational.PowerOfTen(-3),
        ["u"] = Rational.PowerOfTen(-6),
        ["n"] = Rational.PowerOfTen(-9),
        ["p"] = Rational.PowerOfTen(-12),
        ["f"] = Rational.PowerOfTen(-15),
        ["a"] = Rational.PowerOfTen(-18),
        ["z"] = Rational.PowerOfTen(-21),
        ["y"] = Rational.PowerOfTen(-24),
        ["Ki"] = new Rational(1L << 10, 1),
        ["Mi"] = new Rational(1L << 20, 1),
        ["Gi"] = new Rational(1L << 30, 1),
        ["Ti"] = new Rational(1L << 40, 1),
    };

    private static readonly Dictionary<string, Definition> _definitions = Define();

    /// <summary>The symbol as it stands, or a prefix with a metric symbol.</summary>
    /// <param name="symbol">Without exponent and annotation.</param>
    /// <param name="prefix">The prefix's factor, 1 without a prefix.</param>
    /// <param name="atom">The unit.</param>
    public static bool TryFind(string symbol, out Rational prefix, out UcumAtom atom)
    {
        if (_definitions.TryGetValue(symbol, out var whole))
        {
            (prefix, atom) = (Rational.One, whole.Atom.Value);
            return true;
        }

        for (var length = 1; length <= 2 && length < symbol.Length; length++)
        {
            if (_prefixes.TryGetValue(symbol[..length], out prefix)
                && _definitions.TryGetValue(symbol[length..], out var unit)
                && unit.TakesPrefix)
            {
                atom = unit.Atom.Value;
                return true;
            }
        }

        (prefix, atom) = (Rational.One, null!);
        return false;
    }

    /// <summary>Every symbol, and every metric symbol with every prefix.</summary>
    public static IEnumerable<string> Symbols() => _definitions.Keys.Concat(
        _definitions.Where(d => d.Value.TakesPrefix).SelectMany(d => _prefixes.Keys.Select(p => p + d.Key)));

    /// <summary>Every symbol without prefixes, and whether it takes one.</summary>
    public static IEnumerable<(string Symbol, bool TakesPrefix)> Atoms() => _definitions.Select(d => (d.Key, d.Value.TakesPrefix));

    private static Dictionary<string, Definition> Define()
    {
        var definitions = new Dictionary<string, Definition>(StringComparer.Ordinal);
        foreach (var unit in _baseUnits)
        {
            definitions.Add(unit, new Definition(TakesPrefix: true, () => new UcumAtom(Rational.One, UcumDimension.Of(unit), null)));
        }

        string[] tables =
        [
            UcumScientificUnits.Pure, UcumScientificUnits.International, UcumScientificUnits.Constants, UcumScientificUnits.Cgs,
            UcumScientificUnits.Heat, UcumScientificUnits.Other, UcumClinicalUnits.Clinical, UcumClinicalUnits.Laboratory,
            UcumCustomaryUnits.Lengths, UcumCustomaryUnits.Volumes, UcumCustomaryUnits.Weights,
        ];
        foreach (var line in tables.SelectMany(t => t.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var (symbol, flags, number, unit) = (fields[0], fields[1], fields[2], fields[3].TrimEnd('\r'));
            definitions.Add(symbol, new Definition(flags.StartsWith('*'), () => Resolve(symbol, flags, number, unit)));
        }

        foreach (var special in UcumSpecialUnits.All)
        {
            definitions.Add(special.Symbol, new Definition(special.TakesPrefix, () => Resolve(special)));
        }

        return definitions;
    }

    private static UcumAtom Resolve(string symbol, string flags, string number, string unit)
    {
        var proper = UcumUnit.Parse(unit);
        var dimension = flags.Contains('!', StringComparison.Ordinal) ? UcumDimension.Of(symbol) : proper.Dimension;
        return new UcumAtom(Rational.ParseDecimal(number) * proper.Factor, dimension, null);
    }

    private static UcumAtom Resolve(UcumSpecialUnit special)
    {
        var proper = UcumUnit.Parse(special.ProperUnit);
        return new UcumAtom(proper.Factor, proper.Dimension, special.Scale);
    }

    private sealed record Definition(bool TakesPrefix, Lazy<UcumAtom> Atom)
    {
        public Definition(bool TakesPrefix, Func<UcumAtom> resolve)
            : this(TakesPrefix, new Lazy<UcumAtom>(resolve))
        {
        }
    }
}
