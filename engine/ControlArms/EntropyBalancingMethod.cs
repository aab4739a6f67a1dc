using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Weighting;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>No weights bring the covariate means of the control to those of the target.</summary>
/// <param name="methodId">Method that failed.</param>
/// <param name="covariate">Covariate column that stays furthest off.</param>
/// <param name="imbalance">Distance of its mean from the target, standard deviations.</param>
public sealed class InfeasibleBalanceException(string methodId, string covariate, double imbalance)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"No positive weights balance the covariates; {covariate} stays {imbalance:G3} standard deviations off. ")
        + "Leave it out or restrict the populations.")
{
    public string MethodId { get; } = methodId;

    public string Covariate { get; } = covariate;
}

/// <summary>Gives the control the weights nearest to uniform under which its covariate means equal those of the target.</summary>
/// <param name="id">The scenario's name of the method.</param>
/// <param name="covariates">Variables to balance; null = every covariate of the trial.</param>
/// <remarks>Source: [Hainmueller2012]. ATT balances the control to the treated, ATE both arms to all subjects. Weights sum to the
/// size of the target, as inverse probability weights do: a weighted Cox regression depends on the ratio of the arms.</remarks>
public sealed class EntropyBalancingMethod(string id, IReadOnlyList<string>? covariates = null) : IControlArmMethod
{
    public string Id { get; } = id;

    public bool Supports(EstimandPopulation population) => population is EstimandPopulation.Att or EstimandPopulation.Ate;

    /// <exception cref="InfeasibleBalanceException">No weights reach the target.</exception>
    public ControlArm Build(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        RequireSupport(population);
        var selection = CovariateSelection.Of(trial, covariates);
        var counts = new double[trial.Count];
        Array.Fill(counts, 1);
        var weights = new double[trial.Count];
        var failure = Balance(trial, selection.Matrix, population, counts, weights);
        if (failure is not null)
        {
            throw new InfeasibleBalanceException(Id, selection.Name(failure.WorstColumn), failure.WorstImbalance);
        }

        return ControlArmDiagnostics.Judge(Id, trial, population, new SubjectWeights(weights));
    }

    public IReweighter CreateReweighter(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        RequireSupport(population);
        return new BalanceReweighter(trial, CovariateSelection.Of(trial, covariates).Matrix, population);
    }

    private static void RequireSupport(EstimandPopulation population)
    {
        if (population == EstimandPopulation.Ato)
        {
            throw new ArgumentException("Entropy balancing speaks for ATT or ATE, not for the overlap population.", nameof(population));
        }
    }

    /// <summary>Fills total weights, which sum to the size of the target; returns the fit that failed, or null.</summary>
    private static EntropyBalancingFit? Balance(
        TrialData trial, RowMajorMatrix matrix, EstimandPopulation population, ReadOnlySpan<double> counts, Span<double> weights)
    {
        var (targets, size) = Target(trial, matrix, counts, treatedOnly: population == EstimandPopulation.Att);
        counts.CopyTo(weights);
        var failure = BalanceArm(trial, matrix, targets, size, arm: false, counts, weights);
        return failure is null && population == EstimandPopulation.Ate
            ? BalanceArm(trial, matrix, targets, size, arm: true, counts, weights)
            : failure;
    }

    private static EntropyBalancingFit? BalanceArm(
        TrialData trial, RowMajorMatrix matrix, double[] targets, double targetSize, bool arm, ReadOnlySpan<double> counts, Span<double> weights)
    {
        var rows = new List<int>();
        for (var i = 0; i < trial.Count; i++)
        {
            if (trial.Treated[i] == arm && counts[i] > 0)
            {
                rows.Add(i);
            }
        }

        var values = new double[rows.Count * targets.Length];
        var baseWeights = new double[rows.Count];
        for (var k = 0; k < rows.Count; k++)
        {
            matrix.Row(rows[k]).CopyTo(values.AsSpan(k * targets.Length));
            baseWeights[k] = counts[rows[k]];
        }

        var fit = EntropyBalancing.Solve(new RowMajorMatrix(values, rows.Count, targets.Length), targets, baseWeights);
        for (var k = 0; k < rows.Count; k++)
        {
            weights[rows[k]] = fit.Weights[k] * targetSize / rows.Count;
        }

        return fit.Status == EntropyBalancingStatus.Balanced ? null : fit;
    }

    private static (double[] Means, double Size) Target(TrialData trial, RowMajorMatrix matrix, ReadOnlySpan<double> counts, bool treatedOnly)
    {
        var means = new double[matrix.ColumnCount];
        double size = 0;
        for (var i = 0; i < trial.Count; i++)
        {
            if (counts[i] == 0 || (treatedOnly && !trial.Treated[i]))
            {
                continue;
            }

            size += counts[i];
            var row = matrix.Row(i);
            for (var j = 0; j < means.Length; j++)
            {
                means[j] += counts[i] * row[j];
            }
        }

        for (var j = 0; j < means.Length; j++)
        {
            means[j] /= size;
        }

        return (means, size);
    }

    private sealed class BalanceReweighter(TrialData trial, RowMajorMatrix matrix, EstimandPopulation population) : IReweighter
    {
        public bool TryReweigh(ReadOnlySpan<double> counts, Span<double> weights) =>
            Balance(trial, matrix, population, counts, weights) is null;
    }
}
