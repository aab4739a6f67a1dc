namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Logistic regression: minus the log likelihood of a yes or no, with an intercept.</summary>
/// <param name="occurred">Shape [subjects].</param>
/// <param name="weights">Shape [subjects], or null for 1 each.</param>
/// <remarks>Source: [McCullagh1989] chapter 4.</remarks>
public sealed class BinomialLoss(bool[] occurred, double[]? weights = null) : PredictorLoss
{
    /// <summary>Keeps the start finite where all subjects have one outcome.</summary>
    private const double StartCount = 1e-3;

    private readonly double[] _weights = WeightsOf(weights, occurred.Length);
    private readonly double[] _residuals = new double[occurred.Length];
    private readonly double[] _curvatures = new double[occurred.Length];

    public override int SubjectCount => occurred.Length;

    public override int PredictorCount => 1;

    public override int ParameterCount => 1;

    public override double[] StartParameters()
    {
        double yes = StartCount, no = StartCount;
        for (var i = 0; i < occurred.Length; i++)
        {
            yes += occurred[i] ? _weights[i] : 0;
            no += occurred[i] ? 0 : _weights[i];
        }

        return [Math.Log(yes / no)];
    }

    public override double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters)
    {
        var sum = 0.0;
        for (var i = 0; i < occurred.Length; i++)
        {
            var predictor = predictors[i] + parameters[0];
            var decay = Math.Exp(-Math.Abs(predictor));
            var probability = predictor >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
            _residuals[i] = _weights[i] * (probability - (occurred[i] ? 1 : 0));
            _curvatures[i] = _weights[i] * decay / ((1 + decay) * (1 + decay));
            sum += _weights[i] * (Math.Log(1 + decay) + Math.Max(occurred[i] ? -predictor : predictor, 0));
        }

        return sum;
    }

    public override void Gradient(Span<double> predictorGradient, Span<double> parameterGradient)
    {
        _residuals.CopyTo(predictorGradient);
        parameterGradient[0] = _residuals.Sum();
    }

    public override void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage)
    {
        parameterImage[0] = 0;
        for (var i = 0; i < occurred.Length; i++)
        {
            predictorImage[i] = _curvatures[i] * (predictorStep[i] + parameterStep[0]);
            parameterImage[0] += predictorImage[i];
        }
    }

    public override double[] TotalCurvatures() => [_curvatures.Sum()];
}
