using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>Every key of the scenario language, version 1.</summary>
public static class ScenarioGrammar
{
    private static readonly TextShape Text = new();
    private static readonly NameShape Name = new();
    private static readonly ListShape CovariateNames = new(new ExpressionShape());

    /// <summary>The file as a whole.</summary>
    public static MappingShape Root { get; } = new(
    [
        new("schema", new ChoiceShape([Scenario.Schema]), "Version of the language.", IsRequired: true),
        new("title", Text, "One line for the report.", IsRequired: true),
        new("seed", new IntegerShape(0, long.MaxValue), "Seed of every random stream; the same seed gives the same bytes.", IsRequired: true),
        new("cohorts", new NamedShape("cohort", Cohort), "Cohort bundles to use.", IsRequired: true),
        new("populations", new NamedShape("population", Population), "Subjects selected from the cohorts.", IsRequired: true),
        new("arms", new NamedShape("arm", Arm), "The two arms compared: one treated, one control.", IsRequired: true),
        new("endpoint", Endpoint, "What is measured on every subject.", IsRequired: true),
        new("estimand", Estimand, "Whose effect is estimated, and which summary of it.", IsRequired: true),
        new("covariates", Covariates, "Baseline covariates the arms are made comparable on."),
        new("twin", Twin, "Twin model that forecasts each subject."),
        new("controlArm", ControlArm, "Methods that build the control arm.", IsRequired: true),
        new("simulation", Simulation, "Trial to simulate from the twins' forecasts."),
        new("reveal", Reveal, "Hidden real control arm, opened only to check finished estimates."),
    ]);

    private static MappingShape Cohort => new(
    [
        new("bundle", Text, "Folder of the bundle, relative to the scenario file and inside its folder.", IsRequired: true),
    ]);

    private static MappingShape Population => new(
    [
        new("cohort", Name, "Cohort the subjects come from.", IsRequired: true),
        new("where", new ExpressionShape(), "Condition a subject must meet; without it the whole cohort."),
        new("half", new ChoiceShape(["first", "second"]), "Half of them, drawn by subject id and the scenario's seed; 'first' and 'second' share nobody. Without it all of them."),
    ]);

    private static MappingShape Arm => new(
    [
        new("population", Name, "Population of the arm.", IsRequired: true),
        new("role", new ChoiceShape(["treated", "control"]), "Whether the arm is judged or is the reference.", IsRequired: true),
        new("kind", new ChoiceShape([Spelling.Of(ControlArmKind.Concurrent), Spelling.Of(ControlArmKind.External)]),
            "Of a control arm: randomised beside the treated arm, or real subjects from outside the trial."),
        new("label", Text, "Words for the report; without it the name of the arm."),
    ]);

    private static VariantShape Endpoint => new(
    [
        new("time-to-event", "Time from day 0 to an event.", new MappingShape(
        [
            new("event", Name, "Endpoint of the cohorts.", IsRequired: true),
            new("horizon", new DurationShape(), "End of the follow-up analysed.", IsRequired: true),
            new("eventText", Text, "The event in words, such as 'recurrence or death'; without it the label."),
            .. EndpointWords,
        ])),
        new("binary", "Whether something happened.", new MappingShape(
        [
            new("variable", Name, "Binary variable of role outcome.", IsRequired: true),
            .. EndpointWords,
        ])),
        new("continuous", "A value on a scale.", new MappingShape(
        [
            new("variable", Name, "Numeric variable of role outcome.", IsRequired: true),
            .. EndpointWords,
        ])),
    ]);

    private static Field[] EndpointWords =>
    [
        new("label", Text, "Words for the report; without it the cohort's label."),
        new("higherIsBetter", new BooleanShape(), "Whether the event, or a higher value, is good for the subject.", Default: "false"),
    ];

    private static MappingShape Estimand => new(
    [
        new("population", ScenarioChoices.Population, "Whose effect: ATT (the treated), ATO (the overlap) or ATE (both arms together).", IsRequired: true),
        new("measures", new ListShape(Measure), "Summary measures; the first is the primary one.", IsRequired: true),
        new("intercurrentEvents", new ListShape(IntercurrentEvent, MinimumCount: 0), "Events after day 0 and how they are handled (ICH E9 R1)."),
        new("confidence", new NumberShape(0.5, 1, ExcludesLimits: true), "Level of every interval, as a fraction.", Default: "0.95"),
    ]);

