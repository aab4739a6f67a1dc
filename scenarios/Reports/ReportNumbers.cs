using System.Globalization;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>Numbers and times as the report words them: points for decimals, a true minus, times in the unit of the endpoint.</summary>
internal sealed class ReportNumbers(EndpointResult endpoint)
{
    /// <summary>Stands where no finite number could be estimated.</summary>
    public const string NotEstimable = "not estimable";

    /// <summary>A number with fixed decimals.</summary>
    public static string Fixed(double value, int decimals)
    {
        if (!double.IsFinite(value))
        {
            return NotEstimable;
        }

        var text = Math.Abs(value).ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return value < 0 && text.Any(c => c is >= '1' and <= '9') ? "−" + text : text;
    }

    /// <summary>A number with its fewest digits, for ticks.</summary>
    public static string Short(double value)
    {
        var text = Math.Abs(value).ToString("0.######", CultureInfo.InvariantCulture);
        return value < 0 && text != "0" ? "−" + text : text;
    }

    /// <summary>A count with thin spaces between thousands.</summary>
    public static string Count(double value) =>
        Math.Round(value).ToString("N0", CultureInfo.InvariantCulture).Replace(",", "\u202F", StringComparison.Ordinal);

    /// <summary>A fraction in per cent.</summary>
    public static string Percent(double fraction, int decimals = 1) =>
        double.IsFinite(fraction) ? Fixed(100 * fraction, decimals) + "\u00A0%" : NotEstimable;

    /// <summary>A level such as 0.95 as "95 %".</summary>
    public static string Level(double level) => Short(Math.Round(100 * level, 4)) + "\u00A0%";

    /// <summary>A UCUM code as readers know it.</summary>
    public static string UnitWord(string ucum) => ucum switch
    {
        "a" => "years",
        "mo" => "months",
        "wk" => "weeks",
        "d" => "days",
        _ => ucum,
    };

    /// <summary>Days in the unit of the report.</summary>
    public double InUnit(double days) => Duration.FromDays(days).In(endpoint.DisplayUnit);

    /// <summary>Plural name of the report's time unit.</summary>
    public string UnitName => endpoint.DisplayUnit switch
    {
        TimeUnit.Day => "days",
        TimeUnit.Week => "weeks",
        TimeUnit.Month => "months",
        _ => "years",
    };

    /// <summary>A length of time, e.g. "5 years".</summary>
    public string Time(Duration time)
    {
        var text = Short(Math.Round(time.In(endpoint.DisplayUnit), 2));
        return $"{text}\u00A0{(text == "1" ? UnitName[..^1] : UnitName)}";
    }

    /// <summary>An estimate's number without its unit.</summary>
    public string Value(SummaryMeasure measure, double value, int extraDecimals = 0) => measure switch
    {
        _ when !double.IsFinite(value) => NotEstimable,
        SummaryMeasure.SurvivalDifference or SummaryMeasure.RiskDifference => Fixed(100 * value, 1 + extraDecimals),
        SummaryMeasure.RmstDifference => Fixed(InUnit(value), (endpoint.DisplayUnit is TimeUnit.Year ? 2 : 1) + extraDecimals),
        _ => Fixed(value, 2 + extraDecimals),
    };

    /// <summary>Limits as "0.54 to 0.89".</summary>
    public string Interval(EffectEstimate estimate, int extraDecimals = 0) =>
        $"{Value(estimate.Measure, estimate.Interval.Lower, extraDecimals)} to {Value(estimate.Measure, estimate.Interval.Upper, extraDecimals)}";

    /// <summary>Unit behind an estimate's number, with its leading space; empty for ratios.</summary>
    public string UnitOf(SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.SurvivalDifference or SummaryMeasure.RiskDifference => " percentage points",
        SummaryMeasure.RmstDifference => " " + UnitName,
        SummaryMeasure.MeanDifference when endpoint.Unit is not ("1" or "") => " " + UnitWord(endpoint.Unit),
        _ => string.Empty,
    };

    /// <summary>Name of a measure with its time and the unit of its numbers, for the head of a row.</summary>
    public string NameWithUnit(SummaryMeasure measure, Duration? time)
    {
        var unit = UnitOf(measure).Trim();
        return Name(measure, time) + (unit.Length == 0 ? string.Empty : unit == "percentage points" ? ", points" : $", {unit}");
    }

    /// <summary>Name of a measure with its time, e.g. "Survival difference at 5 years".</summary>
    public string Name(SummaryMeasure measure, Duration? time)
    {
        var name = measure switch
        {
            SummaryMeasure.HazardRatio => "Hazard ratio",
            SummaryMeasure.RmstDifference => "Difference in restricted mean time",
            SummaryMeasure.SurvivalDifference => "Survival difference",
            SummaryMeasure.RiskDifference => "Risk difference",
            SummaryMeasure.OddsRatio => "Odds ratio",
            _ => "Mean difference",
        };
        return time is not { } t ? name
            : measure is SummaryMeasure.RmstDifference or SummaryMeasure.HazardRatio ? $"{name} to {Time(t)}"
            : $"{name} at {Time(t)}";
    }
}
