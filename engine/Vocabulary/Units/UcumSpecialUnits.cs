namespace DigitalTwin.Vocabulary;

/// <summary>A unit whose numbers are no ratios: they map through <paramref name="Scale"/> to numbers in <paramref name="ProperUnit"/>.</summary>
internal sealed record UcumSpecialUnit(string Symbol, bool TakesPrefix, UcumScale Scale, string ProperUnit);

/// <summary>The special units: temperatures, logarithmic levels, slopes.</summary>
/// <remarks>Facts from [UCUM] sections 3.2 and 4.5 (licence: see <see cref="UcumScientificUnits"/>).</remarks>
internal static class UcumSpecialUnits
{
    public static IReadOnlyList<UcumSpecialUnit> All { get; } =
    [
        new("Cel", true, new AffineScale("273.15"), "K"),
        new("[degF]", false, new AffineScale("459.67"), "5.K/9"),
        new("[degRe]", false, new AffineScale("218.52"), "5.K/4"),
        new("[pH]", false, new LogarithmicScale(-1, 10), "mol/l"),
        new("Np", true, new LogarithmicScale(1, Math.E), "1"),
        new("B", true, new LogarithmicScale(1, 10), "1"),
        new("B[SPL]", true, new LogarithmicScale(2, 10), "2.10*-5.Pa"),
        new("B[V]", true, new LogarithmicScale(2, 10), "V"),
        new("B[mV]", true, new LogarithmicScale(2, 10), "mV"),
        new("B[uV]", true, new LogarithmicScale(2, 10), "uV"),
        new("B[10.nV]", true, new LogarithmicScale(2, 10), "10.nV"),
        new("B[W]", true, new LogarithmicScale(1, 10), "W"),
        new("B[kW]", true, new LogarithmicScale(1, 10), "kW"),
        new("bit_s", false, new LogarithmicScale(1, 2), "1"),
        new("[hp'_X]", false, new LogarithmicScale(-1, 10), "1"),
        new("[hp'_C]", false, new LogarithmicScale(-1, 100), "1"),
        new("[hp'_M]", false, new LogarithmicScale(-1, 1000), "1"),
        new("[hp'_Q]", false, new LogarithmicScale(-1, 50000), "1"),
        new("[p'diop]", false, new TangentScale(), "rad"),
        new("%[slope]", false, new TangentScale(), "rad"),
        new("[m/s2/Hz^(1/2)]", false, new SquareRootScale(), "m2/s4/Hz"),
    ];
}
