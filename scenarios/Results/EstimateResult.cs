using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>An estimate as the report shows it.</summary>
/// <param name="Id">Unique in the run: method, measure and time.</param>
/// <param name="Primary">True for the one primary estimate.</param>
/// <param name="Population">Whose effect it is.</param>
/// <param name="Estimate">Value, standard error and interval.</param>
/// <param name="EValue">Sensitivity to unmeasured confounding, or null where it is not defined.</param>
public sealed record EstimateResult(string Id, bool Primary, EstimandPopulation Population, EffectEstimate Estimate, EValueResult? EValue)
{
    /// <summary>The identifier of an estimate, e.g. <c>att-weights/survival-difference/1826.25d</c>.</summary>
    public static string IdOf(string methodId, SummaryMeasure measure, Duration? time)
    {
        var name = $"{methodId}/{ResultNames.Of(measure)}";
        return time is { } t ? string.Create(CultureInfo.InvariantCulture, $"{name}/{t.Days:R}d") : name;
    }
}

/// <summary>Strength of association an unmeasured confounder would need, with treatment and outcome alike, to explain
/// the estimate away. Source: [VanderWeele2017].</summary>
/// <param name="Point">For the estimate itself.</param>
/// <param name="Limit">For the confidence limit nearer to no effect; 1 when the interval holds no effect.</param>
public sealed record EValueResult(double Point, double Limit);
