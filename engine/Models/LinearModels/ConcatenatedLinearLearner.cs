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
    private static readonly double[] s_leadingFactors = [1, 0.05, 0.001];

    private readonly LinearTuningOptions _options = options ?? LinearTuningOptions.Default;

    public string Name => "concatenated-linear";

    public bool Supports(EndpointKind kind) => kind != EndpointKind.Longitudinal;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        var fitting = new LinearFitting(OutcomeChecks.Usable(training), _options, context);
        return fitting.Fit((trainer, _) => [Part(fitting, trainer)]);
    }

    private static RidgePart Part(LinearFitting fitting, PartTrainer trainer)
    {
        bool[] everybody = [.. Enumerable.Repeat(true, fitting.Problem.Count)];
        PartBlock[] blocks = [.. fitting.Blocks.Select(PartBlock.Of)];
        PartBlock[] leading = [.. blocks.Where(b => b.Block.Kind != BlockKind.Layer)];
        if (leading.Length is 0 || leading.Length == blocks.Length)
        {
            return trainer.Fit("all features", blocks, everybody, [1]);
        }

        // How covariates, bends and products are held back against each other is found without the layers, where it is cheap; then all of them against the layers.
        var alone = trainer.Fit("covariates", leading, everybody, [1]);
        PartBlock[] settled = [.. blocks.Select(b => Array.IndexOf(leading, b) is >= 0 and var place ? b with { Factors = [alone.Factors[place]] } : b)];
        return trainer.Fit("all features", settled, everybody, s_leadingFactors);
    }
}
