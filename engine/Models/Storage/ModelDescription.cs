using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Storage;

/// <summary>What a stored model predicts, from what, and what it was learnt from: enough to refuse other inputs by name.</summary>
/// <param name="Model">Name of the model, such as <c>twin</c>.</param>
/// <param name="EngineVersion">Engine that trained it.</param>
/// <param name="Title">What it was trained for, in words.</param>
/// <param name="Cohort">Cohort it was learnt from.</param>
/// <param name="CohortHash">SHA-256 of that cohort's bundle.</param>
/// <param name="SubjectCount">Subjects it was learnt from.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="Target">What it predicts.</param>
/// <param name="Covariates">Covariates it reads, in order.</param>
/// <param name="Layers">Omics layers it reads, in order.</param>
/// <param name="Observations">Repeated measurements it reads, in order.</param>
/// <param name="Arms">Arms it was trained with; empty where it does not look at treatment.</param>
public sealed record ModelDescription(
    string Model,
    string EngineVersion,
    string Title,
    string Cohort,
    string CohortHash,
    int SubjectCount,
    ulong Seed,
    ModelTarget Target,
    IReadOnlyList<Variable> Covariates,
    IReadOnlyList<LayerFeatures> Layers,
    IReadOnlyList<Variable> Observations,
    IReadOnlyList<Treatment> Arms);

/// <summary>What a stored model predicts.</summary>
/// <param name="Kind">Kind of outcome.</param>
/// <param name="Name">Variable or endpoint.</param>
/// <param name="Unit">UCUM code of a continuous outcome; empty otherwise.</param>
/// <param name="Levels">Classes in the order of the probabilities; empty for other outcomes.</param>
/// <param name="Horizon">End of the follow-up it was trained on; null without time.</param>
public sealed record ModelTarget(EndpointKind Kind, string Name, string Unit, IReadOnlyList<string> Levels, Duration? Horizon);
