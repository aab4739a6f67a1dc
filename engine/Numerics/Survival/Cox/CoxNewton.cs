namespace DigitalTwin.Numerics.Survival;

/// <summary>Newton-Raphson with step halving on the log partial likelihood, as in [Therneau2000] and R's coxph.
/// Works in scaled coefficients; all memory is taken once.</summary>
internal sealed class CoxNewton
{
    private readonly CoxRiskSets _sets;
    private readonly CoxLikelihood _likelihood;
    private readonly CoxOptions _options;
    private readonly double[] _penalty;
    private readonly double[] _trial;
    private readonly double[] _step;

    public CoxNewton(CoxRiskSets sets, CoxLikelihood likelihood, CoxOptions options)
    {
        (_sets, _likelihood, _options) = (sets, likelihood, options);
        Coefficients = new double[sets.CovariateCount];
        _trial = new double[sets.CovariateCount];
        _step = new double[sets.CovariateCount];
        _penalty = new double[sets.CovariateCount];
        Factor = new InformationFactor(sets.CovariateCount);
        for (var j = 0; options.RidgePenalty is { } ridge && j < _penalty.Length; j++)
        {
            _penalty[j] = ridge[j] / (sets.Scales[j] * sets.Scales[j]);
        }
    }

    /// <summary>Coefficients of the centred and scaled covariates.</summary>
    public double[] Coefficients { get; }

    /// <summary>Factor of the penalised information at the coefficients.</summary>
    public InformationFactor Factor { get; }

    public double LogLikelihood { get; private set; }

    public double NullLogLikelihood { get; private set; }

    public double ScoreStatistic { get; private set; }

    public int IterationCount { get; private set; }

    public int? StatusColumn { get; private set; }

    /// <summary>Maximises from zero coefficients with the weights that stand in the likelihood.</summary>
    public CoxStatus Run()
    {
        Array.Clear(Coefficients);
        Array.Clear(Factor.IsAside);
        (IterationCount, StatusColumn) = (0, null);
        NullLogLikelihood = LogLikelihood = Evaluate(Coefficients);
        if (_likelihood.EventCount == 0)
        {
            return CoxStatus.NoEvents;
        }

        var singular = TryFactor(maySetAside: true);
        SetStep();
        ScoreStatistic = Dot(_step, _likelihood.Score);
        var status = Climb();
        if (status == CoxStatus.Converged && singular >= 0)
        {
            StatusColumn = singular;
            return CoxStatus.SingularCovariates;
        }

        return status;
    }

    private CoxStatus Climb()
    {
        while (IterationCount < _options.MaxIterations)
        {
            IterationCount++;
            for (var j = 0; j < _trial.Length; j++)
            {
                _trial[j] = Coefficients[j] + _step[j];
            }

            var trialLikelihood = Evaluate(_trial);
            var converged = IsWithin(trialLikelihood - LogLikelihood, trialLikelihood);
            for (var halving = 0; !converged && !(trialLikelihood > LogLikelihood); halving++)
            {
                if (halving == 40)
                {
                    Evaluate(Coefficients);
                    return HasRunaway(1e-2) ? CoxStatus.MonotoneLikelihood : CoxStatus.IterationLimit;
                }

                for (var j = 0; j < _trial.Length; j++)
                {
                    _trial[j] = (_trial[j] + Coefficients[j]) / 2;
                }

                trialLikelihood = Evaluate(_trial);
                converged = IsWithin(trialLikelihood - LogLikelihood, trialLikelihood);
            }

            _trial.CopyTo(Coefficients, 0);
            LogLikelihood = trialLikelihood;
            if (TryFactor(maySetAside: false) is >= 0 and var flat)
            {
                StatusColumn = flat;
                return CoxStatus.MonotoneLikelihood;
            }

            SetStep();
            if (converged)
            {
                return HasRunaway(1e-5) ? CoxStatus.MonotoneLikelihood : CoxStatus.Converged;
            }
        }

        return HasRunaway(1e-2) ? CoxStatus.MonotoneLikelihood : CoxStatus.IterationLimit;
    }

    private double Evaluate(ReadOnlySpan<double> coefficients)
    {
        var value = _likelihood.Evaluate(coefficients);
        for (var j = 0; j < _penalty.Length; j++)
        {
            value -= 0.5 * _penalty[j] * coefficients[j] * coefficients[j];
            _likelihood.Score[j] -= _penalty[j] * coefficients[j];
            _likelihood.Information[(j * _sets.Stride) + j] += _penalty[j];
            _likelihood.GramDiagonal[j] += _penalty[j];
        }

        return value;
    }

    private int TryFactor(bool maySetAside) =>
        Factor.Factor(_likelihood.Information, _sets.Stride, _likelihood.GramDiagonal, maySetAside);

    private void SetStep()
    {
        _likelihood.Score.AsSpan(0, _step.Length).CopyTo(_step);
        Factor.Solve(_step);
    }

    private bool IsWithin(double change, double likelihood) =>
        Math.Abs(change) <= _options.Tolerance * Math.Max(Math.Abs(likelihood), 1);

    /// <summary>Where the likelihood hardly rises any more but a coefficient still moves outwards, it runs to infinity.</summary>
    private bool HasRunaway(double threshold)
    {
        for (var j = 0; j < _step.Length; j++)
        {
            if (_step[j] * Coefficients[j] > 0 && Math.Abs(_step[j]) > threshold * Math.Max(Math.Abs(Coefficients[j]), 0.01))
            {
                StatusColumn = j;
                return true;
            }
        }

        return false;
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            sum += a[j] * b[j];
        }

        return sum;
    }
}
