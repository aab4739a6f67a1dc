using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Stacking;

/// <summary>The recalibrated pool of fitted models.</summary>
public sealed class StackedPredictor : IOutcomePredictor
{
    private readonly IOutcomePredictor[] _members;
    private readonly double[] _weights;
    private readonly Recalibration _recalibration;
    private readonly double[]? _gridDays;

    internal StackedPredictor(
        IOutcomePredictor[] members, double[] weights, Recalibration recalibration, double[]? gridDays, IReadOnlyList<string> findings)
    {
        (_members, _weights, _recalibration, _gridDays) = (members, weights, recalibration, gridDays);
        Findings = findings;
    }

    public IReadOnlyList<string> Findings { get; }

    /// <summary>The fitted members with their weights, which sum to 1.</summary>
    public IReadOnlyList<(IOutcomePredictor Predictor, double Weight)> Members => [.. _members.Zip(_weights)];

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        // A member without weight costs time and changes nothing.
        var counted = Members.Where(m => m.Weight > 0).ToArray();
        var predictions = counted.Select(m => Aligned(m.Predictor.Predict(inputs))).ToArray();
        return _recalibration.Apply(PredictionPool.Pool(predictions, [.. counted.Select(m => m.Weight)]));
    }

    private OutcomePredictions Aligned(OutcomePredictions predictions) =>
        _gridDays is { } grid ? SurvivalGrid.Resample(predictions, grid) : predictions;
}
