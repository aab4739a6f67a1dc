using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models;

/// <summary>A trained model that forecasts the outcome of any subject under any arm it was trained for.
/// Immutable and safe to call from many threads.</summary>
public interface ITwinModel
{
    /// <summary>Short name of the kind of model, e.g. <c>penalized-regression</c>.</summary>
    string Kind { get; }

    /// <summary>SHA-256 (hex) of the serialised parameters; two models with one hash give the same forecasts.</summary>
    string Hash { get; }

    /// <summary>Arms it can forecast under.</summary>
    IReadOnlyList<ArmId> Arms { get; }

    /// <summary>Columns it expects, in order.</summary>
    IReadOnlyList<CovariateColumn> Columns { get; }

    /// <summary>Omics layers it expects, in order; none for a model of covariates alone.</summary>
    IReadOnlyList<LayerFeatures> Layers { get; }

    /// <summary>Kind of the endpoint.</summary>
    EndpointKind Endpoint { get; }

    /// <summary>Number of ensemble members.</summary>
    int MemberCount { get; }

    /// <summary>Forecasts each subject under one arm. A subject that was in the training data gets the members that did not see it.</summary>
    /// <param name="inputs">Subjects with <see cref="Columns"/> and <see cref="Layers"/>.</param>
    /// <param name="arm">One of <see cref="Arms"/>.</param>
    /// <param name="horizon">End of the forecast; survival forecasts run on the model's grid up to here.</param>
    /// <exception cref="ArgumentException">Unknown arm, or other columns or layers.</exception>
    IReadOnlyList<OutcomeForecast> Forecast(TwinInputs inputs, ArmId arm, Duration horizon);

    /// <summary>Contribution of each variable to the subject's forecast under one arm, on the model's linear scale,
    /// relative to the average training subject (log hazard, log odds, or the endpoint's unit).</summary>
    /// <param name="subject">One subject.</param>
    /// <param name="arm">One of <see cref="Arms"/>.</param>
    /// <param name="horizon">Time by which an event is asked about, where the endpoint is one.</param>
    /// <returns>One row a variable or layer, largest absolute contribution first; they sum to the linear predictor.</returns>
    /// <exception cref="ArgumentException">Unknown arm, not one subject, or other columns or layers.</exception>
    IReadOnlyList<VariableContribution> Explain(TwinInputs subject, ArmId arm, Duration horizon);

    /// <summary>The model as bytes that the model reader reads back.</summary>
    byte[] Serialize();
}
