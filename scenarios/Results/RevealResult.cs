using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>What the real, randomised control arm says. It was hidden from every fit above and opened only afterwards.</summary>
/// <param name="Label">Words for the arm.</param>
/// <param name="Description">Where it comes from and how it was kept apart.</param>
/// <param name="SubjectCount">Subjects in it.</param>
/// <param name="EventCount">Events among them to the horizon; null for continuous endpoints.</param>
/// <param name="Truths">The same measures with the real control arm.</param>
/// <param name="Comparisons">One entry an estimate that has a truth.</param>
/// <param name="Curve">Its survival curve, or null.</param>
public sealed record RevealResult(
    string Label,
    string Description,
    int SubjectCount,
    int? EventCount,
    IReadOnlyList<EffectEstimate> Truths,
    IReadOnlyList<RevealComparison> Comparisons,
    SurvivalCurve? Curve)
{
    /// <summary>The truth of the same measure at the same time, or null.</summary>
    public EffectEstimate? TruthOf(EffectEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        return Truths.FirstOrDefault(t => t.Measure == estimate.Measure && t.Time == estimate.Time);
    }

    /// <summary>Compares every estimate that has a truth with it.</summary>
    /// <param name="estimates">Estimates of the run.</param>
    /// <param name="truths">Estimates with the real control arm.</param>
    public static IReadOnlyList<RevealComparison> Compare(IEnumerable<EstimateResult> estimates, IReadOnlyList<EffectEstimate> truths) =>
    [
        .. from e in estimates
           let truth = truths.FirstOrDefault(t => t.Measure == e.Estimate.Measure && t.Time == e.Estimate.Time)
           where truth is not null
           select new RevealComparison(
               e.Id,
               truth.Value,
               e.Estimate.Value - truth.Value,
               e.Estimate.Interval.Lower <= truth.Value && truth.Value <= e.Estimate.Interval.Upper),
    ];
}

/// <param name="EstimateId">The estimate compared.</param>
/// <param name="Truth">Value with the real control arm.</param>
/// <param name="Difference">Estimate minus truth, on the natural scale.</param>
/// <param name="IntervalCovers">Whether the estimate's interval covers the truth.</param>
public sealed record RevealComparison(string EstimateId, double Truth, double Difference, bool IntervalCovers);
