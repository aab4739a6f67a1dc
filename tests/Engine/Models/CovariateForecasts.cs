using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models;

/// <summary>Asks a model of covariates alone.</summary>
internal static class CovariateForecasts
{
    /// <param name="model">The model.</param>
    /// <param name="subjects">Shape [subjects].</param>
    /// <param name="covariates">Row-major, shape [subjects, columns].</param>
    /// <param name="arm">One of the model's.</param>
    /// <param name="horizon">End of the forecast.</param>
    public static IReadOnlyList<OutcomeForecast> Forecast(
        this ITwinModel model, IReadOnlyList<SubjectId> subjects, ReadOnlySpan<double> covariates, ArmId arm, Duration horizon) =>
        model.Forecast(new TwinInputs(subjects, new CovariateMatrix(model.Columns, subjects.Count, covariates.ToArray()), []), arm, horizon);

    public static IReadOnlyList<VariableContribution> Explain(this ITwinModel model, SubjectId subject, ReadOnlySpan<double> covariates, ArmId arm, Duration horizon) =>
        model.Explain(new TwinInputs([subject], new CovariateMatrix(model.Columns, 1, covariates.ToArray()), []), arm, horizon);
}
