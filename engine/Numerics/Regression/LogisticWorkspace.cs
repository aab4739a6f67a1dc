using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression;

/// <summary>Fits logistic regressions of one data set again and again under other weights, without allocation. For one thread at a time.</summary>
/// <remarks>Newton's method (IRLS) with step halving on standardised covariates, [McCullagh1989] section 4.4.</remarks>
public sealed class LogisticWorkspace
{
    private const int MaximumIterations = 60;

    // A maximum exists where the linear predictor stops moving; the last step is quadratically small.
    private const double StepTolerance = 1e-8;

    // Separated data drive predictors out without end: past this, look for the direction that separates.
    private const double DivergentPredictor = 15;

    private readonly DesignMatrix _design;
    private readonly double[] _outcomes;
    private readonly double[]? _offsets;
    private readonly double _ridgePenalty;
    private readonly double[] _ones;
    private readonly double[] _trial;
    private readonly double[] _step;
    private readonly double[] _information;

    /// <param name="covariates">Shape [subjects, covariates]; an intercept is added. Copied.</param>
    /// <param name="outcomes">Shape [subjects], 0 to 1 (proportions allowed).</param>
    /// <param name="options">Offsets and ridge penalty; its weights are ignored here.</param>
    /// <exception cref="ArgumentException">Lengths differ or an outcome is outside [0, 1].</exception>
    public LogisticWorkspace(RowMajorMatrix covariates, ReadOnlySpan<double> outcomes, LogisticOptions? options = null)
    {
        options ??= LogisticOptions.Default;
        if (outcomes.Length != covariates.RowCount || (options.Offsets is { } offsets && offsets.Length != outcomes.Length))
        {
            throw new ArgumentException(
                $"{outcomes.Length} outcomes, {options.Offsets?.Length ?? outcomes.Length} offsets and {covariates.RowCount} covariate rows do not match.");
        }

        foreach (var outcome in outcomes)
        {
            if (!(outcome >= 0 && outcome <= 1))
            {
                throw new ArgumentException($"An outcome of {outcome} is outside [0, 1].", nameof(outcomes));
            }
        }

        _design = new DesignMatrix(covariates);
        _outcomes = outcomes.ToArray();
        _offsets = options.Offsets;
        _ridgePenalty = options.RidgePenalty;
        var size = _design.ColumnCount;
        _ones = new double[outcomes.Length];
        Array.Fill(_ones, 1);
        ScaledCoefficients = new double[size];
        _trial = new double[size];
        _step = new double[size];
        _information = new double[size * size];
        Probabilities = new double[outcomes.Length];
    }

    /// <summary>Fitted probabilities of the last fit, shape [subjects]; overwritten by the next.</summary>
    public double[] Probabilities { get; }

    internal double[] ScaledCoefficients { get; }

    internal DesignMatrix Design => _design;

    /// <summary>Cholesky factor of the (penalised) information of the last fit, standardised covariates.</summary>
    internal ReadOnlySpan<double> InformationFactor => _information;

    internal double Deviance { get; private set; }

    internal int IterationCount { get; private set; }

    internal ReadOnlySpan<double> LastStep => _step;

    /// <summary>Fits under the given weights; probabilities then stand in <see cref="Probabilities"/>.</summary>
    /// <param name="weights">Shape [subjects], finite, not negative; empty = 1 each.</param>
    /// <param name="start">Standardised start values from <see cref="CopyState"/>, or empty to start at zero.</param>
    public RegressionStatus Fit(ReadOnlySpan<double> weights, ReadOnlySpan<double> start = default)
    {
        var w = weights.IsEmpty ? _ones : weights;
        if (w.Length != _outcomes.Length)
        {
            throw new ArgumentException($"{w.Length} weights for {_outcomes.Length} subjects.", nameof(weights));
        }

        Array.Clear(ScaledCoefficients);
        start.CopyTo(ScaledCoefficients);
        IterationCount = 0;
        if (HasSingleOutcome(w))
        {
            return RegressionStatus.SingleOutcome;
        }

        Deviance = PenalisedDeviance(w, ScaledCoefficients);
        for (IterationCount = 1; IterationCount <= MaximumIterations; IterationCount++)
        {
            SetInformationAndScore(w);
            Cholesky.Factor(_information, _design.ColumnCount);
            Cholesky.Solve(_information, _design.ColumnCount, _step);
            var moved = TakeStep(w);
            if (moved < StepTolerance)
            {
                return RegressionStatus.Converged;
            }

            if (LargestPredictor(w) > DivergentPredictor && Separates(w))
            {
                return RegressionStatus.Separated;
            }
        }

        return Separates(w) ? RegressionStatus.Separated : RegressionStatus.NotConverged;
    }

