namespace DigitalTwin.Scenarios.Evaluation.Translations;

/// <summary>How well one layer of held-out subjects is predicted from others.</summary>
/// <param name="From">Names of the layers it is predicted from.</param>
/// <param name="To">Its name.</param>
/// <param name="Sources">What it is predicted from, in words; covariates are among them where the file says so.</param>
/// <param name="Level">Stated probability that an interval holds a measured value.</param>
/// <param name="Interval">How intervals are made.</param>
/// <param name="FeatureCount">Features of the layer.</param>
/// <param name="JudgedCount">Those of which a correlation could be told.</param>
/// <param name="AboveChanceCount">Those whose interval of the correlation lies above 0.</param>
/// <param name="AboveChanceShare">Over those judged.</param>
/// <param name="ExpectedByChance">Share that would be above chance if nothing could be predicted.</param>
/// <param name="MedianCorrelation">Median over features of the correlation on each split, with its interval.</param>
/// <param name="FilledShare">Share of features that would be filled in where the layer is missing, on each split.</param>
/// <param name="Coverage">Share of measured values inside their intervals, over the features that would be filled in.</param>
/// <param name="Features">Each, the best first.</param>
/// <param name="Shown">Features that are shown of the best, and of the worst.</param>
/// <param name="Notes">Sentences.</param>
public sealed record TranslatedResult(
    IReadOnlyList<string> From,
    string To,
    string Sources,
    double Level,
    string Interval,
    int FeatureCount,
    int JudgedCount,
    int AboveChanceCount,
    double AboveChanceShare,
    double ExpectedByChance,
    ScoreResult MedianCorrelation,
    ScoreResult FilledShare,
    ScoreResult Coverage,
    IReadOnlyList<TranslatedFeature> Features,
    int Shown,
    IReadOnlyList<string> Notes);

/// <param name="Feature">Its name.</param>
/// <param name="Correlation">Of measured and predicted values of held-out subjects, mean over splits.</param>
/// <param name="Lower">Lower bound, or null.</param>
/// <param name="Upper">Upper bound, or null.</param>
/// <param name="IsAboveChance">Whether the lower bound is above 0.</param>
/// <param name="R2">1 less squared error over that of the training mean, over the held-out subjects of all splits.</param>
/// <param name="Coverage">Share of measured values inside their intervals, likewise.</param>
/// <param name="FilledShare">Share of splits on which it would be filled in.</param>
/// <param name="Judged">Held-out values over all splits, each as often as it is judged.</param>
public sealed record TranslatedFeature(
    string Feature, double Correlation, double Lower, double Upper, bool IsAboveChance, double R2, double Coverage, double FilledShare, int Judged);
