using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Makes the trial of a scenario from its cohorts. The result does not depend on the order of subjects in the files.
/// The hidden arm's subjects go into the sealed arm and nowhere else.</summary>
public static class TrialAssembler
{
    /// <param name="scenario">The scenario, bound to the manifests of these cohorts.</param>
    /// <param name="cohorts">Every cohort of the scenario.</param>
    /// <param name="fileName">Name of the scenario file, for faults.</param>
    /// <exception cref="InvalidInputException">The subjects cannot carry the comparison: an arm is empty or without events, subjects stand twice
    /// or in two arms, a covariate term is undefined for some, a covariate or feature is the outcome, or a layer cannot be learnt from in both arms.</exception>
    public static TrialAssembly Assemble(Scenario scenario, IReadOnlyDictionary<CohortId, Cohort> cohorts, string fileName)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(cohorts);
        var checks = new AssemblyChecks(new TextLocation(fileName, 0, 0));
        foreach (var id in scenario.Cohorts.Select(c => c.Id))
        {
            checks.SubjectsOnce(cohorts[id]);
        }

        checks.ThrowIfFaulty();
        var treated = Select(scenario, cohorts, scenario.Arms.Treated.Population, scenario.Arms.Treated.Id);
        var control = Select(scenario, cohorts, scenario.Arms.Control.Population, scenario.Arms.Control.Id);
        var hidden = scenario.Reveal is { } reveal ? Select(scenario, cohorts, reveal.Population, RevealArm) : null;
        checks.NotEmpty(treated);
        checks.NotEmpty(control);
        checks.Disjoint(treated, control);
        if (hidden is not null)
        {
            checks.NotEmpty(hidden);
            checks.Disjoint(treated, hidden);
            checks.Disjoint(control, hidden);
        }

        checks.ThrowIfFaulty();
        var (completeTreated, completeControl) = (CompleteCases(scenario, treated, checks), CompleteCases(scenario, control, checks));
        checks.NotEmpty(completeTreated);
        checks.NotEmpty(completeControl);
        checks.ThrowIfFaulty();

