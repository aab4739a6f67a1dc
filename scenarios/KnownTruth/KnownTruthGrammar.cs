using DigitalTwin.Scenarios.Language.Grammar;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>Every key of a known-truth file, version 1. Defaults are those of <see cref="Models.KnownTruth.KnownTruthOptions"/>; a test holds them together.</summary>
public static class KnownTruthGrammar
{
    /// <summary>Value of the key <c>schema</c>.</summary>
    public const string Schema = "digitaltwin/known-truth/1";

    private const double LargestLogOdds = 5;

    private static readonly TextShape Text = new();

    /// <summary>The file as a whole.</summary>
    public static MappingShape Root { get; } = new(
    [
        new("schema", new ChoiceShape([Schema]), "Version of the language.", IsRequired: true),
        new("title", Text, "One line for the table.", IsRequired: true),
        new("target", Text, "Approved symbol of the gene that the drug inhibits; it must signal to another gene of the reference network.", IsRequired: true),
        new("genes", new IntegerShape(5, 300), "Genes measured: the target and those nearest to it by signed, directed edges.", Default: "60"),
        new("trial", Trial, "The randomised trial; without it all defaults."),
        new("external", External, "An external cohort under control; without it there is none."),
        new("replicates", new IntegerShape(2, 100_000), "Trials drawn and analysed.", Default: "20"),
        new("seed", new IntegerShape(0, long.MaxValue), "Seed of everything that is drawn.", IsRequired: true),
        new("learner", new ChoiceShape([.. KnownTruthLearners.Names]), "What predicts outcomes, arms and effects.", Default: KnownTruthLearners.Names[0]),
    ]);

    /// <summary>The JSON Schema of known-truth files.</summary>
    public static string ToJsonSchema() => ScenarioSchema.ToJson(Root, "DigitalTwin known truth, version 1");

    private static MappingShape Trial => new(
    [
        new("subjects", new IntegerShape(40, 100_000), "Subjects of both arms together.", Default: "400"),
        new("treatedShare", new NumberShape(0.05, 0.95), "Probability of the treated arm.", Default: "0.5"),
        new("meanLogOddsEffect", LogOdds, "Log odds ratio of an event under the drug, at a target of mean activity.", Default: "-0.7"),
        new("effectHeterogeneity", LogOdds, "Change of that log odds ratio with the activity of the target, for one standard deviation about; 0 for one effect for all.", Default: "-0.8"),
        new("expressionMissing", Share, "Share of subjects without expression.", Default: "0.1"),
        new("proteinMissing", Share, "Share of subjects without protein; older subjects lack it more often.", Default: "0.4"),
    ]);

    private static MappingShape External => new(
    [
        new("subjects", new IntegerShape(20, 100_000), "Subjects, all under control.", Default: "400"),
        new("selection", LogOdds, "How strongly older and mutated subjects are over-represented, log odds a standard deviation.", Default: "0.8"),
        new("outcomeDrift", LogOdds, "By how much the log odds of an event differ from the trial's for reasons that nobody measured.", Default: "0.3"),
        new("assayDrift", LogOdds, "Shift of a third of the genes' expression, in standard deviations.", Default: "0.5"),
    ]);

    private static NumberShape LogOdds => new(-LargestLogOdds, LargestLogOdds);

    private static NumberShape Share => new(0, 0.95);
}
