using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Twins;
using DigitalTwin.Scenarios.Language.Grammar;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>The models an evaluation may name. To add one, add a line: its name, a sentence, its options (none, as a rule) and how it is made.</summary>
public static class ModelRegistry
{
    private static readonly Field Components = new("components", new IntegerShape(0, 200), "Principal components of a layer added to the covariates.", Default: "0");

    private static readonly Field ComponentLayer = new("componentLayer", new NameShape(), "The layer they come from; without it the one with the most features.");

    private static readonly Field ArmProducts = new("armProducts", new BooleanShape(), "Whether arms are multiplied with covariates.", Default: "false");

    private static readonly Field Members = new("members", new IntegerShape(1, 50), "Networks of the ensemble.", Default: "5");

    private static readonly Field Trees = new("trees", new BooleanShape(), "Whether boosted trees, and for survival a forest, are stacked beside the linear model and the network.", Default: "true");

    private static readonly Field Series = new("series", new BooleanShape(), "Whether the network reads repeated measurements one by one, beside their summaries.", Default: "false");

    public static IReadOnlyList<ModelEntry> Entries { get; } =
    [
        new(BaselineLearner.LearnerName, "The same for everybody: share of each class, Kaplan-Meier curve, mean.", [], _ => new BaselineLearner()) { ReadsLayers = _ => false },
        new(TreatmentMeansLearner.LearnerName, "The mean, or the shares of the classes, under each treatment.", [], _ => new TreatmentMeansLearner()) { ReadsLayers = _ => false },
        new("cox", "Cox regression of covariates, penalised only where there are too few events.", [Components, ComponentLayer, ArmProducts],
            o => Observed(new CoxLearner(Plain(o)))) { ReadsLayers = ReadsComponents },
        new("logistic", "Logistic regression of covariates, penalised only where there are too few subjects.", [Components, ComponentLayer, ArmProducts],
            o => Observed(new LogisticLearner(Plain(o)))) { ReadsLayers = ReadsComponents },
        new("concatenated-linear", "One ridge regression of covariates and all layers side by side.", [], _ => Observed(new ConcatenatedLinearLearner())),
        new("late-fused-linear", "A ridge regression for each layer, stacked by their predictions of subjects they had not seen.", [],
            _ => Observed(new LateFusedLinearLearner())),
        new(TreatmentRidgeLearner.LearnerName, "One kernel ridge over samples and treatments, for samples (such as cell lines) that many treatments share.", [],
            _ => Observed(new TreatmentRidgeLearner(StandardTwin.Treatments()))),
        new("random-forest", "A forest of classification or regression trees.", [], _ => Observed(new RandomForestLearner())),
        new("random-survival-forest", "A forest of survival trees, split by the log-rank statistic.", [], _ => Observed(new RandomSurvivalForestLearner())),
        new("boosted-trees", "Gradient-boosted trees, their number and depth chosen by inner folds.", [], _ => Observed(new BoostedTreesLearner())),
        new("network", "The network of modalities on its own.", [Members, Series], o => Observed(new NetworkLearner(StandardTwin.Network((int)o.Integer("members"))), o.Boolean("series"))),
        new("twin", "Late-fused linear models, a network that starts from them, and trees, stacked and recalibrated.", [Members, Trees, Series],
            o => Observed(StandardTwin.Of((int)o.Integer("members"), o.Boolean("trees")), o.Boolean("series"))),
        new(StandardTwin.RewiredName, "The twin on a network with exchanged edges: what the true network is worth shows beside it.", [Members, Trees, Series],
            o => Observed(StandardTwin.Of((int)o.Integer("members"), o.Boolean("trees"), isRewired: true), o.Boolean("series"))),
    ];

    /// <summary>The entry of a name, or null.</summary>
    public static ModelEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);

    private static bool ReadsComponents(ModelOptions options) => options.Integer("components") > 0;

    private static PlainRegressionOptions Plain(ModelOptions options) => new()
    {
        ComponentCount = (int)options.Integer("components"),
        ComponentLayer = options.Has("componentLayer") ? options.Text("componentLayer") : null,
        WithArmCovariates = options.Boolean("armProducts"),
    };

    private static SummarizedObservations Observed(IOutcomeLearner learner, bool keepsObservations = false) => new(learner, keepsObservations);
}

/// <summary>A model an evaluation may name.</summary>
/// <param name="Name">Value of <c>type</c>, and the name of its row.</param>
/// <param name="Text">What it is, one sentence.</param>
/// <param name="Options">Keys of its mapping besides those every model has.</param>
/// <param name="Create">Makes the learner of these options.</param>
public sealed record ModelEntry(string Name, string Text, IReadOnlyList<Field> Options, Func<ModelOptions, IOutcomeLearner> Create)
{
    /// <summary>Whether a model of these options looks at layers, where it is given some.</summary>
    public Func<ModelOptions, bool> ReadsLayers { get; init; } = _ => true;
}
