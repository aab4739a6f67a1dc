namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Proportional odds regression of an ordered outcome: P(level at most k) = logistic(threshold k - predictor).</summary>
/// <param name="codes">Level of each subject, shape [subjects], 0 to <paramref name="levelCount"/> - 1 from low to high.</param>
/// <param name="levelCount">At least two. A level that nobody has is allowed: its thresholds meet.</param>
/// <param name="weights">Shape [subjects], or null for 1 each.</param>
/// <remarks>Source: [McCullagh1989] section 5.2. The parameters are the thresholds; a step that crosses two of them is not allowed.</remarks>
public sealed class ProportionalOddsLoss(int[] codes, int levelCount, double[]? weights = null) : PredictorLoss
{
    /// <summary>Keeps the thresholds apart at the start where a level has no subject.</summary>
    private const double StartCount = 0.1;

    private readonly double[] _weights = WeightsOf(weights, codes.Length);

    // With u, l the upper and lower end of the subject's interval: first and second derivatives of the loss by u and l.
    private readonly double[] _byUpper = new double[codes.Length];
    private readonly double[] _byLower = new double[codes.Length];
    private readonly double[] _upperUpper = new double[codes.Length];
    private readonly double[] _upperLower = new double[codes.Length];
    private readonly double[] _lowerLower = new double[codes.Length];

    public override int SubjectCount => codes.Length;

    public override int PredictorCount => 1;

    public override int ParameterCount => levelCount - 1;

    public override double[] StartParameters()
    {
        var counts = new double[levelCount];
        Array.Fill(counts, StartCount);
        for (var i = 0; i < codes.Length; i++)
        {
            counts[codes[i]] += _weights[i];
        }

        var thresholds = new double[levelCount - 1];
        double below = 0, total = counts.Sum();
        for (var k = 0; k < thresholds.Length; k++)
        {
            below += counts[k];
            thresholds[k] = Math.Log(below / (total - below));
        }

        return thresholds;
    }

    public override double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters)
    {
        for (var k = 1; k < parameters.Length; k++)
        {
            if (!(parameters[k] > parameters[k - 1]))
            {
                return double.PositiveInfinity;
            }
        }

        var sum = 0.0;
        for (var i = 0; i < codes.Length; i++)
        {
            sum += _weights[i] == 0 ? 0 : Evaluate(i, predictors[i], parameters);
        }

        return sum;
    }

    public override void Gradient(Span<double> predictorGradient, Span<double> parameterGradient)
    {
        parameterGradient.Clear();
        for (var i = 0; i < codes.Length; i++)
        {
            predictorGradient[i] = -_byUpper[i] - _byLower[i];
            Add(parameterGradient, codes[i], _byUpper[i], _byLower[i]);
        }
    }

    public override void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage)
    {
        parameterImage.Clear();
        for (var i = 0; i < codes.Length; i++)
        {
            var upper = (codes[i] < levelCount - 1 ? parameterStep[codes[i]] : 0) - predictorStep[i];
            var lower = (codes[i] > 0 ? parameterStep[codes[i] - 1] : 0) - predictorStep[i];
            var alongUpper = (_upperUpper[i] * upper) + (_upperLower[i] * lower);
            var alongLower = (_upperLower[i] * upper) + (_lowerLower[i] * lower);
            predictorImage[i] = -alongUpper - alongLower;
            Add(parameterImage, codes[i], alongUpper, alongLower);
        }
    }

    public override double[] TotalCurvatures()
    {
        var total = 0.0;
        for (var i = 0; i < codes.Length; i++)
        {
            total += _upperUpper[i] + (2 * _upperLower[i]) + _lowerLower[i];
        }

        return [total];
    }

    private double Evaluate(int i, double predictor, ReadOnlySpan<double> thresholds)
    {
        var hasUpper = codes[i] < levelCount - 1;
        var hasLower = codes[i] > 0;
        var (upper, upperSlope) = hasUpper ? Logistic(thresholds[codes[i]] - predictor) : (1, 0);
        var (lower, lowerSlope) = hasLower ? Logistic(thresholds[codes[i] - 1] - predictor) : (0, 0);
        var probability = !hasUpper ? Logistic(predictor - thresholds[codes[i] - 1]).Value
            : !hasLower ? upper
            : Between(thresholds[codes[i] - 1] - predictor, thresholds[codes[i]] - predictor);
        probability = Math.Max(probability, 1e-300);
        var (ratioUpper, ratioLower) = (upperSlope / probability, lowerSlope / probability);
        var w = _weights[i];
        _byUpper[i] = -w * ratioUpper;
        _byLower[i] = w * ratioLower;

        // f'' = f' (1 - 2 F) of the logistic distribution.
        _upperUpper[i] = w * ((ratioUpper * ratioUpper) - (ratioUpper * (1 - (2 * upper))));
        _lowerLower[i] = w * ((ratioLower * ratioLower) + (ratioLower * (1 - (2 * lower))));
        _upperLower[i] = -w * ratioUpper * ratioLower;
        return -w * Math.Log(probability);
    }

    private void Add(Span<double> target, int level, double upper, double lower)
    {
        if (level < levelCount - 1)
        {
            target[level] += upper;
        }

        if (level > 0)
        {
            target[level - 1] += lower;
        }
    }

    private static (double Value, double Slope) Logistic(double x)
    {
        var decay = Math.Exp(-Math.Abs(x));
        return (x >= 0 ? 1 / (1 + decay) : decay / (1 + decay), decay / ((1 + decay) * (1 + decay)));
    }

    /// <summary>F(upper) - F(lower) without cancellation when both lie in one tail.</summary>
    private static double Between(double lower, double upper)
    {
        if (lower > 0)
        {
            (lower, upper) = (-upper, -lower);
        }

        return Logistic(upper).Value * (-Expm1(lower - upper)) / (1 + Math.Exp(lower));
    }

    // exp(x) - 1 for x <= 0, exact to rounding near 0 [Kahan1987].
    private static double Expm1(double x)
    {
        var u = Math.Exp(x);
        return u == 1 ? x : u - 1 == -1 ? -1 : (u - 1) * x / Math.Log(u);
    }
}
