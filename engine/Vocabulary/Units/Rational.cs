using System.Globalization;
using System.Numerics;

namespace DigitalTwin.Vocabulary;

/// <summary>An exact fraction in lowest terms; the denominator is positive. <c>default</c> is not a number and must not be used.</summary>
public readonly struct Rational : IEquatable<Rational>
{
    // 64 bits of quotient leave 11 below a double's 53, enough to round to nearest together with the sticky bit.
    private const int QuotientBits = 64;

    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("The denominator of a fraction is zero.");
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / divisor;
        Denominator = denominator / divisor;
    }

    public static Rational One => new(1, 1);

    public static Rational Zero => new(0, 1);

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    /// <summary>The fraction a decimal text such as <c>6.02214076e23</c> stands for, without rounding.</summary>
    /// <exception cref="FormatException">The text is not a decimal number.</exception>
    public static Rational ParseDecimal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var mark = text.IndexOfAny(['e', 'E']);
        var exponent = mark < 0 ? 0 : int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var digits = mark < 0 ? text : text[..mark];
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        return new Rational(BigInteger.Parse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), 1) * PowerOfTen(exponent);
    }

    /// <summary>The exact value of a finite double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static Rational FromDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number is a fraction.");
        }

        var bits = BitConverter.DoubleToInt64Bits(value);
        var biased = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xF_FFFF_FFFF_FFFF;
        BigInteger mantissa = biased == 0 ? fraction : fraction | (1L << 52);
        var exponent = Math.Max(biased, 1) - 1075;
        mantissa = bits < 0 ? -mantissa : mantissa;
        return exponent >= 0 ? new Rational(mantissa << exponent, 1) : new Rational(mantissa, BigInteger.One << -exponent);
    }

    /// <summary>The decimal number people mean by a finite double: the shortest one that reads back as the same double.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static Rational FromShortestDecimal(double value) => double.IsFinite(value)
        ? ParseDecimal(value.ToString("R", CultureInfo.InvariantCulture))
        : throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number is a fraction.");

    public static Rational PowerOfTen(int exponent) =>
        exponent >= 0 ? new Rational(BigInteger.Pow(10, exponent), 1) : new Rational(1, BigInteger.Pow(10, -exponent));

    /// <summary>Integer power; negative powers invert.</summary>
    public Rational Power(int exponent) => exponent >= 0
        ? new Rational(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent))
        : new Rational(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    /// <summary>The nearest double, ties to even; infinite where the fraction passes the largest double.</summary>
    public double ToDouble()
    {
        if (Numerator.IsZero)
        {
            return 0;
        }

        var magnitude = BigInteger.Abs(Numerator);
        var shift = QuotientBits - (int)(magnitude.GetBitLength() - Denominator.GetBitLength());
        var quotient = shift >= 0
            ? BigInteger.DivRem(magnitude << shift, Denominator, out var remainder)
            : BigInteger.DivRem(magnitude, Denominator << -shift, out remainder);

        // The quotient has 64 or 65 bits. Keep 53, fewer where the result is subnormal, and round by what is cut off.
        var bitCount = (int)quotient.GetBitLength();
        var leadingExponent = bitCount - 1 - shift;
        var keep = leadingExponent >= -1022 ? 53 : Math.Max(0, 53 - (-1022 - leadingExponent));
        var cut = bitCount - keep;
        var kept = quotient >> cut;
        var below = quotient - (kept << cut);
        var half = BigInteger.One << (cut - 1);
        var comparison = below.CompareTo(half);
        if (comparison > 0 || (comparison == 0 && (!remainder.IsZero || !kept.IsEven)))
        {
            kept += 1;
        }

        var result = Math.ScaleB((double)kept, cut - shift);
        return Numerator.Sign < 0 ? -result : result;
    }

    public bool Equals(Rational other) => Numerator == other.Numerator && Denominator == other.Denominator;

    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    public override string ToString() => Denominator.IsOne ? $"{Numerator}" : $"{Numerator}/{Denominator}";

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static Rational operator +(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static Rational operator -(Rational left, Rational right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);
}
