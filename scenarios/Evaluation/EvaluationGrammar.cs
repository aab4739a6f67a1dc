using DigitalTwin.Models.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Every key of an evaluation file, version 1.</summary>
public static class EvaluationGrammar
{
    /// <summary>Value of the key <c>schema</c>.</summary>
    public const string Schema = "digitaltwin/evaluation/1";

    /// <summary>In place of a list: whatever the bundle holds.</summary>
    public const string All = "all";

    private static readonly TextShape Text = new();
    private static readonly NameShape Name = new();

    /// <summary>Every measure of any kind of outcome, each once.</summary>
    private static readonly ChoiceShape Metric = new([.. new[]
    {
        EndpointKind.Binary, EndpointKind.Categorical, EndpointKind.Ordinal, EndpointKind.TimeToEvent, EndpointKind.Continuous,
    }.SelectMany(OutcomeMetrics.For).Select(m => m.Name).Distinct()]);

    /// <summary>The file as a whole.</summary>
    public static MappingShape Root { get; } = new(
    [
        new("schema", new ChoiceShape([Schema]), "Version of the language.", IsRequired: true),
        new("title", Text, "One line for the table.", IsRequired: true),
        new("bundle", Text, "Folder of the bundle, relative to the evaluation file and inside its folder.", IsRequired: true),
        new("target", Target, "What is predicted.", IsRequired: true),
        new("population", new ExpressionShape(), "Condition a subject must meet; without it the whole cohort."),
        new("covariates", AllOrNames, "Baseline variables that models see: a list, or 'all' of role covariate."),
        new("layers", AllOrNames, "Omics layers that models see: a list, or 'all' of the bundle."),
        new("requireLayers", AllOrNames, "Layers without which a subject takes no part: a list of those above, or 'all' of them; without it a subject may lack any."),
        new("observations", new EitherShape(new BooleanShape(), new ListShape(Name)), "Repeated measurements that models see: a list of variables, or true for all.", Default: "false"),
        new("treatment", Treatment, "What each subject received."),
        new("group", Name, "Variable in whose groups pearson-within is measured, such as the drug."),
        new("split", Split, "Who is learnt from and who is judged.", IsRequired: true),
        new("models", new ListShape(Model), "Models to compare, each a name or a mapping with its options.", IsRequired: true),
        new("reference", Name, "Name of the model that the others are compared with; without it the first."),
        new("policy", Policy, "Judges the assignment of each subject to the arm predicted best for it; needs 'treatment' and a binary or continuous target."),
        new("effect", EffectBinder.Shape, "Predicts and judges the effect of one arm against another on each subject; needs 'treatment' and a binary, continuous or survival target."),
        new("intervals", IntervalBinder.Shape, "States for each test subject what holds its outcome (an interval, a set of classes, a bound on the time), and measures how often it did."),
        new("unlike", UnlikenessPlan.Shape, "Counts the test subjects that are unlike the training subjects, and asks whether errors are larger there."),
        new("explain", ExplanationBinder.Shape, "Says why a model predicts what it does of test subjects."),
        new("perturb", PerturbationBinder.Shape, "Changes genes of test subjects, or what a drug acts on, and asks models again."),
        new("translate", TranslationPlan.Shape, "Predicts one layer of test subjects from others, and measures how well."),
        new("seeds", new ListShape(new IntegerShape(0, long.MaxValue)), "Seeds of models and drawn splits; without it the one seed 1."),
        new("metrics", new ListShape(Metric), "Measures, the leading one first; without it all of the kind of target."),
        new("confidence", new NumberShape(0.5, 1, ExcludesLimits: true), "Level of every interval, as a fraction.", Default: "0.95"),
        new("resamples", new IntegerShape(100, 100_000), "Bootstrap resamples of the test subjects of a single split.", Default: "1000"),
        new("minimumEvents", new IntegerShape(1, 1_000_000), "Fewest events, or subjects of the rarest class, that are not refused.", Default: "20"),
        new("allowFewEvents", new BooleanShape(), "Go on, with a note, below that number.", Default: "false"),
        new("allowAllMissing", new BooleanShape(), "Go on, with a note, where a feature or a subject has no value at all.", Default: "false"),
    ]);

    /// <summary>The JSON Schema of evaluation files.</summary>
    public static string ToJsonSchema() => ScenarioSchema.ToJson(Root, "DigitalTwin evaluation, version 1");

    private static EitherShape AllOrNames => new(new ChoiceShape([All]), new ListShape(Name));

