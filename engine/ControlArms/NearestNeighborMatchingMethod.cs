using DigitalTwin.Numerics.Matching;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>What distance two subjects are matched on.</summary>
public enum MatchingDistance
{
    /// <summary>Difference of propensity scores.</summary>
    PropensityScore,

    /// <summary>Mahalanobis distance of the covariates; a caliper is still on the propensity score.</summary>
    Mahalanobis,
}

/// <summary>Rules of nearest-neighbour matching, as a scenario states them.</summary>
public sealed record NearestNeighborOptions
{
    public static NearestNeighborOptions Default { get; } = new();

    public PropensityOptions Propensity { get; init; } = new();

    public MatchingDistance Distance { get; init; } = MatchingDistance.PropensityScore;

    /// <summary>Controls wanted for each treated subject.</summary>
    public int Ratio { get; init; } = 1;

    /// <summary>Whether a control may serve several treated subjects.</summary>
    public bool WithReplacement { get; init; }

    /// <summary>Largest difference of propensity scores; null = any.</summary>
    public double? Caliper { get; init; }

    /// <summary>Whether <see cref="Caliper"/> counts standard deviations of the propensity score, as in MatchIt.</summary>
    public bool CaliperInStandardDeviations { get; init; } = true;

    /// <summary>Variables on which matched subjects must agree exactly.</summary>
    public IReadOnlyList<string> ExactOn { get; init; } = [];

    public MatchingOrder Order { get; init; } = MatchingOrder.Largest;
}

/// <summary>Matches each treated subject with the nearest controls. Speaks for the treated only.</summary>
/// <remarks>Source: [Rubin1973], [Stuart2010]. A bootstrap of matching is not valid in general [Abadie2008]: the interval to report is the one
/// clustered by matched set; <see cref="CreateReweighter"/> is there for comparison.</remarks>
public sealed class NearestNeighborMatchingMethod(string id, NearestNeighborOptions? options = null) : IControlArmMethod
{
    private readonly NearestNeighborOptions _options = options ?? NearestNeighborOptions.Default;

    public string Id { get; } = id;

    public bool Supports(EstimandPopulation population) => population == EstimandPopulation.Att;

    public ControlArm Build(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (population != EstimandPopulation.Att)
        {
            throw new ArgumentException($"Matching speaks for the treated (ATT), not for {population}.", nameof(population));
        }

        var (weights, warnings) = Match(trial);
        return ControlArmDiagnostics.Judge(Id, trial, population, weights, warnings);
    }

    public IReweighter CreateReweighter(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return new RematchingReweighter(this, trial);
    }

    private (SubjectWeights Weights, IReadOnlyList<StudyWarning> Warnings) Match(TrialData trial)
    {
        var (scores, warnings) = PropensityModel.Fit(trial, Id, _options.Propensity);
        var scale = _options.CaliperInStandardDeviations ? StandardDeviation(scores) : 1;
        var rules = new MatchingOptions
        {
            Ratio = _options.Ratio,
            WithReplacement = _options.WithReplacement,
            Caliper = _options.Caliper * scale,
            ExactStrata = _options.ExactOn.Count == 0 ? null : ExactStrata(trial),
            Order = _options.Order,
        };
        var covariates = CovariateSelection.Of(trial, _options.Propensity.Covariates).Matrix;
        var fit = _options.Distance == MatchingDistance.PropensityScore
            ? NearestNeighborMatching.OnScore(scores, trial.Treated, rules)
            : NearestNeighborMatching.OnMahalanobis(covariates, trial.Treated, scores, rules);
        if (fit.MatchedTreatedCount == 0)
        {
            throw NoOverlapException.NoMatch(Id, OverlapAssessment.Of(scores, trial.Treated));
        }

        return (new SubjectWeights(fit.Weights, scores, fit.MatchedSets), warnings);
    }

    /// <summary>One number for each combination of values of the exact variables.</summary>
    private int[] ExactStrata(TrialData trial)
    {
        var matrix = CovariateSelection.Of(trial, _options.ExactOn).Matrix;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var strata = new int[trial.Count];
        for (var i = 0; i < strata.Length; i++)
        {
            var key = string.Join('|', matrix.Row(i).ToArray().Select(BitConverter.DoubleToInt64Bits));
            if (!numbers.TryGetValue(key, out strata[i]))
            {
                strata[i] = numbers.Count;
                numbers.Add(key, strata[i]);
            }
        }

        return strata;
    }

    private static double StandardDeviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }

    private sealed class RematchingReweighter(NearestNeighborMatchingMethod method, TrialData trial) : IReweighter
    {
        public bool TryReweigh(ReadOnlySpan<double> counts, Span<double> weights)
        {
            var rows = new List<int>();
            for (var i = 0; i < counts.Length; i++)
            {
                rows.AddRange(Enumerable.Repeat(i, (int)counts[i]));
            }

            weights.Clear();
            try
            {
                var matched = method.Match(trial.Take(rows.ToArray())).Weights.Values;
                for (var k = 0; k < matched.Length; k++)
                {
                    weights[rows[k]] += matched[k];
                }

                return true;
            }
            catch (Exception failure) when (failure is SeparationException or NoOverlapException)
            {
                return false;
            }
        }
    }
}
