using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Distributions;
using MathNet.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Calibration;

/// <summary>p'_c proportional to exp(a_c + b log p_c): one slope for all classes and an intercept for each but the first. With two classes this is Platt's
/// sigmoid on the log odds.</summary>
/// <remarks>Source: [Platt1999]; several classes as in [Guo2017] section 4.2, with one temperature and a bias for each class. A normal prior (b around 1 with deviation 0.5,
/// a around 0 with deviation 1) keeps the correction finite where the classes are separated; it weighs as much as a few subjects.</remarks>
internal sealed class ClassRecalibration : Recalibration, IStored
{
    private const double LeastProbability = 1e-6;
    private const int IterationLimit = 50;
    private const double SlopePrecision = 4;
    private const double InterceptPrecision = 1;

    // Slope first, then the intercepts of classes 1, 2, ...
    private readonly double[] _parameters;

    private ClassRecalibration(double[] parameters) => _parameters = parameters;

    public override string Finding => Slope("probabilities", _parameters[0]);

    public static ClassRecalibration Fit(ClassProbabilities outOfFold, int[] classes, ReadOnlySpan<double> caseWeights)
    {
        var count = outOfFold.ClassCount;
        var parameters = new double[count];
        parameters[0] = 1;
        var objective = Objective(outOfFold, classes, caseWeights, parameters);
        for (var iteration = 0; iteration < IterationLimit; iteration++)
        {
            var step = Step(outOfFold, classes, caseWeights, parameters);
            var (candidate, value) = (Moved(parameters, step, 1), 0.0);
            for (var share = 1.0; (value = Objective(outOfFold, classes, caseWeights, candidate)) < objective && share > 1e-6; share /= 2)
            {
                candidate = Moved(parameters, step, share / 2);
            }

            if (value <= objective + (1e-12 * (1 + Math.Abs(objective))))
            {
                break;
            }

            (parameters, objective) = (candidate, value);
        }

        return new ClassRecalibration(parameters);
    }

    public override OutcomePredictions Apply(OutcomePredictions predictions)
    {
        var classes = (ClassProbabilities)predictions;
        var values = new double[classes.Values.Length];
        for (var i = 0; i < classes.Count; i++)
        {
            Probabilities(classes, i, _parameters, values.AsSpan(i * classes.ClassCount, classes.ClassCount));
        }

        return classes with { Values = values };
    }

    public void Write(ModelWriter writer) => writer.Numbers(_parameters);

    public static ClassRecalibration Read(ModelReader reader) => new(reader.Numbers());

    internal override bool Suits(PredictionShape shape) => shape == PredictionShape.Classes(_parameters.Length);

    private static double[] Moved(double[] parameters, Vector<double> step, double share) => [.. parameters.Select((p, k) => p + (share * step[k]))];

    private static Vector<double> Step(ClassProbabilities outOfFold, int[] classes, ReadOnlySpan<double> caseWeights, double[] parameters)
    {
        var count = parameters.Length;
        var gradient = Vector<double>.Build.Dense(count, k => -Precision(k) * (parameters[k] - Centre(k)));
        var information = Matrix<double>.Build.Dense(count, count, (a, b) => a == b ? Precision(a) : 0);
        var probabilities = new double[count];
        for (var i = 0; i < classes.Length; i++)
        {
            Probabilities(outOfFold, i, parameters, probabilities);
            var mean = 0.0;
            for (var c = 0; c < count; c++)
            {
                mean += probabilities[c] * Log(outOfFold, i, c);
            }

            gradient[0] += caseWeights[i] * (Log(outOfFold, i, classes[i]) - mean);
            for (var c = 0; c < count; c++)
            {
                var (p, apart) = (probabilities[c], Log(outOfFold, i, c) - mean);
                information[0, 0] += caseWeights[i] * p * apart * apart;
                if (c == 0)
                {
                    continue;
                }

                gradient[c] += caseWeights[i] * ((classes[i] == c ? 1 : 0) - p);
                information[0, c] += caseWeights[i] * p * apart;
                information[c, 0] = information[0, c];
                for (var d = 1; d < count; d++)
                {
                    information[c, d] += caseWeights[i] * p * ((c == d ? 1 : 0) - probabilities[d]);
                }
            }
        }

        return information.Cholesky().Solve(gradient);
    }

    private static double Objective(ClassProbabilities outOfFold, int[] classes, ReadOnlySpan<double> caseWeights, double[] parameters)
    {
        var sum = 0.0;
        for (var k = 0; k < parameters.Length; k++)
        {
            sum -= 0.5 * Precision(k) * (parameters[k] - Centre(k)) * (parameters[k] - Centre(k));
        }

        var probabilities = new double[parameters.Length];
        for (var i = 0; i < classes.Length; i++)
        {
            Probabilities(outOfFold, i, parameters, probabilities);
            sum += caseWeights[i] * Math.Log(Math.Max(probabilities[classes[i]], double.Epsilon));
        }

        return sum;
    }

    private static void Probabilities(ClassProbabilities predictions, int subject, double[] parameters, Span<double> probabilities)
    {
        for (var c = 0; c < probabilities.Length; c++)
        {
            probabilities[c] = (parameters[0] * Log(predictions, subject, c)) + (c == 0 ? 0 : parameters[c]);
        }

        Softmax.InPlace(probabilities);
    }

    private static double Log(ClassProbabilities predictions, int subject, int level) => Math.Log(Math.Max(predictions[subject, level], LeastProbability));

    private static double Precision(int parameter) => parameter == 0 ? SlopePrecision : InterceptPrecision;

    private static double Centre(int parameter) => parameter == 0 ? 1 : 0;
}
