using System.Numerics;
using CsCheck;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Vocabulary.Units;

public sealed class RationalTests
{
    [Fact]
    public void Property_EveryFiniteDoubleSurvivesTheRoundTrip() =>
        Gen.Long.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite).Sample(d => Rational.FromDouble(d).ToDouble() == d, iter: 20_000);

    [Fact]
    public void Property_ProductRoundsLikeTheProcessor() =>
        Gen.Select(Gen.Double[-1e100, 1e100], Gen.Double[-1e-100, 1e100]).Sample((a, b) =>
            (Rational.FromDouble(a) * Rational.FromDouble(b)).ToDouble() == a * b && (b == 0 || (Rational.FromDouble(a) / Rational.FromDouble(b)).ToDouble() == a / b));

    [Theory]
    [InlineData("6.02214076e23", 6.02214076e23)]
    [InlineData("-0.125", -0.125)]
    [InlineData("5e-324", 5e-324)]
    [InlineData("2.4e-324", 0.0)]
    [InlineData("1.7976931348623157e308", double.MaxValue)]
    public void ClosedForm_DecimalsRoundLikeTheCompiler(string text, double expected) =>
        Assert.Equal(expected, Rational.ParseDecimal(text).ToDouble());

    [Fact]
    public void Error_ZeroDenominator() => Assert.Throws<DivideByZeroException>(() => new Rational(BigInteger.One, 0));
}