    /// <summary>A copy of the last standardised coefficients, to start another fit from.</summary>
    public double[] CopyState() => [.. ScaledCoefficients];

    /// <summary>Moves along the step, halved until the deviance does not rise.</summary>
    /// <returns>Largest change of a standardised coefficient.</returns>
    private double TakeStep(ReadOnlySpan<double> weights)
    {
        var scale = 1.0;
        for (var halving = 0; ; halving++)
        {
            double moved = 0;
            for (var j = 0; j < _step.Length; j++)
            {
                _trial[j] = ScaledCoefficients[j] + (scale * _step[j]);
                moved = Math.Max(moved, Math.Abs(scale * _step[j]));
            }

            var deviance = PenalisedDeviance(weights, _trial);
            if (deviance <= Deviance + (1e-10 * (Math.Abs(Deviance) + 1)) || halving == 30)
            {
                _trial.CopyTo(ScaledCoefficients, 0);
                Deviance = deviance;
                return moved;
            }

            scale /= 2;
        }
    }

    /// <summary>Sets <see cref="Probabilities"/> for the coefficients and returns minus twice the penalised log-likelihood.</summary>
    private double PenalisedDeviance(ReadOnlySpan<double> weights, ReadOnlySpan<double> coefficients)
    {
        double deviance = 0;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            var predictor = Predictor(i, coefficients);
            var decay = Math.Exp(-Math.Abs(predictor));
            Probabilities[i] = predictor >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
            if (weights[i] != 0)
            {
                // -log p = log(1 + e^-x); written so that neither tail loses digits.
                var logOdds = Math.Log(1 + decay);
                var minusLogP = predictor >= 0 ? logOdds : logOdds - predictor;
                deviance += 2 * weights[i] * (minusLogP + ((1 - _outcomes[i]) * predictor));
            }
        }

        for (var j = 1; j < coefficients.Length; j++)
        {
            deviance += _ridgePenalty * coefficients[j] * coefficients[j];
        }

        return deviance;
    }

    private void SetInformationAndScore(ReadOnlySpan<double> weights)
    {
        var size = _design.ColumnCount;
        Array.Clear(_information);
        Array.Clear(_step);
        for (var i = 0; i < _outcomes.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            var row = _design.Row(i);
            var residual = weights[i] * (_outcomes[i] - Probabilities[i]);
            var curvature = weights[i] * Probabilities[i] * (1 - Probabilities[i]);
            for (var a = 0; a < size; a++)
            {
                _step[a] += residual * row[a];
                var scaled = curvature * row[a];
                var target = _information.AsSpan(a * size, a + 1);
                for (var b = 0; b < target.Length; b++)
                {
                    target[b] += scaled * row[b];
                }
            }
        }

        for (var j = 1; j < size; j++)
        {
            _information[(j * size) + j] += _ridgePenalty;
            _step[j] -= _ridgePenalty * ScaledCoefficients[j];
        }
    }

    private double Predictor(int subject, ReadOnlySpan<double> coefficients)
    {
        var row = _design.Row(subject);
        var predictor = _offsets is null ? 0 : _offsets[subject];
        for (var j = 0; j < row.Length; j++)
        {
            predictor += row[j] * coefficients[j];
        }

        return predictor;
    }

    private double LargestPredictor(ReadOnlySpan<double> weights)
    {
        double largest = 0;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            largest = weights[i] == 0 ? largest : Math.Max(largest, Math.Abs(Predictor(i, ScaledCoefficients)));
        }

        return largest;
    }

    /// <summary>True when moving along the last step worsens no subject's fit: then it can be followed for ever [Albert1984].</summary>
    private bool Separates(ReadOnlySpan<double> weights)
    {
        double forward = 0;
        double backward = 0;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            if (weights[i] == 0)
            {
                continue;
            }

            double along = 0;
            var row = _design.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                along += row[j] * _step[j];
            }

            forward = Math.Max(forward, _outcomes[i] < 1 ? 0 : along);
            forward = Math.Max(forward, _outcomes[i] > 0 ? 0 : -along);
            backward = Math.Max(backward, _outcomes[i] < 1 ? along : -along);
        }

        return forward > 0.1 && backward <= 1e-3 * forward;
    }

    private bool HasSingleOutcome(ReadOnlySpan<double> weights)
    {
        double positive = 0;
        double negative = 0;
        for (var i = 0; i < _outcomes.Length; i++)
        {
            positive += weights[i] * _outcomes[i];
            negative += weights[i] * (1 - _outcomes[i]);
        }

        return positive == 0 || negative == 0;
    }
}
