using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.ModelFiles;

/// <summary>Fits one model of an evaluation file on every subject of it.</summary>
internal static class ModelTraining
{
    /// <param name="plan">The evaluation.</param>
    /// <param name="model">One of its models.</param>
    /// <param name="data">Its subjects.</param>
    /// <param name="bundle">The bundle they are from.</param>
    /// <param name="engineVersion">Written into the file.</param>
    /// <param name="context">What the training works with.</param>
    /// <exception cref="UnlearnableException">The data cannot carry the model.</exception>
    public static ModelFile Fit(EvaluationPlan plan, EvaluatedModel model, EvaluationData data, HashedName bundle, string engineVersion, LearningContext context)
    {
        var problem = EvaluationRunner.Seen(data.Problem, model);
        var predictor = model.Learner.Fit(problem, context);
        var inputs = problem.Inputs;
        var description = new ModelDescription(
            model.Name,
            engineVersion,
            plan.Title,
            bundle.Name,
            bundle.Sha256,
            problem.Count,
            context.Seed,
            Target(plan.Target, problem.Outcome),
            [.. inputs.Covariates.Select(c => c.Variable)],
            [.. inputs.Layers.Select(l => LayerFeatures.Of(l.Layer))],
            inputs.Observations?.Variables ?? [],
            inputs.Treatments?.Treatments ?? []);
        return new ModelFile(description, predictor);
    }

    private static ModelTarget Target(EvaluationTarget target, OutcomeData outcome) => outcome switch
    {
        SurvivalOutcome survival => new ModelTarget(target.Kind, target.Name, string.Empty, [], survival.Horizon),
        ContinuousOutcome continuous => new ModelTarget(target.Kind, target.Name, continuous.Unit, [], null),
        CategoricalOutcome categorical => new ModelTarget(target.Kind, target.Name, string.Empty, categorical.Levels, null),
        _ => new ModelTarget(target.Kind, target.Name, string.Empty, ["not occurred", "occurred"], null),
    };
}
