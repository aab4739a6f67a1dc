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
        twin.IsMultiOmics ? MultiOmics(twin) : string.Create(
            CultureInfo.InvariantCulture,
            $"Ridge-penalised regression with restricted cubic splines and pairwise interactions, {twin.FoldCount}-fold cross-fitted, {twin.MemberCount} bootstrap members a fold. The control model learns from control subjects only; the treated model adds its own baseline and a penalised deviation. Every subject of the training data is forecast by members that did not see it, and the figures below are of such forecasts."),
        answers.Model.Hash,
        answers.Model.TrainingSubjectCount,
        answers.Model.MemberCount,
        twin.FoldCount,
        [.. twin.Covariates, .. twin.Layers],
        answers.Validation,
        twin.IsMultiOmics
            ? [References.Stacking, References.BayesianBootstrap, References.CrossFitting]
            : [answers.UnderControl[0] is SurvivalForecast ? References.RidgeCox : References.Ridge, References.Splines, References.CrossFitting]);

    private static string MultiOmics(TwinSpecification twin) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(twin.Layers.Count == 0 ? "Covariates" : $"Covariates and {twin.Layers.Count} omics layers")}: late-fused penalised regressions, a network that starts from them, and trees, stacked by how each predicts held-out subjects and recalibrated; {twin.FoldCount}-fold cross-fitted, {twin.MemberCount} bootstrap members a fold. The control model learns from control subjects only. The treated model stacks that prognosis, with one effect for everybody, and a model of the treated subjects' own, which gets weight only as far as it predicts held-out treated subjects better. Every subject of the training data is forecast by members that did not see it, and the figures below are of such forecasts.");
}
