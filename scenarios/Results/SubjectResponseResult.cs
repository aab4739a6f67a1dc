using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>What the twins say of one subject's response.</summary>
public enum ResponseClass
{
    /// <summary>The interval of the difference lies wholly on the side of benefit.</summary>
    LikelyBenefit,

    /// <summary>The interval holds no difference.</summary>
    Unclear,

    /// <summary>The interval lies wholly on the side of harm.</summary>
    LikelyHarm,
}

/// <summary>Forecast response of each treated subject: the twin under treatment against the twin under control.</summary>
/// <param name="Quantity">What is forecast, e.g. "probability of being recurrence-free".</param>
/// <param name="Unit">UCUM code of the forecast: <c>1</c> for probabilities.</param>
/// <param name="Time">Time of the forecast, or null.</param>
/// <param name="HigherIsBetter">True when a positive difference is benefit.</param>
/// <param name="Level">Level of the intervals, e.g. 0.9.</param>
/// <param name="Subjects">One entry a subject, ordered by subject id.</param>
public sealed record SubjectResponseResult(
    string Quantity, string Unit, Duration? Time, bool HigherIsBetter, double Level, IReadOnlyList<SubjectResponse> Subjects)
{
    public int Count(ResponseClass responseClass) => Subjects.Count(s => s.Class == responseClass);
}

/// <param name="Subject">The subject.</param>
/// <param name="UnderTreatment">Forecast under treatment.</param>
/// <param name="UnderControl">Forecast under control.</param>
/// <param name="Difference">Treatment minus control.</param>
/// <param name="Lower">Limit over the ensemble.</param>
/// <param name="Upper">Limit over the ensemble.</param>
/// <param name="ProbabilityOfBenefit">Probability that treatment is better, from the spread of the difference over the paired ensemble members.</param>
/// <param name="Class">What to call it.</param>
public sealed record SubjectResponse(
    SubjectId Subject,
    double UnderTreatment,
    double UnderControl,
    double Difference,
    double Lower,
    double Upper,
    double ProbabilityOfBenefit,
    ResponseClass Class)
{
    /// <summary>The class that an interval of the difference earns.</summary>
    public static ResponseClass Classify(double lower, double upper, bool higherIsBetter) =>
        lower > 0 ? (higherIsBetter ? ResponseClass.LikelyBenefit : ResponseClass.LikelyHarm)
        : upper < 0 ? (higherIsBetter ? ResponseClass.LikelyHarm : ResponseClass.LikelyBenefit)
        : ResponseClass.Unclear;
}
