using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Observed and expected events of each group, summed over strata.</summary>
internal sealed class LogRankSums(int[] labels)
{
    private readonly double[] _observed = new double[labels.Length];
    private readonly double[] _expected = new double[labels.Length];
    private readonly double[] _covariance = new double[labels.Length * labels.Length];

    public void Add(RiskTable table, ReadOnlySpan<bool> events, ReadOnlySpan<int> groups, double rho)
    {
        var atRisk = new double[labels.Length];
        foreach (var subject in table.Order)
        {
            atRisk[IndexOf(groups[subject])]++;
        }

        var survival = 1.0;
        for (var t = 0; t < table.Times.Length; t++)
        {
            var weight = rho == 0 ? 1 : Math.Pow(survival, rho);
            AddTime(table.Events[t], table.AtRisk[t], atRisk, weight);
            for (var i = table.Starts[t]; i < table.Starts[t + 1]; i++)
            {
                var subject = table.Order[i];
                var group = IndexOf(groups[subject]);
                atRisk[group]--;
                _observed[group] += events[subject] ? weight : 0;
            }

            survival *= 1 - (table.Events[t] / table.AtRisk[t]);
        }
    }

    public LogRankTest ToTest()
    {
        // One group is fixed by the others: leave the last out.
        var free = labels.Length - 1;
        var matrix = new double[free * free];
        var diagonal = new double[free];
        var solution = new double[free];
        for (var i = 0; i < free; i++)
        {
            solution[i] = _observed[i] - _expected[i];
            diagonal[i] = _covariance[(i * labels.Length) + i];
            for (var j = 0; j < free; j++)
            {
                matrix[(i * free) + j] = _covariance[(i * labels.Length) + j];
            }
        }

        var factor = new InformationFactor(free);
        factor.Factor(matrix, free, diagonal, maySetAside: true);
        factor.Solve(solution);
        var statistic = 0.0;
        for (var i = 0; i < free; i++)
        {
            statistic += solution[i] * (_observed[i] - _expected[i]);
        }

        return new LogRankTest(
            labels,
            _observed,
            _expected,
            new RowMajorMatrix(_covariance, labels.Length, labels.Length),
            new ChiSquaredTest(statistic, factor.IsAside.Count(aside => !aside)));
    }

    private void AddTime(double events, double total, double[] atRisk, double weight)
    {
        if (events == 0)
        {
            return;
        }

        var spread = total > 1 ? weight * weight * events * (total - events) / (total - 1) : 0;
        for (var i = 0; i < atRisk.Length; i++)
        {
            var share = atRisk[i] / total;
            _expected[i] += weight * events * share;
            for (var j = 0; j < atRisk.Length; j++)
            {
                _covariance[(i * atRisk.Length) + j] += spread * share * ((i == j ? 1 : 0) - (atRisk[j] / total));
            }
        }
    }

    private int IndexOf(int label) => Array.BinarySearch(labels, label);
}
