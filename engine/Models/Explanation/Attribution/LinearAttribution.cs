using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Exact contributions in linear models, stacked or plain: coefficient times encoded value, which is 0 at the mean of training.</summary>
public static class LinearAttribution
{
    /// <summary>Whether a model is one of them.</summary>
    public static bool CanExplain(IOutcomePredictor model) => model is ILinearTerms;

    /// <summary>Explains the linear predictor of one subject: log odds (of a class: its own predictor before the softmax), log hazard ratio, mean.</summary>
    /// <param name="model">What a late-fused or concatenated linear learner has learnt, or a plain regression.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="quantity">Which class or kind of event; a horizon plays no part, for hazards are proportional.</param>
    /// <exception cref="ArgumentException">The model is another, there is not one subject, or no such level.</exception>
    public static PredictionAttribution Explain(IOutcomePredictor model, SubjectInputs subject, ExplainedQuantity quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        if (model is not ILinearTerms linear)
        {
            throw new ArgumentException($"{model?.GetType().Name} has no coefficients to read. Use Shapley values, which ask for predictions only.", nameof(model));
        }

        var (task, predictor, sign) = Place(linear.PredictorCounts, quantity);
        var features = linear.Terms(subject, task, predictor)
            .GroupBy(t => new FeatureName(t.Block, t.Term.StartsWith($"{t.Block}:", StringComparison.Ordinal) ? t.Term[(t.Block.Length + 1)..] : t.Term))
            .Select(g => new FeatureAttribution(g.Key, [sign * g.Sum(t => t.Value)]))
            .ToArray();
        return new PredictionAttribution(
            subject.Subjects[0], PredictionAttribution.Ordered(features), 0, features.Sum(f => f.Value), 0, "Exact: coefficient times encoded value, against the mean of training.");
    }

    // Several tasks are kinds of event, several predictors of one are classes.
    private static (int Task, int Predictor, int Sign) Place(IReadOnlyList<int> counts, ExplainedQuantity quantity) =>
        counts.Count > 1 ? (quantity.LevelWithin(1, counts.Count) - 1, 0, 1)
        : counts[0] > 1 ? (0, quantity.LevelWithin(0, counts[0] - 1), 1)
        : (0, 0, quantity.Level == 0 ? -1 : 1);
}
