using System.Diagnostics.CodeAnalysis;

namespace DigitalTwin.Vocabulary;

/// <summary>A unit of measure written as a case-sensitive UCUM code, e.g. <c>mg/dL</c>, <c>10*9/L</c>, <c>Cel</c>.</summary>
/// <remarks>Source: [UCUM]. In ratio and temperature units a number is taken as the shortest decimal that reads
/// back as it (3.51 is 351/100), converted exactly, and rounded once to the nearest double. Mass to amount of
/// substance (mg/dL to mmol/L) needs a molar mass and is no conversion of units.</remarks>
public sealed class UcumUnit
{
    internal UcumUnit(string code, Rational factor, UcumDimension dimension, UcumScale? scale, Rational scaleStep)
    {
        Code = code;
        Factor = factor;
        Dimension = dimension;
        Scale = scale;
        ScaleStep = scaleStep;
    }

    /// <summary>The code as it was written.</summary>
    public string Code { get; }

    /// <summary>True for units that are no ratio scale, such as <c>Cel</c>, <c>[pH]</c> or <c>dB</c>: they neither multiply nor divide.</summary>
    public bool IsSpecial => Scale is not null;

    /// <summary>Size of the (proper) unit in base units.</summary>
    internal Rational Factor { get; }

    internal UcumDimension Dimension { get; }

    internal UcumScale? Scale { get; }

    /// <summary>Numbers of a special unit are multiplied by this before its scale applies: 1/10 for dB.</summary>
    internal Rational ScaleStep { get; }

    /// <exception cref="UcumException">The text is not a UCUM unit.</exception>
    public static UcumUnit Parse(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return new UcumParser(code).Parse();
    }

    public static bool TryParse(string? code, [NotNullWhen(true)] out UcumUnit? unit)
    {
        try
        {
            unit = code is null ? null : Parse(code);
        }
        catch (UcumException)
        {
            unit = null;
        }

        return unit is not null;
    }

    /// <summary>True when both units measure the same thing. An arbitrary unit such as <c>[IU]</c> converts only to its own multiples.</summary>
    public bool CanConvertTo(UcumUnit other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Dimension.Equals(other.Dimension);
    }

    /// <summary>The number in <paramref name="to"/> that means what <paramref name="value"/> means in <paramref name="from"/>.</summary>
    /// <param name="value">Finite, or NaN for missing, which stays NaN.</param>
    /// <param name="from">Unit of <paramref name="value"/>.</param>
    /// <param name="to">Unit of the result.</param>
    /// <exception cref="ArgumentException">The units measure different things.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is infinite, or has no meaning on the scale (the logarithm of a negative number).</exception>
    public static double Convert(double value, UcumUnit from, UcumUnit to)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (!from.CanConvertTo(to))
        {
            throw new ArgumentException($"'{from.Code}' measures {from.Dimension}, '{to.Code}' measures {to.Dimension}: they do not convert.", nameof(to));
        }

        if (double.IsNaN(value))
        {
            return value;
        }

        if (double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "Only a finite number converts.");
        }

        var result = from.IsLinear && to.IsLinear ? ConvertExactly(value, from, to) : ConvertByScale(value, from, to);
        return double.IsFinite(result)
            ? result
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"This number in '{from.Code}' has no finite value in '{to.Code}'.");
    }

    /// <summary><see cref="Convert(double, UcumUnit, UcumUnit)"/> between two codes.</summary>
    /// <exception cref="UcumException">A code is not a UCUM unit.</exception>
    public static double Convert(double value, string from, string to) => Convert(value, Parse(from), Parse(to));

    public override string ToString() => Code;

    private bool IsLinear => Scale is null or AffineScale;

    private Rational Zero => Scale is AffineScale affine ? affine.Zero : Rational.Zero;

    private static double ConvertExactly(double value, UcumUnit from, UcumUnit to)
    {
        var absolute = ((Rational.FromShortestDecimal(value) * from.ScaleStep) + from.Zero) * from.Factor;
        return (((absolute / to.Factor) - to.Zero) / to.ScaleStep).ToDouble();
    }

    private static double ConvertByScale(double value, UcumUnit from, UcumUnit to)
    {
        var stepped = (Rational.FromDouble(value) * from.ScaleStep).ToDouble();
        var proper = from.Scale?.ToProper(stepped) ?? stepped;
        if (!double.IsFinite(proper))
        {
            return proper;
        }

        var other = (Rational.FromDouble(proper) * from.Factor / to.Factor).ToDouble();
        var scaled = to.Scale?.FromProper(other) ?? other;
        return double.IsFinite(scaled) ? (Rational.FromDouble(scaled) / to.ScaleStep).ToDouble() : scaled;
    }
}
