using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees.Features;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>A grown forest. Immutable; safe to call from many threads.</summary>
public sealed class ForestPredictor : IOutcomePredictor
{
    private readonly TreeEncoding _encoding;
    private readonly Forest _forest;
    private readonly Func<double[], OutcomePredictions> _reading;

    internal ForestPredictor(TreeEncoding encoding, Forest forest, Func<double[], OutcomePredictions> reading, OutcomePredictions outOfBag, IReadOnlyList<string> findings) =>
        (_encoding, _forest, _reading, OutOfBag, Findings) = (encoding, forest, reading, outOfBag, findings);

    /// <summary>What the trees that did not see a training subject say of it, in the order of training: an honest validation that costs nothing.</summary>
    public OutcomePredictions OutOfBag { get; }

    public IReadOnlyList<string> Findings { get; }

    internal Forest Forest => _forest;

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _reading(_forest.Mean(_encoding.Encode(inputs)));
    }
}
