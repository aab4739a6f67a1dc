using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels;

/// <summary>Cox regression on covariates and arms, and on principal components of a layer where asked for; one a kind of event for competing risks.</summary>
/// <remarks>Efron ties [Efron1977]; not penalised unless events are few for the columns, which is then said.</remarks>
public sealed class CoxLearner(PlainRegressionOptions? options = null) : IOutcomeLearner
{
    public string Name => "cox";

    public bool Supports(EndpointKind kind) => kind is EndpointKind.TimeToEvent or EndpointKind.CompetingRisks;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context) =>
        PlainRegression.Fit(this, training, context, options ?? PlainRegressionOptions.Default);
}
