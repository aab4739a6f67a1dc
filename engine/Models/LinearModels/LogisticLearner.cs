using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels;

/// <summary>Logistic regression on covariates and arms: binary, multinomial, or proportional odds.</summary>
/// <remarks>Source: [McCullagh1989]; not penalised unless the rarer outcome is rare for the columns, which is then said.</remarks>
public sealed class LogisticLearner(PlainRegressionOptions? options = null) : IOutcomeLearner
{
    public string Name => "logistic";

    public bool Supports(EndpointKind kind) => kind is EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) =>
        PlainRegression.Fit(this, training, context, options ?? PlainRegressionOptions.Default);
}
