using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>What the twins expect treatment to change for one subject.</summary>
/// <param name="Subject">The subject.</param>
/// <param name="UnderTreatment">Survival at the horizon, probability of the outcome, or mean outcome, under treatment.</param>
/// <param name="UnderControl">The same under control.</param>
/// <param name="Difference">Treatment minus control.</param>
/// <param name="StandardDeviation">Spread of the difference over the paired ensemble members.</param>
/// <param name="Lower">Limit of the difference (normal, at the level asked for).</param>
/// <param name="Upper">Limit of the difference.</param>
/// <param name="ProbabilityPositive">Probability that the difference is positive, given the ensemble's spread.</param>
public sealed record IndividualEffect(
    SubjectId Subject,
    double UnderTreatment,
    double UnderControl,
    double Difference,
    double StandardDeviation,
    double Lower,
    double Upper,
    double ProbabilityPositive)
{
    /// <summary>Compares the two forecasts of a subject, member by member.</summary>
    /// <param name="subject">Both forecasts.</param>
    /// <param name="level">Level of the interval, in (0, 1).</param>
    /// <exception cref="ArgumentException">The forecasts do not pair.</exception>
    /// <remarks>The members are bootstrap refits, so their spread estimates the standard error of the difference in means; it does not
    /// hold the luck of the single subject, nor confounding.</remarks>
    public static IndividualEffect Of(VirtualSubject subject, double level)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, 1);
        var count = subject.MemberCount();
        double sum = 0, treatedSum = 0;
        var differences = new double[count];
        for (var m = 0; m < count; m++)
        {
            var treated = AtEnd(subject.UnderTreatment, m);
            differences[m] = treated - AtEnd(subject.UnderControl, m);
            treatedSum += treated;
            sum += differences[m];
        }

        var mean = sum / count;
        var squares = 0.0;
        foreach (var difference in differences)
        {
            squares += (difference - mean) * (difference - mean);
        }

        var spread = count > 1 ? Math.Sqrt(squares / (count - 1)) : 0;
        var half = Normal.Quantile(0.5 + (level / 2)) * spread;
        var probability = spread > 0 ? Normal.Cdf(mean / spread) : mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
        var underTreatment = treatedSum / count;
        return new IndividualEffect(
            subject.Subject, underTreatment, underTreatment - mean, mean, spread, mean - half, mean + half, probability);
    }

    private static double AtEnd(OutcomeForecast forecast, int member) => forecast switch
    {
        SurvivalForecast survival => survival.Members[member][^1],
        BinaryForecast binary => binary.Members[member],
        ContinuousForecast continuous => continuous.Members[member],
        _ => throw new ArgumentException($"Unknown forecast {forecast.GetType().Name}."),
    };
}
