using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Weighting;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>What propensity weighting does beyond the bare weights.</summary>
public sealed record PropensityWeightingOptions
{
    public static PropensityWeightingOptions Default { get; } = new();

    public PropensityOptions Propensity { get; init; } = new();

    /// <summary>Make each arm's weights sum to its size.</summary>
    public bool Stabilise { get; init; }

    /// <summary>Lower weights above this quantile of their arm to it, in (0.5, 1]; null = none.</summary>
    public double? TruncationQuantile { get; init; }

    /// <summary>Leave out subjects whose score lies outside these limits [Crump2009]; null = none.</summary>
    public (double Lower, double Upper)? ScoreLimits { get; init; }
}

/// <summary>Weighs subjects by their propensity score towards the target population.</summary>
/// <remarks>Source: [Rosenbaum1983], [Li2018].</remarks>
public sealed class PropensityWeightingMethod(string id, PropensityWeightingOptions? options = null) : IControlArmMethod
{
    private readonly PropensityWeightingOptions _options = options ?? PropensityWeightingOptions.Default;

    public string Id { get; } = id;

    public bool Supports(EstimandPopulation population) => true;

    public ControlArm Build(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var (scores, warnings) = PropensityModel.Fit(trial, Id, _options.Propensity);
        var weights = new double[trial.Count];
        FillWeights(trial, population, scores, [], weights);
        return ControlArmDiagnostics.Judge(Id, trial, population, new SubjectWeights(weights, scores), warnings);
    }

    public IReweighter CreateReweighter(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return new ScoreReweighter(this, trial, population);
    }

    /// <summary>Weights of the subjects drawn, each for one draw.</summary>
    private void FillWeights(TrialData trial, EstimandPopulation population, double[] scores, ReadOnlySpan<double> counts, Span<double> weights)
    {
        PropensityWeights.Fill(scores, trial.Treated, TargetOf(population), weights);
        if (_options.ScoreLimits is var (lower, upper))
        {
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = scores[i] < lower || scores[i] > upper ? 0 : weights[i];
            }
        }

        if (_options.TruncationQuantile is { } quantile)
        {
            PropensityWeights.Truncate(trial.Treated, quantile, weights, counts);
        }

        if (_options.Stabilise)
        {
            PropensityWeights.Stabilise(trial.Treated, weights, counts);
        }
    }

    private static TargetPopulation TargetOf(EstimandPopulation population) => population switch
    {
        EstimandPopulation.Att => TargetPopulation.Treated,
        EstimandPopulation.Ato => TargetPopulation.Overlap,
        EstimandPopulation.Ate => TargetPopulation.Combined,
        _ => throw new ArgumentOutOfRangeException(nameof(population), population, "Unknown estimand population."),
    };

    private sealed class ScoreReweighter : IReweighter
    {
        private readonly PropensityWeightingMethod _method;
        private readonly TrialData _trial;
        private readonly EstimandPopulation _population;
        private readonly LogisticWorkspace _workspace;
        private readonly double[] _start;

        public ScoreReweighter(PropensityWeightingMethod method, TrialData trial, EstimandPopulation population)
        {
            (_method, _trial, _population) = (method, trial, population);
            _workspace = PropensityModel.CreateWorkspace(trial, method._options.Propensity);

            // Resamples lie near the sample: starting there saves half of the steps and moves no result beyond the tolerance.
            _start = _workspace.Fit([]) == RegressionStatus.Converged ? _workspace.CopyState() : [];
        }

        public bool TryReweigh(ReadOnlySpan<double> counts, Span<double> weights)
        {
            if (_workspace.Fit(counts, _start) != RegressionStatus.Converged)
            {
                return false;
            }

            _method.FillWeights(_trial, _population, _workspace.Probabilities, counts, weights);
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = counts[i] == 0 ? 0 : weights[i] * counts[i];
            }

            return true;
        }
    }
}
