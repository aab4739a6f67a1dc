using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>What a study is about, fixed when it is opened.</summary>
/// <param name="Title">Words for people.</param>
/// <param name="TreatedArm">Name of the treated arm.</param>
/// <param name="ControlArm">Name of the control arm.</param>
/// <param name="Endpoint">Kind of the endpoint the twins forecast.</param>
/// <param name="OutcomeUnit">UCUM code of a continuous endpoint; empty otherwise.</param>
/// <param name="Horizon">End of the follow-up that is analysed; the farthest a forecast may go.</param>
/// <param name="Columns">Shape [columns]: the covariates of every subject, in order.</param>
/// <param name="ModelKind">Kind of twin model to train; one the silo has a trainer for.</param>
/// <param name="Layers">Omics layers of every subject, in order; null for a model of covariates alone.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.StudyPlan")]
public sealed record StudyPlan(
    [property: Id(0)] string Title,
    [property: Id(1)] ArmId TreatedArm,
    [property: Id(2)] ArmId ControlArm,
    [property: Id(3)] EndpointKind Endpoint,
    [property: Id(4)] string OutcomeUnit,
    [property: Id(5)] Duration Horizon,
    [property: Id(6)] CovariateColumn[] Columns,
    [property: Id(7)] string ModelKind,
    [property: Id(8)] LayerFeatures[]? Layers = null)
{
    /// <summary>Whether both plans say the same in every field.</summary>
    public bool Equals(StudyPlan? other) =>
        other is not null
        && Title == other.Title
        && TreatedArm == other.TreatedArm
        && ControlArm == other.ControlArm
        && Endpoint == other.Endpoint
        && OutcomeUnit == other.OutcomeUnit
        && Horizon == other.Horizon
        && ModelKind == other.ModelKind
        && Columns.AsSpan().SequenceEqual(other.Columns)
        && Layers.AsSpan().SequenceEqual(other.Layers.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Title, TreatedArm, ControlArm, Endpoint, Horizon, ModelKind, Columns.Length);
}
