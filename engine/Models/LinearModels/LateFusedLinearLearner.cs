using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.LinearModels.Parts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels;

/// <summary>One ridge for each omics layer and one for covariates and arms, each with the penalty its own held-out subjects ask for; their held-out
/// predictors are weighed by a second level that may leave a layer out but never count it against itself.</summary>
/// <remarks>Stacking [Wolpert1992], [Breiman1996]. A subject without a layer gets that part's predictor from the other parts' by regression.</remarks>
public sealed class LateFusedLinearLearner(LinearTuningOptions? options = null) : IOutcomeLearner
{
    private readonly LinearTuningOptions _options = options ?? LinearTuningOptions.Default;

    public string Name => "late-fused-linear";

    public bool Supports(EndpointKind kind) => kind != EndpointKind.Longitudinal;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var fitting = new LinearFitting(OutcomeChecks.Usable(training), _options, context);
        return fitting.Fit((trainer, task) => Parts(fitting, trainer, task));
    }

    private static List<RidgePart> Parts(LinearFitting fitting, PartTrainer trainer, OutcomeTask task)
    {
        var parts = new List<RidgePart>();
        var everybody = Enumerable.Repeat(true, fitting.Problem.Count).ToArray();
        FeatureBlock[] leading = [.. fitting.Blocks.Where(b => b.Kind != BlockKind.Layer)];
        if (leading.Length > 0)
        {
            parts.Add(trainer.Fit("covariates", [.. leading.Select(PartBlock.Of)], everybody, [1]));
        }

        foreach (var block in fitting.Blocks.Where(b => b.Kind == BlockKind.Layer))
        {
            var layer = fitting.Problem.Inputs.Layers.First(l => l.Layer.Name == block.Name);
            bool[] isPresent = [.. Enumerable.Range(0, fitting.Problem.Count).Select(i => LayerEncoding.IsPresent(layer, i))];
            if (fitting.CanLearnFrom(isPresent, task) is { } reason)
            {
                fitting.Say($"Layer '{block.Name}' was left out: {reason}");
                continue;
            }

            var missing = isPresent.Count(p => !p);
            if (missing > 0)
            {
                fitting.Say($"{missing} of {isPresent.Length} training subjects have no layer '{block.Name}': its part is expected from their other parts.");
            }

            parts.Add(trainer.Fit(block.Name, [PartBlock.Of(block)], isPresent, [1]));
        }

        return parts;
    }
}
