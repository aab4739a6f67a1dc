using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Measures of class probabilities.</summary>
internal static class ClassMetrics
{
    private static readonly OutcomeMetric s_accuracy = new(
        "accuracy", "share of subjects whose likeliest class is right", MetricDirection.Higher, s => ClassAgreement.Accuracy(Codes(s), Likeliest(s)));

    private static readonly OutcomeMetric s_balancedAccuracy = new(
        "balanced-accuracy",
        "mean over classes of the share of their subjects whose likeliest class is right [Brodersen2010]",
        MetricDirection.Higher,
        s => ClassAgreement.BalancedAccuracy(Codes(s), Likeliest(s)));

    private static readonly OutcomeMetric s_logLoss = new(
        "log-loss",
        "mean negative logarithm of the probability given to what happened [Good1952]",
        MetricDirection.Lower,
        s => ProbabilityScores.LogLoss(Codes(s), Matrix(s)));

    private static readonly OutcomeMetric s_macroAuc = new(
        "auc",
        "mean over classes of the area under the ROC curve of one class against the rest [Hanley1982]",
        MetricDirection.Higher,
        s => RankedScores.MeanAreaOneAgainstRest(Codes(s), Matrix(s)));

    public static IReadOnlyList<OutcomeMetric> Binary { get; } =
    [
        new("auc", "area under the ROC curve [Hanley1982]", MetricDirection.Higher, s => RankedScores.AreaUnderRoc(Occurred(s), Probability(s))),
        new("average-precision", "precision averaged over recall [Boyd2013]", MetricDirection.Higher, s => RankedScores.AveragePrecision(Occurred(s), Probability(s))),
        new("brier", "mean squared difference of probability and outcome [Brier1950]", MetricDirection.Lower, s => ProbabilityScores.Brier(Occurred(s), Probability(s))),
        s_logLoss,
        new("calibration-slope", "coefficient of the log odds; below 1 they are too extreme [Cox1958]", MetricDirection.One, s => ProbabilityScores.CalibrationSlope(Occurred(s), Probability(s))),
        new("calibration-intercept", "log odds missing from the predictions [Cox1958]", MetricDirection.Zero, s => ProbabilityScores.CalibrationIntercept(Occurred(s), Probability(s))),
        s_accuracy,
        s_balancedAccuracy,
    ];

    public static IReadOnlyList<OutcomeMetric> Categorical { get; } = [s_balancedAccuracy, s_accuracy, s_macroAuc, s_logLoss];

    public static IReadOnlyList<OutcomeMetric> Ordinal { get; } =
    [
        .. Categorical,
        new("weighted-kappa", "agreement beyond chance, squared distances of classes as weights [Cohen1968]", MetricDirection.Higher,
            s => ClassAgreement.QuadraticWeightedKappa(Codes(s), Likeliest(s), ((ClassProbabilities)s.Predictions).ClassCount)),
    ];

    private static bool[] Occurred(MetricSample sample) => ((BinaryOutcome)sample.Test).Occurred;

    private static double[] Probability(MetricSample sample)
    {
        var predictions = (ClassProbabilities)sample.Predictions;
        var probabilities = new double[predictions.Count];
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = predictions[i, 1];
        }

        return probabilities;
    }

    private static int[] Codes(MetricSample sample) =>
        sample.Test is CategoricalOutcome categorical ? categorical.Codes : [.. Occurred(sample).Select(o => o ? 1 : 0)];

    private static RowMajorMatrix Matrix(MetricSample sample)
    {
        var predictions = (ClassProbabilities)sample.Predictions;
        return new RowMajorMatrix(predictions.Values, predictions.Count, predictions.ClassCount);
    }

    private static int[] Likeliest(MetricSample sample) => ClassAgreement.Likeliest(Matrix(sample));
}
