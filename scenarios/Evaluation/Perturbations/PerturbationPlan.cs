using DigitalTwin.Models.Perturbation;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Changes of genes that models are asked about.</summary>
/// <param name="Models">Names of the models; those that look at layers where the file names none.</param>
/// <param name="Changes">What is done, each for itself.</param>
/// <param name="Horizon">Time by which an event is asked about; null for that by which half of the training events of the first split had happened.</param>
/// <param name="Class">Class whose probability is asked for; null where the target has no classes.</param>
/// <param name="HighestIsBest">Whether a high outcome is good; null where that is not known.</param>
/// <param name="PathwayCount">Pathways that are shown.</param>
/// <param name="GeneSets">Where they come from.</param>
public sealed record PerturbationPlan(
    IReadOnlyList<string> Models, IReadOnlyList<PlannedChange> Changes, Duration? Horizon, string? Class, bool? HighestIsBest, int PathwayCount, GeneSetSource GeneSets);

/// <summary>One change.</summary>
/// <param name="Name">Of its row.</param>
/// <param name="Genes">What is done to which gene, and where the file says so; genes by their approved symbols.</param>
/// <param name="Drug">The drug whose targets these are, or null.</param>
/// <param name="HasSignals">Whether the change goes on along the reference network of signals.</param>
public sealed record PlannedChange(string Name, IReadOnlyList<PlannedShift> Genes, string? Drug, bool HasSignals)
{
    /// <summary>In words.</summary>
    public string What => $"{(Drug is null ? string.Empty : $"{Drug}: ")}{string.Join(", ", Genes.Select(g => g.Shift))}{(HasSignals ? string.Empty : ", without signals")}";
}

/// <param name="Shift">What is done to one gene.</param>
/// <param name="Place">Where the file says it.</param>
public sealed record PlannedShift(GeneShift Shift, TextLocation Place);
