using System.Globalization;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Scenarios.Study.Twins;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Texts;

/// <summary>The twin model as the report shows it.</summary>
internal static class TwinModelText
{
    public static TwinModelResult Of(TwinAnswers answers, TwinSpecification twin) => new(
        answers.Model.Kind,
        string.Create(
            CultureInfo.InvariantCulture,
            $"Ridge-penalised regression with restricted cubic splines and pairwise interactions, {twin.FoldCount}-fold cross-fitted, {twin.MemberCount} bootstrap members a fold. The control model learns from control subjects only; the treated model adds its own baseline and a penalised deviation. Every subject of the training data is forecast by members that did not see it, and the figures below are of such forecasts."),
        answers.Model.Hash,
        answers.Model.TrainingSubjectCount,
        answers.Model.MemberCount,
        twin.FoldCount,
        twin.Covariates,
        answers.Validation,
        [answers.UnderControl[0] is SurvivalForecast ? References.RidgeCox : References.Ridge, References.Splines, References.CrossFitting]);
}
