using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>The words results.json uses for the terms of the vocabulary. Renaming a C# member never changes them.</summary>
public static class ResultNames
{
    public static string Of(SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.HazardRatio => "hazard-ratio",
        SummaryMeasure.RmstDifference => "rmst-difference",
        SummaryMeasure.SurvivalDifference => "survival-difference",
        SummaryMeasure.RiskDifference => "risk-difference",
        SummaryMeasure.OddsRatio => "odds-ratio",
        SummaryMeasure.MeanDifference => "mean-difference",
        _ => throw Unknown(measure),
    };

    public static string Of(EstimandPopulation population) => population switch
    {
        EstimandPopulation.Att => "ATT",
        EstimandPopulation.Ato => "ATO",
        EstimandPopulation.Ate => "ATE",
        _ => throw Unknown(population),
    };

    public static string Of(EndpointKind kind) => kind switch
    {
        EndpointKind.TimeToEvent => "time-to-event",
        EndpointKind.Binary => "binary",
        EndpointKind.Continuous => "continuous",
        _ => throw Unknown(kind),
    };

    public static string Of(ControlArmKind kind) => kind switch
    {
        ControlArmKind.Concurrent => "concurrent",
        ControlArmKind.External => "external",
        ControlArmKind.Twin => "twin",
        _ => throw Unknown(kind),
    };

    public static string Of(ArmRole role) => role switch
    {
        ArmRole.Treated => "treated",
        ArmRole.Control => "control",
        _ => throw Unknown(role),
    };

    public static string Of(CurveKind kind) => kind switch
    {
        CurveKind.Observed => "observed",
        CurveKind.Unweighted => "unweighted",
        CurveKind.Weighted => "weighted",
        CurveKind.TwinPredicted => "twin-predicted",
        CurveKind.Revealed => "revealed",
        _ => throw Unknown(kind),
    };

    public static string Of(ResponseClass responseClass) => responseClass switch
    {
        ResponseClass.LikelyBenefit => "likely-benefit",
        ResponseClass.Unclear => "unclear",
        ResponseClass.LikelyHarm => "likely-harm",
        _ => throw Unknown(responseClass),
    };

    /// <summary>UCUM code of a time unit.</summary>
    public static string Of(TimeUnit unit) => unit switch
    {
        TimeUnit.Day => "d",
        TimeUnit.Week => "wk",
        TimeUnit.Month => "mo",
        TimeUnit.Year => "a",
        _ => throw Unknown(unit),
    };

    /// <summary>The member that <paramref name="name"/> stands for.</summary>
    /// <exception cref="FormatException">No member has that name.</exception>
    public static T Parse<T>(string name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if (nameOf(value) == name)
            {
                return value;
            }
        }

        throw new FormatException($"'{name}' is not one of {string.Join(", ", Enum.GetValues<T>().Select(nameOf))}.");
    }

    private static ArgumentOutOfRangeException Unknown<T>(T value)
        where T : struct, Enum => new(nameof(value), value, $"Unknown {typeof(T).Name}.");
}
