using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Stacking;

/// <summary>The recalibrated pool of fitted models.</summary>
public sealed class StackedPredictor : IStoredPredictor
{
    private readonly IOutcomePredictor[] _members;
    private readonly double[] _weights;
    private readonly Recalibration _recalibration;
    private readonly double[]? _gridDays;
    private readonly int _threadCount;

    internal StackedPredictor(
        IOutcomePredictor[] members, double[] weights, Recalibration recalibration, double[]? gridDays, int threadCount, IReadOnlyList<string> findings)
    {
        (_members, _weights, _recalibration, _gridDays, _threadCount) = (members, weights, recalibration, gridDays, threadCount);
        Findings = findings;
    }

    public IReadOnlyList<string> Findings { get; }

    /// <summary>The fitted members with their weights, which sum to 1.</summary>
    public IReadOnlyList<(IOutcomePredictor Predictor, double Weight)> Members => [.. _members.Zip(_weights)];

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        // A member without weight costs time and changes nothing.
        var counted = Members.Where(m => m.Weight > 0).ToArray();
        var predictions = ParallelMembers.Run(counted.Length, _threadCount, m => Aligned(counted[m].Predictor.Predict(inputs)));
        return _recalibration.Apply(PredictionPool.Pool(predictions, [.. counted.Select(m => m.Weight)]));
    }

    PredictionShape IStoredPredictor.Shape => ((IStoredPredictor)_members[0]).Shape;

    void IStored.Write(ModelWriter writer)
    {
        writer.Parts(_members);
        writer.Numbers(_weights);
        writer.Part(_recalibration);
        writer.OptionalNumbers(_gridDays);
        writer.Texts(Findings);
    }

    internal static StackedPredictor Read(ModelReader reader)
    {
        var members = reader.Parts<IStoredPredictor>();
        reader.Require(members.Length > 0, $"a stack has no member");
        var shape = members[0].Shape;
        reader.Require(shape.Kind != PredictionKind.Longitudinal && members.All(m => m.Shape == shape && m.AnswersAlone), $"the members of a stack do not all predict {shape} by themselves");
        var weights = reader.Numbers(members.Length, "weights of a stack");
        reader.Require(weights.All(w => double.IsFinite(w) && w >= 0) && weights.Any(w => w > 0), $"the weights of a stack are [{string.Join(", ", weights)}]");
        var recalibration = reader.Part<Recalibration>();
        reader.Require(recalibration.Suits(shape), $"a {recalibration.GetType().Name} stands behind predictions of {shape}");
        var grid = reader.Flag() ? reader.Ascending("times of a stack") : null;
        reader.Require(grid is not null || !shape.HasGrid, $"a stack of curves has no grid of times");
        return new StackedPredictor(members, weights, recalibration, grid, reader.ThreadCount, reader.Texts());
    }

    private OutcomePredictions Aligned(OutcomePredictions predictions) =>
        _gridDays is { } grid ? SurvivalGrid.Resample(predictions, grid) : predictions;
}
