using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>A complete result of the size and shape of the gbsg job. Headline figures are those of the truths file; curves, weights and
/// twins are drawn from a small generator, so nothing here is evidence of anything but layout and format.</summary>
internal static class SampleRun
{
    public static readonly Duration Horizon = Duration.From(5, TimeUnit.Year);

    public static RunResult Create() => new(
        new ScenarioIdentity("Hormone therapy after breast cancer surgery: GBSG treated arm with a Rotterdam control arm", "gbsg-hormone-therapy.yaml", Hash('a')),
        new EngineIdentity("0.1.0", 20261124, "cpu"),
        [Input("gbsg", "German Breast Cancer Study Group 2", 686), Input("rotterdam", "Rotterdam tumour bank", 2982)],
        Variables(),
        [
            new ArmResult(new ArmId("hormone"), "Hormone therapy", ArmRole.Treated, new CohortId("gbsg"), 246, 94, Duration.FromDays(1645)),
            new ArmResult(new ArmId("external"), "No hormone therapy (Rotterdam)", ArmRole.Control, new CohortId("rotterdam"), 1207, 688, Duration.FromDays(2410)),
        ],
        Flows(),
        new EndpointResult("rfs", "Recurrence-free survival", EndpointKind.TimeToEvent, "recurrence or death", Horizon, TimeUnit.Year, "d", false),
        Estimand(),
        SampleControlArms.Create(),
        SampleEstimates.Create(),
        SampleCurves.Create(),
        SampleTwins.Model(),
        SampleTwins.Trial(),
        SampleTwins.Response(),
        Reveal(),
        [
            new StudyWarning("low-effective-sample-size", "Effective control sample 252 is 21 % of the 1207 control subjects.", "att-weights"),
            new StudyWarning("different-cointervention", "All GBSG subjects received CMF chemotherapy; it differs in the external cohort and cannot be adjusted for."),
        ],
        new RunEnvironment(new DateTimeOffset(2026, 11, 24, 3, 0, 0, TimeSpan.Zero), 2, "Linux", ".NET 10", [new StepTiming("read", 0.2), new StepTiming("fit", 1.4)]));

    /// <summary>A fixed stream of numbers in (0, 1), for layout only.</summary>
    public static IEnumerable<double> Uniforms(uint seed)
    {
        var state = seed;
        while (true)
        {
            state = (state * 1664525u) + 1013904223u;
            yield return ((state >> 8) + 0.5) / 16777216.0;
        }
    }

    /// <summary>Numbers near a normal distribution: sums of uniforms.</summary>
    public static double[] Normals(uint seed, int count, double mean, double deviation) =>
        [.. Uniforms(seed).Chunk(12).Take(count).Select(c => mean + (deviation * (c.Sum() - 6)))];

    public static string Hash(char digit) => new(digit, 64);

    private static InputResult Input(string id, string title, int rows) => new(
        new CohortId(id), title, "Debian r-cran-survival 3.5-3; Schumacher et al., J Clin Oncol 1994;12:2086-93", "LGPL-2.1-or-later", Hash('b'), [new InputTable("subjects", rows, Hash('c')), new InputTable("events", rows, Hash('d'))]);

    private static VariableText[] Variables() =>
    [
        new("age", "Age at surgery", "a"),
        new("meno", "Menopausal status", string.Empty),
        new("size", "Tumour size", string.Empty),
        new("grade", "Tumour grade", string.Empty),
        new("nodes", "Positive lymph nodes", "1"),
        new("pgr", "Progesterone receptors", "fmol/mg"),
        new("er", "Oestrogen receptors", "fmol/mg"),
    ];

    private static PopulationFlow[] Flows() =>
    [
        new("treated", new ArmId("hormone"), new CohortId("gbsg"), 686, [new ExclusionStep("hormone therapy given", 440, 246)]),
        new("external", new ArmId("external"), new CohortId("rotterdam"), 2982, [
            new ExclusionStep("at least one positive node", 1436, 1546), new ExclusionStep("no hormone therapy", 339, 1207), new ExclusionStep("every baseline covariate known", 0, 1207)]),
    ];

    private static EstimandResult Estimand() => new(
        EstimandPopulation.Att,
        "Women with primary node-positive breast cancer who received hormone therapy in GBSG",
        "Two years of tamoxifen after surgery and chemotherapy",
        "The same women without hormone therapy",
        "Time from randomisation (external: surgery) to recurrence or death, cut at 5 years",
        "Hazard ratio over 5 years",
        [new IntercurrentEventText("Death without recurrence", "composite: counts as an event."), new IntercurrentEventText("Stopping tamoxifen early", "treatment policy: followed as assigned.")]);

    private static RevealResult Reveal()
    {
        var truths = SampleEstimates.Truths();
        return new RevealResult(
            "GBSG randomised control",
            "The 440 women randomised in GBSG to no hormone therapy. They were kept out of every step above: the reader of the run's data cannot reach them until the estimates are fixed.",
            440,
            205,
            truths,
            RevealResult.Compare(SampleEstimates.Create(), truths),
            SampleCurves.Curve("revealed", "GBSG randomised control (revealed)", CurveKind.Revealed, null, 0.158, 440, 41));
    }
}
