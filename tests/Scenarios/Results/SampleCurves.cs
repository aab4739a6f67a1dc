using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>Survival curves of the sample: exponential with a bend, in steps.</summary>
internal static class SampleCurves
{
    public static IReadOnlyList<SurvivalCurve> Create() =>
    [
        Curve("treated", "Hormone therapy, observed", CurveKind.Observed, null, 0.106, 246, 11),
        Curve("weighted", "External control, weighted (ATT)", CurveKind.Weighted, "att-weights", 0.160, 246, 23),
        Curve("twin", "Twin-predicted control", CurveKind.TwinPredicted, "twin", 0.156, 246, 0),
        Curve("raw", "External control, unweighted", CurveKind.Unweighted, null, 0.168, 1207, 31),
    ];

    public static SurvivalCurve Curve(string id, string label, CurveKind kind, string? method, double hazard, int count, uint seed)
    {
        var smooth = kind == CurveKind.TwinPredicted;
        double[] days = smooth
            ? [.. Enumerable.Range(0, 61).Select(i => i * SampleRun.Horizon.Days / 60)]
            : [.. SampleRun.Uniforms(seed).Take(120).Select(u => u * 1900).Order()];
        var survival = days.Select(d => Math.Exp(-hazard * Math.Pow(d / 365.25, 1.12))).ToArray();
        var error = survival.Select(s => 1.2 * Math.Sqrt(s * (1 - s) / count)).ToArray();
        return new SurvivalCurve(
            id, label, kind, method, days, survival,
            [.. survival.Select((s, i) => Math.Max(0, s - (1.96 * error[i])))],
            [.. survival.Select((s, i) => Math.Min(1, s + (1.96 * error[i])))],
            0.95,
            smooth ? [] : [.. Enumerable.Range(0, 6).Select(year => Entry(year, hazard, count))]);
    }

    private static RiskTableEntry Entry(int year, double hazard, int count)
    {
        var alive = Math.Exp(-hazard * Math.Pow(year, 1.12));
        return new RiskTableEntry(year * 365.25, count * alive * (1 - (0.12 * year)), count * (1 - alive) * 0.9);
    }
}
