using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What an evaluation found, as it is written to JSON: names in camelCase, what is no number as null.</summary>
/// <param name="Schema"><see cref="SchemaName"/>.</param>
/// <param name="Title">Of the evaluation.</param>
/// <param name="EngineVersion">Of the program.</param>
/// <param name="Device">Where networks computed.</param>
/// <param name="File">The evaluation file and its SHA-256.</param>
/// <param name="Bundle">The bundle and its SHA-256.</param>
/// <param name="Target">What is predicted.</param>
/// <param name="Data">Who took part.</param>
/// <param name="Split">How they were parted, and how intervals are made.</param>
/// <param name="Seeds">Seeds of models and drawn splits.</param>
/// <param name="Metrics">Measures, the leading one first.</param>
/// <param name="Models">One row each.</param>
/// <param name="Comparisons">Paired differences to the reference.</param>
/// <param name="Notes">Sentences on the data.</param>
/// <param name="Seconds">Wall time of the whole, which differs from run to run as nothing else does but the seconds of the models.</param>
public sealed record EvaluationResult(
    string Schema,
    string Title,
    string EngineVersion,
    string Device,
    HashedName File,
    HashedName Bundle,
    TargetResult Target,
    DataResult Data,
    SplitResult Split,
    IReadOnlyList<ulong> Seeds,
    IReadOnlyList<MetricResult> Metrics,
    IReadOnlyList<ModelResult> Models,
    IReadOnlyList<ComparisonResult> Comparisons,
    IReadOnlyList<string> Notes,
    double Seconds)
{
    /// <summary>Value of <see cref="Schema"/>.</summary>
    public const string SchemaName = "digitaltwin/evaluation-result/1";

    /// <summary>What assignment by a model would be worth; null where the file does not ask.</summary>
    public PolicyResult? Policy { get; init; }

    /// <summary>Effect of one arm against another; null where the file does not ask.</summary>
    public EffectResult? Effect { get; init; }

    /// <summary>How regions were made, and what they held of each class; null where the file does not ask.</summary>
    public IntervalResult? Regions { get; init; }

    /// <summary>Test subjects unlike the training subjects; null where the file does not ask.</summary>
    public UnlikenessResult? Unlike { get; init; }

    /// <summary>Why a model predicts what it does; null where the file does not ask.</summary>
    public ExplanationResult? Explanation { get; init; }

    /// <summary>What models say of subjects whose genes are changed; null where the file does not ask.</summary>
    public PerturbedResult? Perturbation { get; init; }

    /// <summary>How well a layer is predicted from others; null where the file does not ask.</summary>
    public TranslatedResult? Translation { get; init; }
}

/// <param name="Name">Of a file or bundle.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record HashedName(string Name, string Sha256);

/// <param name="Kind">binary, categorical, ordinal, time-to-event or continuous.</param>
/// <param name="Name">Variable or endpoint.</param>
/// <param name="HorizonDays">End of follow-up in days, or null.</param>
public sealed record TargetResult(string Kind, string Name, double? HorizonDays);

/// <param name="SubjectCount">Subjects of the evaluation.</param>
/// <param name="EventCount">Events, or subjects of the rarest class; null for a continuous target.</param>
/// <param name="CovariateCount">Variables that models see.</param>
/// <param name="Layers">Layers that models see.</param>
public sealed record DataResult(int SubjectCount, int? EventCount, int CovariateCount, IReadOnlyList<LayerResult> Layers);

/// <param name="Name">Of the layer.</param>
/// <param name="FeatureCount">Its features.</param>
/// <param name="SubjectCount">Subjects with any value.</param>
public sealed record LayerResult(string Name, int FeatureCount, int SubjectCount);

/// <param name="Type">As in the evaluation file.</param>
/// <param name="Count">Splits over all seeds; a given split counts once.</param>
/// <param name="MeanTrainingCount">Training subjects on average.</param>
/// <param name="MeanTestCount">Test subjects on average.</param>
/// <param name="Interval">How intervals are made, a sentence.</param>
public sealed record SplitResult(string Type, int Count, double MeanTrainingCount, double MeanTestCount, string Interval);

/// <param name="Name">Of the measure.</param>
/// <param name="Text">What it is.</param>
/// <param name="Better">higher, lower, one, zero, stated or none.</param>
public sealed record MetricResult(string Name, string Text, string Better);

/// <param name="Name">Of the row.</param>
/// <param name="Type">Of the model.</param>
/// <param name="Seconds">Wall time of learning and predicting over all splits and seeds.</param>
/// <param name="Scores">One for each measure.</param>
/// <param name="Findings">What the model says it found and chose, each sentence once.</param>
/// <param name="Failures">Splits it could not be learnt on, and why.</param>
public sealed record ModelResult(
    string Name, string Type, double Seconds, IReadOnlyList<ScoreResult> Scores, IReadOnlyList<FindingResult> Findings, IReadOnlyList<string> Failures);

/// <param name="Split">On which split it was found first.</param>
/// <param name="Text">A sentence.</param>
public sealed record FindingResult(string Split, string Text);

/// <param name="Metric">Name of the measure.</param>
/// <param name="Mean">Over splits and seeds.</param>
/// <param name="Lower">Lower bound, or null.</param>
/// <param name="Upper">Upper bound, or null.</param>
/// <param name="StandardDeviation">Over splits; on one split that of the resamples.</param>
/// <param name="Values">One a split (the mean over seeds where the split is given), null where it could not be told.</param>
public sealed record ScoreResult(string Metric, double Mean, double Lower, double Upper, double StandardDeviation, IReadOnlyList<SplitScore> Values);

/// <param name="Split">Its name.</param>
/// <param name="Value">Of the measure.</param>
public sealed record SplitScore(string Split, double Value);

/// <param name="Model">Name of the row.</param>
/// <param name="Reference">Name of the row it is compared with.</param>
/// <param name="Metric">Name of the measure.</param>
/// <param name="Mean">Model minus reference on the same test subjects, over splits.</param>
/// <param name="Lower">Lower bound, or null.</param>
/// <param name="Upper">Upper bound, or null.</param>
/// <param name="PValue">Two-sided, of no difference; null on a single split.</param>
/// <param name="Verdict">better, worse, or "cannot tell".</param>
public sealed record ComparisonResult(
    string Model, string Reference, string Metric, double Mean, double Lower, double Upper, double PValue, string Verdict);
