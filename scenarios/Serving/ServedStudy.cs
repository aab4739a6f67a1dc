using DigitalTwin.Contracts;
using DigitalTwin.Models;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>A study ready to be served: what it is about, who is in it, and what trains its model.</summary>
/// <param name="Id">Name of the study; a part of every twin's name.</param>
/// <param name="Plan">Arms, endpoint and columns.</param>
/// <param name="Subjects">Subjects of both arms, in an order that does not change between runs.</param>
/// <param name="Seed">Seed of the training.</param>
/// <param name="TrainingKey">Names everything but data and seed that the model depends on, up to 100 characters: with the same key,
/// a restart uses the stored model; with another, it trains again.</param>
/// <param name="Trainer">Trainer of the plan's kind of model.</param>
public sealed record ServedStudy(
    StudyId Id,
    StudyPlan Plan,
    IReadOnlyList<SubjectEnrolment> Subjects,
    ulong Seed,
    string TrainingKey,
    ITwinTrainer Trainer)
{
    /// <summary>What is to be known before the training: sentences such as that a layer is not on the network.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Makes a study to serve out of a scenario file.</summary>
public interface IStudySource
{
    /// <exception cref="Vocabulary.InvalidInputException">The scenario cannot be used; carries every fault.</exception>
    Task<ServedStudy> ReadAsync(FileInfo scenario, CancellationToken cancellation);
}
