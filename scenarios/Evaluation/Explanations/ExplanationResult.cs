namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Why a model predicts what it does.</summary>
/// <param name="Model">Name of the row.</param>
/// <param name="Split">The split whose model the tables over many subjects are of.</param>
/// <param name="Quantity">The number that is explained.</param>
/// <param name="HorizonDays">Time by which an event is asked about, or null.</param>
/// <param name="Threshold">What counterfactuals cross.</param>
/// <param name="Subjects">One by one, from the lowest to the highest prediction, or as they are named.</param>
/// <param name="Over">Test subjects that the mean sizes are over.</param>
/// <param name="Modalities">Mean size of the Shapley values of covariates and layers, the greatest first; on the scale of the quantity.</param>
/// <param name="Features">Mean size of the contributions of features, the greatest first; on the link scale.</param>
/// <param name="Method">How features are read.</param>
/// <param name="Notes">Sentences on what could not be read.</param>
public sealed record ExplanationResult(
    string Model,
    string Split,
    string Quantity,
    double? HorizonDays,
    double Threshold,
    IReadOnlyList<SubjectExplanation> Subjects,
    int Over,
    IReadOnlyList<MeanSize> Modalities,
    IReadOnlyList<MeanSize> Features,
    string Method,
    IReadOnlyList<string> Notes);

/// <param name="Name">Modality or feature.</param>
/// <param name="Value">Mean of absolute contributions.</param>
public sealed record MeanSize(string Name, double Value);

/// <param name="Subject">Id.</param>
/// <param name="Split">Split whose model, which has not seen the subject, is explained.</param>
/// <param name="Quantity">The number that is explained, where it differs between subjects.</param>
/// <param name="Prediction">Its value.</param>
/// <param name="Region">What the model states to hold the outcome, in words; or null.</param>
/// <param name="Baseline">Mean of the number when all features are those of training subjects.</param>
/// <param name="Modalities">Shapley values of covariates and layers; with the baseline they add up to the prediction.</param>
/// <param name="Features">Shapley values of the features that matter most and of the rest; empty where the model cannot be read.</param>
/// <param name="Parts">Models inside, read exactly or along a path, on the link scale.</param>
/// <param name="Pathways">Contributions of the parts by pathway, on the link scale.</param>
/// <param name="OutsideShare">Share of absolute molecular contributions outside of any pathway; null without pathways.</param>
/// <param name="Likeness">How like the training subjects it is; null where that cannot be told.</param>
/// <param name="Counterfactual">The smallest change that was found; null where nothing can change.</param>
public sealed record SubjectExplanation(
    string Subject,
    string Split,
    string Quantity,
    double Prediction,
    string? Region,
    double Baseline,
    IReadOnlyList<Contribution> Modalities,
    IReadOnlyList<Contribution> Features,
    IReadOnlyList<PartContributions> Parts,
    IReadOnlyList<PathwayShare> Pathways,
    double? OutsideShare,
    LikenessOfSubject? Likeness,
    CounterfactualChange? Counterfactual);

/// <param name="Name">Of the feature or group.</param>
/// <param name="Value">What it adds.</param>
/// <param name="Error">Standard error from sampling, or standard deviation over the members of an ensemble; null where it is exact.</param>
public sealed record Contribution(string Name, double Value, double Error);

/// <param name="Name">What the part is.</param>
/// <param name="Weight">In the stack.</param>
/// <param name="Method">How it is read, and against what.</param>
/// <param name="Features">Its greatest contributions.</param>
/// <param name="Edges">What the edges of the gene network add; null where the part has none, or none is asked for.</param>
public sealed record PartContributions(string Name, double Weight, string Method, IReadOnlyList<Contribution> Features, EdgeContributions? Edges);

/// <param name="Method">How edges are read.</param>
/// <param name="Together">What all edges add together: the prediction less that without any edge, on the link scale.</param>
/// <param name="Edges">The greatest contributions, with their standard deviation over the members.</param>
public sealed record EdgeContributions(string Method, double Together, IReadOnlyList<Contribution> Edges);

/// <param name="Id">Of the gene set.</param>
/// <param name="Name">What it is; may be empty.</param>
/// <param name="GeneCount">Its genes that have a contribution.</param>
/// <param name="Value">Their sum; a gene in several sets counts in equal shares.</param>
public sealed record PathwayShare(string Id, string Name, int GeneCount, double Value);

/// <param name="PValue">Small for a subject unlike the training subjects.</param>
/// <param name="IsUnlike">Whether it is called so.</param>
/// <param name="Sentence">In words.</param>
/// <param name="Unusual">Features that its distance comes from, with their share of it.</param>
/// <param name="Similar">The most similar training subjects, the nearest first: ids and distances, no outcomes.</param>
public sealed record LikenessOfSubject(double PValue, bool IsUnlike, string Sentence, IReadOnlyList<MeanSize> Unusual, IReadOnlyList<SimilarOfSubject> Similar);

/// <param name="Subject">Id.</param>
/// <param name="Distance">Two subjects drawn at random are about 1.4 apart.</param>
/// <param name="Alike">Features in which both stand apart the same way.</param>
/// <param name="Different">Features in which they differ most.</param>
public sealed record SimilarOfSubject(string Subject, double Distance, IReadOnlyList<string> Alike, IReadOnlyList<string> Different);

/// <param name="IsFound">Whether the prediction comes across the threshold.</param>
/// <param name="Threshold">Which.</param>
/// <param name="After">Prediction with the changes.</param>
/// <param name="Changes">From and to, by feature.</param>
/// <param name="Sentence">In words.</param>
public sealed record CounterfactualChange(bool IsFound, double Threshold, double After, IReadOnlyList<ChangedFeature> Changes, string Sentence);

/// <param name="Name">Of the feature.</param>
/// <param name="From">As it is.</param>
/// <param name="To">As it would be.</param>
/// <param name="Size">Standard deviations of training between them; 1 for another level.</param>
public sealed record ChangedFeature(string Name, string From, string To, double Size);
