using DigitalTwin.Models.Explanation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Why a model predicts what it does of some test subjects.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="SubjectCount">Test subjects of the first split that are explained one by one; 0 where they are named.</param>
/// <param name="Subjects">Those named.</param>
/// <param name="FeatureCount">Features that stand alone.</param>
/// <param name="PathwayCount">Pathways that are shown.</param>
/// <param name="EdgeCount">Edges of the gene network that are shown of each network.</param>
/// <param name="GeneSets">Where pathways come from.</param>
/// <param name="SimilarCount">Training subjects that are named as most similar.</param>
/// <param name="Horizon">Time by which an event is asked about; null for that by which half of the training events had happened.</param>
/// <param name="Class">Class whose probability is explained; null for the likeliest of each subject.</param>
/// <param name="Changeable">Features that a counterfactual may change; empty for those that matter most.</param>
/// <param name="Threshold">Value that a counterfactual crosses; null for the mean prediction of the test subjects.</param>
/// <param name="SampleCount">Samples of Shapley values.</param>
public sealed record ExplanationPlan(
    string Model,
    int SubjectCount,
    IReadOnlyList<string> Subjects,
    int FeatureCount,
    int PathwayCount,
    int EdgeCount,
    GeneSetSource GeneSets,
    int SimilarCount,
    Duration? Horizon,
    string? Class,
    IReadOnlyList<FeatureName> Changeable,
    double? Threshold,
    int SampleCount);

/// <summary>Embedded collections of gene sets.</summary>
public enum GeneSetSource
{
    /// <summary>Biological processes of the Gene Ontology.</summary>
    GeneOntology,

    /// <summary>Pathways of KEGG of 2011, by their numbers.</summary>
    Kegg,
}