        var warnings = new List<StudyWarning>();
        var (covariates, dropped) = BuildCovariates(scenario, completeTreated.Subjects, completeControl.Subjects, warnings);
        var trial = Join(scenario, completeTreated, completeControl, covariates, checks, warnings);
        var layers = (scenario.Twin?.Layers ?? [])
            .Select(l => LayerJoin.Of(l, completeTreated.Subjects, completeControl.Subjects, checks, warnings)).OfType<OmicsLayer>().ToArray();
        OutcomeLeaks.Refuse(trial, layers, scenario.Arms, checks);
        var sealedArm = hidden is null ? null : Seal(scenario, completeTreated, hidden, checks);
        checks.ThrowIfFaulty();
        return new TrialAssembly(trial, [completeTreated.Flow, completeControl.Flow], sealedArm, warnings) { DroppedTerms = dropped, Layers = layers };
    }

    /// <summary>Name of the hidden arm in its flow of exclusions.</summary>
    public static ArmId RevealArm { get; } = new("reveal");

    private static SelectedSubjects Select(
        Scenario scenario, IReadOnlyDictionary<CohortId, Cohort> cohorts, PopulationId id, ArmId arm)
    {
        var population = scenario.Population(id);
        return PopulationSelector.Select(cohorts[population.Cohort], population, arm, scenario.Endpoint, scenario.Seed);
    }

    private static SelectedSubjects CompleteCases(Scenario scenario, SelectedSubjects arm, AssemblyChecks checks)
    {
        foreach (var term in scenario.Adjustment.Terms)
        {
            var values = CovariateBuilder.Evaluate(term, arm.Subjects);
            checks.Defined(values, arm.Subjects);
            if (scenario.Adjustment.Missing == MissingCovariates.CompleteCase)
            {
                arm = arm.Keep($"covariate known: {term.Name}", Array.ConvertAll(values.Values, v => !double.IsNaN(v)));
            }
        }

        return arm;
    }

    private static (CovariateMatrix Covariates, IReadOnlyList<string> Dropped) BuildCovariates(
        Scenario scenario, Cohort treated, Cohort control, List<StudyWarning> warnings)
    {
        var columns = new List<(CovariateColumn Column, double[] Values)>();
        var dropped = new List<string>();
        foreach (var term in scenario.Adjustment.Terms)
        {
            var (ofTreated, ofControl) = (CovariateBuilder.Evaluate(term, treated), CovariateBuilder.Evaluate(term, control));
            WarnOfImputed(ofTreated, ofControl, warnings);
            var laidOut = CovariateBuilder.LayOut(ofTreated, ofControl);
            var varying = laidOut.Where(c => c.Values.Any(v => v != c.Values[0])).ToList();
            foreach (var (column, _) in laidOut.Except(varying))
            {
                warnings.Add(new StudyWarning(
                    "constant-covariate", $"'{column.Label}' is the same for every subject of both arms and was left out of the covariates."));
            }

            columns.AddRange(varying);
            if (varying.Count == 0)
            {
                dropped.Add(term.Name);
            }
        }

        var count = treated.Count + control.Count;
        var values = new double[count * columns.Count];
        for (var c = 0; c < columns.Count; c++)
        {
            for (var i = 0; i < count; i++)
            {
                values[(i * columns.Count) + c] = columns[c].Values[i];
            }
        }

        return (new CovariateMatrix([.. columns.Select(c => c.Column)], count, values), dropped);
    }

    private static void WarnOfImputed(TermValues treated, TermValues control, List<StudyWarning> warnings)
    {
        var (inTreated, inControl) = (treated.Values.Count(double.IsNaN), control.Values.Count(double.IsNaN));
        if (inTreated + inControl > 0)
        {
            warnings.Add(new StudyWarning(
                "covariate-imputed",
                $"'{treated.Label}' is missing for {inTreated} of {treated.Values.Length} treated and {inControl} of {control.Values.Length} control subjects: one value stands in, a column marks it, and intervals do not hold this uncertainty."));
        }
    }

    private static TrialData Join(
        Scenario scenario, SelectedSubjects treated, SelectedSubjects control, CovariateMatrix covariates, AssemblyChecks checks, List<StudyWarning> warnings)
    {
        var (treatedOutcome, controlOutcome) =
            (OutcomeReader.Read(treated.Subjects, scenario.Endpoint), OutcomeReader.Read(control.Subjects, scenario.Endpoint));
        checks.HasEvents(treated, treatedOutcome);
        checks.HasEvents(control, controlOutcome);
        var competing = OutcomeReader.CountCompetingEvents(treated.Subjects, scenario.Endpoint)
            + OutcomeReader.CountCompetingEvents(control.Subjects, scenario.Endpoint);
        if (competing > 0)
        {
            warnings.Add(new StudyWarning(
                "competing-events-censored", $"{competing} subjects had a competing event and count as censored then: hazard ratios are cause-specific."));
        }

        return new TrialData(
            [.. treated.Subjects.Subjects, .. control.Subjects.Subjects],
            [.. Enumerable.Repeat(true, treated.Subjects.Count), .. Enumerable.Repeat(false, control.Subjects.Count)],
            covariates,
            OutcomeReader.Append(treatedOutcome, controlOutcome));
    }

    private static SealedArm Seal(Scenario scenario, SelectedSubjects treated, SelectedSubjects hidden, AssemblyChecks checks)
    {
        var outcome = OutcomeReader.Read(hidden.Subjects, scenario.Endpoint);
        checks.HasEvents(hidden, outcome);
        var count = treated.Subjects.Count + hidden.Subjects.Count;
        var trial = new TrialData(
            [.. treated.Subjects.Subjects, .. hidden.Subjects.Subjects],
            [.. Enumerable.Repeat(true, treated.Subjects.Count), .. Enumerable.Repeat(false, hidden.Subjects.Count)],
            new CovariateMatrix([], count, []),
            OutcomeReader.Append(OutcomeReader.Read(treated.Subjects, scenario.Endpoint), outcome));
        return new SealedArm(trial, hidden.Flow, hidden.Flow.Name);
    }
}
