using CsCheck;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Vocabulary.Units;

public sealed class UcumUnitTests
{
    [Theory]
    [InlineData(1.2, "mg/dL", "g/L", 0.012)]
    [InlineData(3.51, "g/dL", "g/L", 35.1)]
    [InlineData(262, "10*3/uL", "10*9/L", 262)]
    [InlineData(0.1, "g", "mg", 100)]
    [InlineData(2, "a", "d", 730.5)]
    [InlineData(6, "mo", "d", 182.625)]
    [InlineData(3, "wk", "d", 21)]
    [InlineData(1, "[lb_av]", "kg", 0.45359237)]
    [InlineData(70, "[in_i]", "cm", 177.8)]
    [InlineData(120, "mm[Hg]", "kPa", 15.99864)]
    [InlineData(150, "umol/L", "mmol/L", 0.15)]
    [InlineData(1, "ug/(kg.min)", "mg/(kg.h)", 0.06)]
    [InlineData(5, "m[IU]/mL", "[iU]/L", 5)]
    [InlineData(40, "%", "1", 0.4)]
    [InlineData(60, "U/L", "ukat/L", 1.0)]
    [InlineData(25, "kg/m2", "g/cm2", 2.5)]
    [InlineData(4.184, "J", "cal", 1)]
    [InlineData(1, "mg{creat}/dL", "mg/dL", 1)]
    public void ClosedForm_RatioUnitsConvertToTheNearestDouble(double value, string from, string to, double expected) =>
        Assert.Equal(expected, UcumUnit.Convert(value, from, to));

    [Theory]
    [InlineData(37, "Cel", "K", 310.15)]
    [InlineData(98.6, "[degF]", "Cel", 37)]
    [InlineData(-40, "[degF]", "Cel", -40)]
    [InlineData(212, "[degF]", "K", 373.15)]
    [InlineData(80, "[degRe]", "Cel", 100)]
    [InlineData(36600, "mCel", "Cel", 36.6)]
    public void ClosedForm_TemperaturesConvertToTheNearestDouble(double value, string from, string to, double expected) =>
        Assert.Equal(expected, UcumUnit.Convert(value, from, to));

    [Theory]
    [InlineData(7, "[pH]", "nmol/L", 100)]
    [InlineData(40, "nmol/L", "[pH]", 7.397940008672037)]
    [InlineData(30, "dB", "1", 1000)]
    [InlineData(1, "Np", "1", 2.718281828459045)]
    [InlineData(94, "dB[SPL]", "Pa", 1.0023744672545447)]
    [InlineData(30, "dB[W]", "kW", 1)]
    [InlineData(60, "dB[mV]", "V", 1)]
    [InlineData(2, "B[10.nV]", "nV", 100)]
    [InlineData(2, "B[kW]", "W", 100000)]
    [InlineData(8, "bit_s", "1", 256)]
    [InlineData(3, "[hp'_X]", "1", 0.001)]
    [InlineData(2, "[hp'_C]", "1", 0.0001)]
    [InlineData(100, "%[slope]", "deg", 45)]
    [InlineData(100, "[p'diop]", "deg", 45)]
    [InlineData(3, "[m/s2/Hz^(1/2)]", "m2/s4/Hz", 9)]
    public void ClosedForm_LogarithmicAndOtherSpecialUnits(double value, string from, string to, double expected) =>
        Assert.Equal(1, UcumUnit.Convert(value, from, to) / expected, 1e-13);

    [Theory]
    [InlineData("mg/dL", "mmol/L")]
    [InlineData("[IU]/L", "U/L")]
    [InlineData("[arb'U]", "1")]
    [InlineData("kg", "m")]
    [InlineData("Cel", "Pa")]
    public void Error_UnitsOfDifferentKindsDoNotConvert(string from, string to)
    {
        Assert.False(UcumUnit.Parse(from).CanConvertTo(UcumUnit.Parse(to)));
        Assert.Throws<ArgumentException>(() => UcumUnit.Convert(1, from, to));
    }

    [Theory]
    [InlineData("mcg", 0, "ug")]
    [InlineData("mmHg", 0, "mm[Hg]")]
    [InlineData("IU/L", 0, "[IU]/L")]
    [InlineData("mg/DL", 3, "mg/dL")]
    [InlineData("years", 0, "a")]
    [InlineData("[in_1]", 0, "[in_i]")]
    [InlineData("g/12h", 4, null)]
    [InlineData("m/", 2, null)]
    [InlineData("", 0, null)]
    [InlineData("Cel/min", 3, null)]
    [InlineData("m[Hg", 0, null)]
    [InlineData("(m", 0, null)]
    [InlineData("m)", 1, null)]
    [InlineData("m{a", 1, null)]
    [InlineData("0", 0, null)]
    [InlineData("10*999", 3, null)]
    public void Error_SaysWhereAndWhatWasMeant(string code, int position, string? suggestion)
    {
        var fault = Assert.Throws<UcumException>(() => UcumUnit.Parse(code));
        Assert.Equal((position, suggestion), (fault.Position, fault.Suggestion));
    }

    [Fact]
    public void Error_LogarithmOfANegativeNumber() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UcumUnit.Convert(-1, "mol/L", "[pH]"));

    [Fact]
    public void Error_AnyTextIsAUnitOrAUcumException() =>
        Gen.Char["mgLdls/.({})[]10*^-+'%{ "].Array[0, 40].Select(c => new string(c)).Sample(text => UcumUnit.TryParse(text, out _) || !UcumUnit.TryParse(text, out _));

    [Fact]
    public void Property_ThereAndBackIsTheSameNumber()
    {
        string[] units = ["mg/dL", "g/L", "kg/m3", "ug/mL", "[lb_av]/[gal_us]"];
        Gen.Select(Gen.Double[1e-6, 1e6], Gen.Int[0, units.Length - 1].Select(i => units[i]), Gen.Int[0, units.Length - 1].Select(i => units[i])).Sample((value, from, to) =>
            Math.Abs((UcumUnit.Convert(UcumUnit.Convert(value, from, to), to, from) / value) - 1) <= 4e-16);
    }
}
