namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>Studies that read well and cannot be answered on their data: each is refused with one message that says what to do.</summary>
public sealed class RefusedStudiesTests
{
    private const string Treated = "where: trt == 'test' }";
    private const string Control = "where: trt == 'standard' }";

    [Fact]
    public async Task An_empty_population_names_the_condition_the_last_subject_fell_to()
    {
        using var study = new SmallStudy().With(Treated, "where: trt == 'test' and age > 99 }");
        Assert.Contains("Population 'test' of arm 'test' is empty: the last of its 137 subjects fell to 'trt == 'test' and age > 99'.", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arms_without_events_are_both_named()
    {
        using var study = new SmallStudy().With("12 months", "0.5 days");
        var message = await study.Refusal();
        Assert.Contains("2 faults", message, StringComparison.Ordinal);
        Assert.Contains("Population 'test' of arm 'test' has no event among 68 subjects.", message, StringComparison.Ordinal);
        Assert.Contains("Population 'standard' of arm 'standard' has no event among 69 subjects.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Overlapping_arms_name_three_of_the_shared_subjects()
    {
        using var study = new SmallStudy().With(Control, "where: trt == 'standard' or age > 60 }");
        Assert.Contains(
            "39 subjects are in population 'test' and in population 'standard' (veteran-100, veteran-101, veteran-102, ...).", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Separation_names_the_covariate()
    {
        using var study = new SmallStudy().With(Treated, "where: trt == 'test' and karno >= 60 }").With(Control, "where: trt == 'standard' and karno < 60 }");
        Assert.Contains("karno tells treated and control apart. Leave it out", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_overlap_is_refused_with_the_picture_and_runs_with_a_warning_when_allowed()
    {
        using var study = new SmallStudy()
            .With("terms: [karno, age]", "terms: [karno]")
            .With(Treated, "where: trt == 'test' and (karno >= 70 or karno < 25) }")
            .With(Control, "where: trt == 'standard' and karno <= 50 }");
        var message = await study.Refusal();
        Assert.Contains("88 % of the treated lie outside the propensity scores of the control", message, StringComparison.Ordinal);
        Assert.Contains("'overlap: { allowPoor: true }'", message, StringComparison.Ordinal);
        Assert.Contains("0.10-0.15", message, StringComparison.Ordinal);
        Assert.Contains("(4 | 3)", message, StringComparison.Ordinal);

        using var allowed = await study.With("  methods:", "  overlap: { allowPoor: true }\n  methods:").Run();
        Assert.Contains(allowed.Results().GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "poor-overlap");
    }

    [Fact]
    public async Task Matching_rules_that_nobody_meets_are_named_as_such()
    {
        using var study = new SmallStudy()
            .With("terms: [karno, age]", "terms: [karno, age, celltype, prior, diagtime]")
            .WithMethod("{ id: w, type: matching, covariates: [age], exact: [karno, age, celltype, prior, diagtime] }");
        Assert.Contains("no treated subject finds a control subject within the caliper and the exact variables.", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_of_an_arm_with_too_few_events_are_refused_with_the_number_needed()
    {
        using var study = new SmallStudy().WithTwin().With(Treated, "where: trt == 'test' and age > 70 }").WithMethod("{ id: w, type: unadjusted }");
        Assert.Contains("The treated arm has 5 events; a twin model needs at least 10.", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Twins_without_a_covariate_that_varies_are_refused()
    {
        using var study = new SmallStudy().WithTwin().With("terms: [karno, age]", "terms: [age > 0]").WithMethod("{ id: w, type: unadjusted }");
        Assert.Contains("Every covariate of the twins is the same for all subjects", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hidden_arm_followed_too_briefly_is_refused()
    {
        using var study = new SmallStudy()
            .With(Control, "where: trt == 'standard' and age <= 68 }\n  hidden: { cohort: veteran, where: trt == 'standard' and age > 68 }")
            .With("[hazard-ratio]", "[rmst-difference]")
            .With("controlArm:", "reveal: { population: hidden }\ncontrolArm:");
        Assert.Contains("The hidden arm is followed for 151 days at most, but the rmst-difference is asked for at 365.25 d.", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulated_trial_too_short_for_any_event_is_refused()
    {
        using var study = new SmallStudy().WithTwin().With(
            "controlArm:",
            "simulation: { replicates: 20, followUp: 0.01 days, treatedSubjects: 2, success: { measure: hazard-ratio, rule: upper-limit-below, threshold: 1 } }\ncontrolArm:");
        Assert.Contains("simulation has no answer on these data", await study.Refusal(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ id: w, type: g-computation }", "has no 'inference'. Add it: '{ bootstrap: 1000 }'")]
    [InlineData("{ id: w, type: outcome-regression, inference: { bootstrap: 100 } }", "controlArm.methods[1].inference is a mapping. Write 'analytic'.")]
    [InlineData("{ id: w, type: twin, inference: { bootstrap: 100 } }", "controlArm.methods[1].inference is a mapping. Write 'analytic'.")]
    [InlineData("{ id: w, type: g-computation, population: ATO, inference: { bootstrap: 100 } }", "(g-computation) cannot estimate the ATO. Write 'population: ATT' or 'population: ATE'")]
    public async Task An_interval_or_a_population_a_method_does_not_have_is_refused_not_replaced(string method, string message)
    {
        using var study = new SmallStudy().WithTwin().WithMethod(method);
        Assert.Contains(message, await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exact_matching_on_what_does_not_vary_goes_on_with_a_warning()
    {
        using var study = new SmallStudy().With("terms: [karno, age]", "terms: [karno, age > 0]").WithMethod("{ id: w, type: matching, exact: [age > 0] }");
        using var run = await study.Run();
        Assert.Contains(run.Results().GetProperty("warnings").EnumerateArray(), w => w.GetProperty("code").GetString() == "constant-covariate");
    }

    [Fact]
    public async Task Fifteen_subjects_give_an_answer_with_its_doubts_by_every_method_that_can()
    {
        using var study = new SmallStudy()
            .With(Treated, "where: trt == 'test' and age > 69 }")
            .With(Control, "where: trt == 'standard' and age > 68 }")
            .WithMethod(string.Join(
                "\n    - ",
                "{ id: w, type: unadjusted }",
                "{ id: a, type: propensity-weighting }",
                "{ id: b, type: matching }",
                "{ id: c, type: entropy-balancing }",
                "{ id: d, type: g-computation, inference: { bootstrap: 100 } }",
                "{ id: e, type: doubly-robust }",
                "{ id: f, type: outcome-regression }"));
        using var run = await study.Run();
        var results = run.Results();
        Assert.Equal(15, results.GetProperty("arms").EnumerateArray().Sum(a => a.GetProperty("subjectCount").GetInt32()));
        Assert.NotEmpty(results.GetProperty("warnings").EnumerateArray());
    }
}
