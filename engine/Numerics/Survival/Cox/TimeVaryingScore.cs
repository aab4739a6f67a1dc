namespace DigitalTwin.Numerics.Survival;

/// <summary>Score and information of coefficients that change along a function g of time, at no change:
/// sums over events of (x - mean) g, and of the risk-set covariance times 1, g and g^2.</summary>
internal sealed class TimeVaryingScore(int count)
{
    private readonly double[] _score = new double[count];
    private readonly double[] _constant = new double[count * count];
    private readonly double[] _linear = new double[count * count];
    private readonly double[] _quadratic = new double[count * count];

    public void Add(CoxRiskSets sets, CoxLikelihood likelihood, TieHandling ties, double[] timeFunction)
    {
        var (all, tied) = (new RiskMoments(count), new RiskMoments(count));
        for (var g = 0; g < sets.Groups.Length; g++)
        {
            var group = sets.Groups[g];
            if (group.OpensStratum)
            {
                all.Clear();
            }

            tied.Clear();
            var (eventWeight, eventCount) = (0.0, 0);
            for (var i = group.Start; i < group.End; i++)
            {
                if (likelihood.Weights[i] > 0)
                {
                    var row = sets.ByRow.AsSpan(i * sets.Stride, count);
                    all.Add(likelihood.Risks[i], row);
                    if (i < group.EventEnd)
                    {
                        tied.Add(likelihood.Risks[i], row);
                        eventWeight += likelihood.Weights[i];
                        eventCount++;
                        for (var j = 0; j < count; j++)
                        {
                            _score[j] += likelihood.Weights[i] * timeFunction[g] * row[j];
                        }
                    }
                }
            }

            for (var k = 0; k < eventCount; k++)
            {
                var left = ties == TieHandling.Efron ? (double)k / eventCount : 0;
                AddEvent(all, tied, left, eventWeight / eventCount, timeFunction[g]);
            }
        }
    }

    public ProportionalHazardsTest ToTest()
    {
        var constant = new InformationFactor(count);
        constant.Factor(_constant, count, Diagonal(_constant), maySetAside: true);

        // What the change along g tells beside the constant coefficients: quadratic - linear constant^-1 linear.
        var net = (double[])_quadratic.Clone();
        var column = new double[count];
        for (var j = 0; j < count; j++)
        {
            _linear.AsSpan(j * count, count).CopyTo(column);
            constant.Solve(column);
            for (var i = 0; i < count; i++)
            {
                for (var k = 0; k < count; k++)
                {
                    net[(i * count) + j] -= _linear[(i * count) + k] * column[k];
                }
            }
        }

        var tests = new ChiSquaredTest[count];
        for (var j = 0; j < count; j++)
        {
            tests[j] = new ChiSquaredTest(_score[j] * _score[j] / net[(j * count) + j], 1);
        }

        var factor = new InformationFactor(count);
        factor.Factor(net, count, Diagonal(_quadratic), maySetAside: true);
        var solution = (double[])_score.Clone();
        factor.Solve(solution);
        var overall = 0.0;
        for (var j = 0; j < count; j++)
        {
            overall += solution[j] * _score[j];
        }

        return new ProportionalHazardsTest(tests, new ChiSquaredTest(overall, count));
    }

    private void AddEvent(RiskMoments all, RiskMoments tied, double left, double weight, double timeFunction)
    {
        var denominator = all.Zeroth - (left * tied.Zeroth);
        for (var i = 0; i < count; i++)
        {
            var mean = (all.First[i] - (left * tied.First[i])) / denominator;
            _score[i] -= weight * timeFunction * mean;
            for (var j = 0; j < count; j++)
            {
                var otherMean = (all.First[j] - (left * tied.First[j])) / denominator;
                var entry = (i * count) + j;
                var covariance = weight * (((all.Second[entry] - (left * tied.Second[entry])) / denominator) - (mean * otherMean));
                _constant[entry] += covariance;
                _linear[entry] += timeFunction * covariance;
                _quadratic[entry] += timeFunction * timeFunction * covariance;
            }
        }
    }

    private double[] Diagonal(double[] matrix)
    {
        var diagonal = new double[count];
        for (var j = 0; j < count; j++)
        {
            diagonal[j] = matrix[(j * count) + j];
        }

        return diagonal;
    }

    /// <summary>Risk-weighted sums of 1, x and x x' over a set of subjects.</summary>
    private sealed class RiskMoments(int count)
    {
        public double Zeroth { get; private set; }

        public double[] First { get; } = new double[count];

        public double[] Second { get; } = new double[count * count];

        public void Clear()
        {
            Zeroth = 0;
            Array.Clear(First);
            Array.Clear(Second);
        }

        public void Add(double risk, ReadOnlySpan<double> covariates)
        {
            Zeroth += risk;
            for (var i = 0; i < covariates.Length; i++)
            {
                First[i] += risk * covariates[i];
                for (var j = 0; j < covariates.Length; j++)
                {
                    Second[(i * covariates.Length) + j] += risk * covariates[i] * covariates[j];
                }
            }
        }
    }
}
