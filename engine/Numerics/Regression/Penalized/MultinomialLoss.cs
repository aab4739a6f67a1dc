namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Multinomial logistic regression in its symmetric form: one predictor and one intercept a class, the class probabilities proportional to
/// their exponentials. The penalty settles what the likelihood leaves open.</summary>
/// <param name="codes">Class of each subject, shape [subjects], 0 to <paramref name="classCount"/> - 1.</param>
/// <param name="classCount">At least two.</param>
/// <param name="weights">Shape [subjects], or null for 1 each.</param>
/// <remarks>Source: [Friedman2010] section 4.</remarks>
public sealed class MultinomialLoss(int[] codes, int classCount, double[]? weights = null) : PredictorLoss
{
    /// <summary>Keeps the start finite where a class has no subject.</summary>
    private const double StartCount = 1e-3;

    private readonly double[] _weights = WeightsOf(weights, codes.Length);
    private readonly double[] _probabilities = new double[codes.Length * classCount];

    public override int SubjectCount => codes.Length;

    public override int PredictorCount => classCount;

    public override int ParameterCount => classCount;

    public override double[] StartParameters()
    {
        var counts = new double[classCount];
        Array.Fill(counts, StartCount);
        for (var i = 0; i < codes.Length; i++)
        {
            counts[codes[i]] += _weights[i];
        }

        double[] logarithms = [.. counts.Select(c => Math.Log(c))];
        var mean = logarithms.Average();
        return [.. logarithms.Select(l => l - mean)];
    }

    public override double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters)
    {
        var n = codes.Length;
        var sum = 0.0;
        for (var i = 0; i < n; i++)
        {
            var largest = double.NegativeInfinity;
            for (var k = 0; k < classCount; k++)
            {
                _probabilities[(k * n) + i] = predictors[(k * n) + i] + parameters[k];
                largest = Math.Max(largest, _probabilities[(k * n) + i]);
            }

            var own = _probabilities[(codes[i] * n) + i];
            var total = 0.0;
            for (var k = 0; k < classCount; k++)
            {
                total += _probabilities[(k * n) + i] = Math.Exp(_probabilities[(k * n) + i] - largest);
            }

            for (var k = 0; k < classCount; k++)
            {
                _probabilities[(k * n) + i] /= total;
            }

            sum += _weights[i] * (Math.Log(total) + largest - own);
        }

        return sum;
    }

    public override void Gradient(Span<double> predictorGradient, Span<double> parameterGradient)
    {
        var n = codes.Length;
        for (var k = 0; k < classCount; k++)
        {
            parameterGradient[k] = 0;
            for (var i = 0; i < n; i++)
            {
                predictorGradient[(k * n) + i] = _weights[i] * (_probabilities[(k * n) + i] - (codes[i] == k ? 1 : 0));
                parameterGradient[k] += predictorGradient[(k * n) + i];
            }
        }
    }

    public override void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage)
    {
        var n = codes.Length;
        parameterImage.Clear();
        for (var i = 0; i < n; i++)
        {
            var mean = 0.0;
            for (var k = 0; k < classCount; k++)
            {
                mean += _probabilities[(k * n) + i] * (predictorStep[(k * n) + i] + parameterStep[k]);
            }

            for (var k = 0; k < classCount; k++)
            {
                var image = _weights[i] * _probabilities[(k * n) + i] * (predictorStep[(k * n) + i] + parameterStep[k] - mean);
                predictorImage[(k * n) + i] = image;
                parameterImage[k] += image;
            }
        }
    }

    /// <summary>Intercepts of mean 0.</summary>
    public override void Normalize(Span<double> parameters)
    {
        var mean = 0.0;
        foreach (var parameter in parameters)
        {
            mean += parameter / parameters.Length;
        }

        foreach (ref var parameter in parameters)
        {
            parameter -= mean;
        }
    }

    public override double[] TotalCurvatures()
    {
        var n = codes.Length;
        var totals = new double[classCount];
        for (var k = 0; k < classCount; k++)
        {
            for (var i = 0; i < n; i++)
            {
                var probability = _probabilities[(k * n) + i];
                totals[k] += _weights[i] * probability * (1 - probability);
            }
        }

        return totals;
    }
}