    private static VariantShape Target => new(
    [
        new("binary", "Whether something happened.", new MappingShape(
        [
            new("variable", Name, "Binary or categorical variable.", IsRequired: true),
            new("event", Text, "Level of a categorical variable that counts as having happened."),
        ])),
        new("multi-class", "One of several classes.", new MappingShape([ClassVariable, Levels("Classes; without it every level.")])),
        new("ordinal", "One of several classes in an order.", new MappingShape([ClassVariable, Levels("Classes from low to high; without it every level in the manifest's order.")])),
        new("survival", "Time from day 0 to an event.", new MappingShape(
        [
            new("event", Name, "Endpoint of the cohort.", IsRequired: true),
            new("horizon", new DurationShape(), "End of the follow-up analysed; without it the longest follow-up."),
        ])),
        new("continuous", "A value on a scale.", new MappingShape([new("variable", Name, "Numeric variable.", IsRequired: true)])),
    ]);

    private static Field ClassVariable => new("variable", Name, "Categorical variable.", IsRequired: true);

    private static Field Levels(string text) => new("levels", new ListShape(Text), text);

    private static MappingShape Treatment => new(
    [
        new("variable", Name, "Categorical or binary variable of role treatment.", IsRequired: true),
        new("arms", new ListShape(new MappingShape(
        [
            new("level", Text, "Level of the variable.", IsRequired: true),
            new("drugs", new ListShape(new MappingShape(
            [
                new("name", Text, "Name of the drug.", IsRequired: true),
                new("dose", new NumberShape(0, 1000, ExcludesLimits: true), "Dose over the usual dose.", Default: "1"),
                new("targets", new ListShape(Text), "Approved symbols of the genes it acts on; a leading + for one it activates."),
            ]), MinimumCount: 0), "Its drugs; an empty list for no treatment.", IsRequired: true),
        ])), "What levels mean; one that is not listed is a drug of its name without known targets."),
    ]);

    private static MappingShape Policy => new(
    [
        new("best", new ChoiceShape([PolicyBinder.Highest, PolicyBinder.Lowest]), "Whether a high or a low outcome is good.", IsRequired: true),
        new("model", Name, "Name of the model whose out-of-fold predictions under every arm decide.", IsRequired: true),
        new("propensity", new ListShape(Name), "Covariates on which the probability of an arm depends.", IsRequired: true),
        new("leastPropensity", new NumberShape(0, 0.5, ExcludesLimits: true), "An arm less probable for a subject than this is not chosen for it.", Default: "0.02"),
    ]);

    private static Field KeepTogether => new("keepTogether", Name, "Variable whose groups are never parted, such as the cell line.");

    private static Field Repeats(int usual) => new("repeats", new IntegerShape(1, 1000), "Times it is drawn anew.", Default: FormattableString.Invariant($"{usual}"));

    private static VariantShape Split => new(
    [
        new("column", "One split, given by a variable.", new MappingShape(
        [
            new("variable", Name, "Variable that says who is on which side.", IsRequired: true),
            new("training", new EitherShape(Text, new ListShape(Text)), "Value, or values, of the training subjects.", Default: "train"),
            new("test", new EitherShape(Text, new ListShape(Text)), "Value, or values, of the test subjects.", Default: "test"),
            KeepTogether,
        ])),
        new("folds", "Folds given by a variable; each is held out once.", new MappingShape([new("variable", Name, "Variable with the fold.", IsRequired: true), KeepTogether])),
        new("k-fold", "Folds drawn by the seed, alike in outcome and arm.", new MappingShape(
        [
            new("folds", new IntegerShape(2, 100), "Number of folds.", Default: "5"), Repeats(1), KeepTogether,
        ])),
        new("re-splits", "Training sets drawn again and again, alike in outcome and arm.", new MappingShape(
        [
            new("trainingSubjects", new IntegerShape(2, 100_000_000), "Size of the training set; without it trainingShare decides."),
            new("trainingShare", new NumberShape(0, 1, ExcludesLimits: true), "Share of subjects in the training set.", Default: "0.7"),
            Repeats(20),
            KeepTogether,
        ])),
    ]);

    private static Field[] OfEveryModel =>
    [
        new("name", Name, "Name in the tables; without it the type."),
        new("covariates", new ListShape(Name, MinimumCount: 0), "Covariates this model sees, a subset; without it all of the evaluation."),
        new("layers", new ListShape(Name, MinimumCount: 0), "Layers this model sees, a subset; without it all of the evaluation."),
    ];

    private static EitherShape Model => new(
        new ChoiceShape([.. ModelRegistry.Entries.Select(e => e.Name)]),
        new VariantShape([.. ModelRegistry.Entries.Select(e => new Variant(e.Name, e.Text, new MappingShape([.. OfEveryModel, .. e.Options])))]));
}
