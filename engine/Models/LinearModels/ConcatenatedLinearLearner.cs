using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.LinearModels.Parts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels;

/// <summary>One ridge over everything side by side: covariates, arms and all layers. How much more lightly covariates and arms are held back than layers is
/// chosen with the penalty.</summary>
/// <remarks>Sources: [Hoerl1970], [LeCessie1992], [Verweij1994]. A subject without a layer counts as its mean.</remarks>
public sealed class ConcatenatedLinearLearner(LinearTuningOptions? options = null) : IOutcomeLearner
{
    private static readonly double[] s_leadingFactors = [0.05, 0.001, 1];

    private readonly LinearTuningOptions _options = options ?? LinearTuningOptions.Default;

    public string Name => "concatenated-linear";

    public bool Supports(EndpointKind kind) => true;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var fitting = new LinearFitting(OutcomeChecks.Usable(training), _options, context);
        var hasLayers = fitting.Blocks.Any(b => b.Kind == BlockKind.Layer);
        return fitting.Fit((trainer, _) =>
        [
            trainer.Fit(
                "all features",
                [.. fitting.Blocks.Select(PartBlock.Of)],
                [.. Enumerable.Repeat(true, fitting.Problem.Count)],
                hasLayers && fitting.Blocks.Any(b => b.Kind != BlockKind.Layer) ? s_leadingFactors : [1]),
        ]);
    }
}
