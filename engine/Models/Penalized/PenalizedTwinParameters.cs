using DigitalTwin.Models.Terms;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized;

/// <summary>Everything a penalised twin model knows; what is written to storage.</summary>
/// <param name="Format">Version of this layout; a reader refuses any other.</param>
/// <param name="Endpoint">Kind of the endpoint.</param>
/// <param name="TreatedArm">Name of the treated arm.</param>
/// <param name="ControlArm">Name of the control arm.</param>
/// <param name="Columns">Covariate columns expected, in order.</param>
/// <param name="Shapes">How each column enters.</param>
/// <param name="Terms">Columns of the expanded design.</param>
/// <param name="DeviationTerms">Terms in which the treated arm may deviate from the control arm; indices into <paramref name="Terms"/>.</param>
/// <param name="GridDays">Times of survival forecasts; empty for other endpoints.</param>
/// <param name="Members">The ensemble, fold by fold.</param>
/// <param name="Folds">Fold of each training subject: members of that fold never saw it.</param>
/// <param name="ControlPenalty">Ridge penalty chosen for the control arm, by fold.</param>
/// <param name="DeviationPenalty">Ridge penalty chosen for the deviations, by fold.</param>
public sealed record PenalizedTwinParameters(
    int Format,
    EndpointKind Endpoint,
    string TreatedArm,
    string ControlArm,
    IReadOnlyList<CovariateColumn> Columns,
    IReadOnlyList<ColumnShape> Shapes,
    IReadOnlyList<ModelTerm> Terms,
    int[] DeviationTerms,
    double[] GridDays,
    IReadOnlyList<TwinMember> Members,
    IReadOnlyDictionary<string, int> Folds,
    double[] ControlPenalty,
    double[] DeviationPenalty)
{
    public const int CurrentFormat = 1;
}

/// <summary>One member of the ensemble: a control model, and how the treated arm differs from it.</summary>
/// <param name="Fold">Fold left out when it was trained.</param>
/// <param name="Coefficients">Shape [terms]: log hazard ratio, log odds ratio or slope of one standard deviation.</param>
/// <param name="Control">Baseline of the control arm.</param>
/// <param name="Deviations">Shape [deviation terms]: what the treated arm adds to the linear predictor.</param>
/// <param name="Treated">Baseline of the treated arm.</param>
public sealed record TwinMember(int Fold, double[] Coefficients, OutcomeBaseline Control, double[] Deviations, OutcomeBaseline Treated);

/// <summary>What turns a linear predictor into an outcome distribution.</summary>
/// <param name="CumulativeHazard">Survival: shape [grid], at linear predictor 0. Otherwise empty.</param>
/// <param name="Intercept">Binary: log odds; continuous: mean, both at linear predictor 0. Survival: 0.</param>
/// <param name="ResidualStandardDeviation">Continuous: spread of one subject. Otherwise 0.</param>
public sealed record OutcomeBaseline(double[] CumulativeHazard, double Intercept, double ResidualStandardDeviation);
