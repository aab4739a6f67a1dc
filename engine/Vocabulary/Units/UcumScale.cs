namespace DigitalTwin.Vocabulary;

/// <summary>How a number in a special unit maps to a ratio scale, and back. Ratio units need none.</summary>
internal abstract class UcumScale
{
    /// <summary>The number on the ratio scale, in the special unit's corresponding proper unit.</summary>
    public abstract double ToProper(double value);

    /// <summary>The number on the special scale.</summary>
    public abstract double FromProper(double value);
}

/// <summary>A scale with another zero: temperature. Exact.</summary>
/// <param name="zero">What is added to a number to count from absolute zero, in steps of the unit.</param>
internal sealed class AffineScale(string zero) : UcumScale
{
    public Rational Zero { get; } = Rational.ParseDecimal(zero);

    public override double ToProper(double value) => (Rational.FromDouble(value) + Zero).ToDouble();

    public override double FromProper(double value) => (Rational.FromDouble(value) - Zero).ToDouble();
}

/// <summary>number = factor * log_base(ratio): levels (bel, neper), pH, homeopathic potencies. To double precision.</summary>
internal sealed class LogarithmicScale(double factor, double logarithmBase) : UcumScale
{
    public override double ToProper(double value) => Math.Pow(logarithmBase, value / factor);

    public override double FromProper(double value) => factor * logarithmBase switch
    {
        10 => Math.Log10(value),
        2 => Math.Log2(value),
        Math.E => Math.Log(value),
        _ => Math.Log(value) / Math.Log(logarithmBase),
    };
}

/// <summary>number = 100 tan(angle): slope in percent, prism dioptre.</summary>
internal sealed class TangentScale : UcumScale
{
    public override double ToProper(double value) => Math.Atan(value / 100);

    public override double FromProper(double value) => 100 * Math.Tan(value);
}

/// <summary>number = sqrt(ratio): amplitude spectral density.</summary>
internal sealed class SquareRootScale : UcumScale
{
    public override double ToProper(double value) => value * value;

    public override double FromProper(double value) => Math.Sqrt(value);
}