    private static ChoiceShape MeasureChoice => new(Spelling.All<SummaryMeasure>());

    private static EitherShape Measure => new(MeasureChoice, new MappingShape(
    [
        new("measure", MeasureChoice, "Summary measure.", IsRequired: true),
        new("at", new EitherShape(new DurationShape(), new ListShape(new DurationShape())),
            "Time, or list of times, of an RMST or survival difference; without it the horizon."),
    ]));

    private static MappingShape IntercurrentEvent => new(
    [
        new("event", Text, "What may happen after day 0.", IsRequired: true),
        new("strategy", new ChoiceShape(Spelling.All<IntercurrentEventStrategy>()), "Strategy of ICH E9 (R1).", IsRequired: true),
        new("text", Text, "Why, and what it means here.", IsRequired: true),
    ]);

    private static MappingShape Covariates => new(
    [
        new("terms", new ListShape(new ExpressionShape()), "Variables, or numbers and conditions computed from them.", IsRequired: true),
        new("missing", new ChoiceShape(Spelling.All<MissingCovariates>()), "What to do with a subject whose covariate is missing.", IsRequired: true),
    ]);

    private static MappingShape Twin => new(
    [
        new("model", ScenarioChoices.TwinModel, "Kind of model; must fit the endpoint.", IsRequired: true),
        new("covariates", CovariateNames, "Terms the model sees, a subset of covariates.terms; without it all."),
        new("layers", new ListShape(new NameShape()), "Omics layers the model sees besides the terms; 'multi-omics' only."),
        new("members", new IntegerShape(2, 500), "Bootstrap members trained without each fold; without it 5 of multi-omics, 25 of the others."),
        new("folds", new IntegerShape(2, 20), "Cross-fitting folds.", Default: "5"),
    ]);

    private static MappingShape ControlArm => new(
    [
        new("primary", Name, "Id of the method whose estimate answers the question.", IsRequired: true),
        new("methods", new ListShape(MethodGrammar.Method), "Every method to run.", IsRequired: true),
        new("overlap", new MappingShape(
        [
            new("allowPoor", new BooleanShape(), "Go on, with a warning, where treated subjects have no comparable control.", Default: "false"),
        ]), "What to do where the arms hardly overlap."),
    ]);

    private static MappingShape Simulation => new(
    [
        new("replicates", new IntegerShape(1, 1_000_000), "Simulated trials.", Default: "1000"),
        new("treatedSubjects", new IntegerShape(2, 1_000_000), "Size of the treated arm; without it as many as observed."),
        new("controlSubjects", new IntegerShape(2, 1_000_000), "Size of the control arm; without it as many as treated."),
        new("accrual", new DurationShape(AllowsZero: true), "Time over which subjects enter, evenly.", Default: "0 days"),
        new("followUp", new DurationShape(), "Time from the last entry to the end of the trial.", IsRequired: true),
        new("dropoutPerYear", new NumberShape(0, 10), "Constant hazard of leaving early, exits per subject-year (0.02 = 2 % a year).", Default: "0"),
        new("success", new MappingShape(
        [
            new("measure", MeasureChoice, "One of the estimand's measures.", IsRequired: true),
            new("at", new DurationShape(), "Time of an RMST or survival difference; without it the horizon."),
            new("rule", new ChoiceShape(Spelling.All<SuccessRule>()), "Which number is held against the threshold.", IsRequired: true),
            new("threshold", new NumberShape(double.NegativeInfinity, double.PositiveInfinity),
                "On the natural scale of the measure: ratios as ratios, RMST differences in days, other differences as fractions.", IsRequired: true),
        ]), "When a simulated trial counts as a success.", IsRequired: true),
    ]);

    private static MappingShape Reveal => new(
    [
        new("population", Name, "Population of the hidden arm; never the population of an arm.", IsRequired: true),
    ]);
}
