using System.Globalization;

namespace DigitalTwin.Vocabulary;

/// <summary>A length of follow-up time, held in days. Finite; may be negative only as a difference.</summary>
/// <remarks>Month = 30.4375 d and year = 365.25 d, the mean Julian lengths UCUM gives to <c>mo</c> and <c>a</c>.</remarks>
public readonly record struct Duration : IComparable<Duration>
{
    private Duration(double days) => Days = days;

    /// <summary>The length in days.</summary>
    public double Days { get; }

    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static Duration FromDays(double days) =>
        double.IsFinite(days) ? new Duration(days) : throw new ArgumentOutOfRangeException(nameof(days), days, "A duration is a finite number of days.");

    /// <exception cref="ArgumentOutOfRangeException">The number is NaN or infinite.</exception>
    public static Duration From(double number, TimeUnit unit) => FromDays(number * DaysIn(unit));

    /// <summary>The length expressed in <paramref name="unit"/>.</summary>
    public double In(TimeUnit unit) => Days / DaysIn(unit);

    public int CompareTo(Duration other) => Days.CompareTo(other.Days);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Days} d");

    public static bool operator <(Duration left, Duration right) => left.Days < right.Days;

    public static bool operator >(Duration left, Duration right) => left.Days > right.Days;

    public static bool operator <=(Duration left, Duration right) => left.Days <= right.Days;

    public static bool operator >=(Duration left, Duration right) => left.Days >= right.Days;

    private static double DaysIn(TimeUnit unit) => unit switch
    {
        TimeUnit.Day => 1,
        TimeUnit.Week => 7,
        TimeUnit.Month => 30.4375,
        TimeUnit.Year => 365.25,
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "Unknown time unit."),
    };
}
