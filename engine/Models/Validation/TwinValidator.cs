using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Validation;

/// <summary>Measures any cross-fitted twin model on its own training subjects: each is forecast by the members that did not see it.</summary>
public static class TwinValidator
{
    /// <summary>Forecasts every subject under the arm it was in and compares with what was seen.</summary>
    /// <param name="model">A model whose forecasts of training subjects are out of fold.</param>
    /// <param name="data">What it was trained on.</param>
    /// <returns>One row an arm, treated first.</returns>
    public static IReadOnlyList<TwinArmValidation> Validate(ITwinModel model, TwinTrainingData data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return [ValidateArm(model, data, treated: true), ValidateArm(model, data, treated: false)];
    }

    private static TwinArmValidation ValidateArm(ITwinModel model, TwinTrainingData data, bool treated)
    {
        var trial = data.Trial;
        var arm = treated ? data.TreatedArm : data.ControlArm;
        var rows = Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated).ToArray();
        var horizon = trial.Outcome is SurvivalOutcome survival ? survival.Horizon : Duration.FromDays(1);
        var forecasts = model.Forecast(TwinInputs.Of(trial).Take(rows), arm, horizon);
        return trial.Outcome.Take(rows) switch
        {
            SurvivalOutcome outcome => SurvivalValidation.Of(arm, outcome, [.. forecasts.Cast<SurvivalForecast>()]),
            BinaryOutcome outcome => BinaryValidation.Of(arm, outcome, [.. forecasts.Cast<BinaryForecast>().Select(f => f.Probability)]),
            ContinuousOutcome outcome => ContinuousValidation.Of(arm, outcome, [.. forecasts.Cast<ContinuousForecast>().Select(f => f.Mean)]),
            var other => throw new ArgumentException($"No validation for outcomes of type {other.GetType().Name}."),
        };
    }
}
