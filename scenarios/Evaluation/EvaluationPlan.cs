using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What an evaluation file asks for, checked against the bundle's manifest.</summary>
public sealed record EvaluationPlan(
    string Title,
    string Bundle,
    string Folder,
    EvaluationTarget Target,
    Expression? Population,
    IReadOnlyList<NamedInput> Covariates,
    IReadOnlyList<NamedInput> Layers,
    IReadOnlyList<string> RequiredLayers,
    IReadOnlyList<string> Observations,
    TreatmentPlan? Treatment,
    string? Group,
    SplitPlan Split,
    IReadOnlyList<EvaluatedModel> Models,
    string Reference,
    IReadOnlyList<ulong> Seeds,
    IReadOnlyList<OutcomeMetric> Metrics,
    EvaluationLimits Limits,
    IReadOnlyDictionary<string, TextLocation> Places)
{
    /// <summary>Assignment to the arm predicted best, to be judged; null for none.</summary>
    public PolicyPlan? Policy { get; init; }

    /// <summary>Effect of one arm against another, on average and on each subject; null for none.</summary>
    public EffectPlan? Effect { get; init; }

    /// <summary>Regions that are stated to hold outcomes; null for none. Their measures are the last of <see cref="Metrics"/>.</summary>
    public IntervalPlan? Intervals { get; init; }

    /// <summary>Test subjects unlike the training subjects are counted; null for not.</summary>
    public UnlikenessPlan? Unlike { get; init; }

    /// <summary>Predictions that are explained; null for none.</summary>
    public ExplanationPlan? Explanation { get; init; }

    /// <summary>Changes of genes that models are asked about; null for none.</summary>
    public PerturbationPlan? Perturbation { get; init; }

    /// <summary>A layer that is predicted from others; null for none.</summary>
    public TranslationPlan? Translation { get; init; }

    /// <summary>Whether a model is measured by a measure: those of regions are for models that state some.</summary>
    public bool Asks(string model, OutcomeMetric metric) =>
        Intervals is not { } intervals || intervals.Asks(model) || RegionMetrics.For(Target.Kind, intervals.Level).All(m => m.Name != metric.Name);

    /// <summary>Where a key of the file stands, for faults that only the data show.</summary>
    public TextLocation PlaceOf(string key) => Places[key];
}

/// <summary>A covariate or layer, and where the file names it.</summary>
public sealed record NamedInput(string Name, TextLocation Location);

/// <summary>What is predicted.</summary>
/// <param name="Kind">Kind of outcome.</param>
/// <param name="Name">Variable or endpoint.</param>
/// <param name="Levels">Classes from low to high; empty for those of the manifest. For a binary target the event's level, empty for a binary variable.</param>
/// <param name="Horizon">End of follow-up, or null for the longest.</param>
public sealed record EvaluationTarget(EndpointKind Kind, string Name, IReadOnlyList<string> Levels, Duration? Horizon);

/// <param name="Variable">Variable with the arm.</param>
/// <param name="Levels">Its levels; empty where the manifest does not say.</param>
/// <param name="Arms">Drugs by level.</param>
public sealed record TreatmentPlan(string Variable, IReadOnlyList<string> Levels, IReadOnlyDictionary<string, IReadOnlyList<DrugExposure>> Arms);

/// <summary>Who is learnt from and who is judged.</summary>
/// <param name="KeepTogether">Variable whose groups stay on one side, or null.</param>
public abstract record SplitPlan(string? KeepTogether)
{
    /// <summary>Whether every seed draws its own.</summary>
    public virtual bool IsDrawn => false;
}

/// <summary>One given split.</summary>
public sealed record ColumnSplit(string Variable, IReadOnlyList<string> Training, IReadOnlyList<string> Test, string? KeepTogether) : SplitPlan(KeepTogether);

/// <summary>Given folds.</summary>
public sealed record FoldsSplit(string Variable, string? KeepTogether) : SplitPlan(KeepTogether);

/// <summary>Drawn folds.</summary>
public sealed record KFoldSplit(int FoldCount, int RepeatCount, string? KeepTogether) : SplitPlan(KeepTogether)
{
    public override bool IsDrawn => true;
}

/// <summary>Drawn training sets.</summary>
/// <param name="TrainingCount">Their size, or null where the share decides.</param>
/// <param name="TrainingShare">Their share of the subjects.</param>
/// <param name="RepeatCount">How many for each seed.</param>
/// <param name="KeepTogether">Variable whose groups stay on one side, or null.</param>
public sealed record ResampledSplit(int? TrainingCount, double TrainingShare, int RepeatCount, string? KeepTogether) : SplitPlan(KeepTogether)
{
    public override bool IsDrawn => true;
}

/// <summary>A model of the comparison.</summary>
/// <param name="Name">Of its row.</param>
/// <param name="Type">Name in the registry.</param>
/// <param name="Learner">Learns it.</param>
/// <param name="Covariates">Those it sees, or null for all.</param>
/// <param name="Layers">Those it sees, or null for all.</param>
public sealed record EvaluatedModel(
    string Name, string Type, IOutcomeLearner Learner, IReadOnlyList<string>? Covariates, IReadOnlyList<string>? Layers)
{
    /// <summary>Whether a change of a layer can change what it predicts.</summary>
    public bool ReadsLayers { get; init; } = true;
}

/// <summary>Numbers the file states.</summary>
public sealed record EvaluationLimits(double Confidence, int ResampleCount, int MinimumEvents, bool AllowFewEvents, bool AllowAllMissing);
