namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Half the weighted squared distance of a continuous outcome from intercept plus predictor.</summary>
/// <param name="outcomes">Shape [subjects], finite.</param>
/// <param name="weights">Shape [subjects], or null for 1 each.</param>
public sealed class GaussianLoss(double[] outcomes, double[]? weights = null) : PredictorLoss
{
    private readonly double[] _weights = WeightsOf(weights, outcomes.Length);
    private readonly double[] _residuals = new double[outcomes.Length];

    public override int SubjectCount => outcomes.Length;

    public override int PredictorCount => 1;

    public override int ParameterCount => 1;

    public override double[] StartParameters()
    {
        double sum = 0, total = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            sum += _weights[i] * outcomes[i];
            total += _weights[i];
        }

        return [sum / total];
    }

    public override double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters)
    {
        var sum = 0.0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            _residuals[i] = outcomes[i] - predictors[i] - parameters[0];
            sum += _weights[i] * _residuals[i] * _residuals[i];
        }

        return sum / 2;
    }

    public override void Gradient(Span<double> predictorGradient, Span<double> parameterGradient)
    {
        parameterGradient[0] = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            predictorGradient[i] = -_weights[i] * _residuals[i];
            parameterGradient[0] += predictorGradient[i];
        }
    }

    public override void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage)
    {
        parameterImage[0] = 0;
        for (var i = 0; i < outcomes.Length; i++)
        {
            predictorImage[i] = _weights[i] * (predictorStep[i] + parameterStep[0]);
            parameterImage[0] += predictorImage[i];
        }
    }

    public override double[] TotalCurvatures() => [_weights.Sum()];
}
