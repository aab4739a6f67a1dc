using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>Builds ADSL and the endpoint's data set from the analysed rows, in their order.</summary>
public static class AdamBuilder
{
    /// <exception cref="ArgumentException">A subject of the trial is missing from its arm's cohort, or weights do not match the rows.</exception>
    public static AdamDatasets Build(AdamStudy study)
    {
        ArgumentNullException.ThrowIfNull(study);
        foreach (var weights in study.Weights.Where(w => w.Weights.Values.Length != study.Trial.Count))
        {
            throw new ArgumentException($"Method '{weights.MethodId}' has {weights.Weights.Values.Length} weights for {study.Trial.Count} rows.", nameof(study));
        }

        return new AdamDatasets(BuildSubjects(study), BuildEndpoint(study));
    }

    private static AdamDataset BuildSubjects(AdamStudy study)
    {
        var columns = IdentityColumns(study);
        columns.Add(Text("ARM", "Description of Planned Arm", study, arm => arm.Arm.Label));
        columns.Add(Text("COHORT", "Source Cohort", study, arm => arm.Arm.Cohort.Value));
        var taken = columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        taken.UnionWith(["PARAMCD", "PARAM", "AVAL", "AVALU", "CNSR", "EVNTDESC"]);
        columns.AddRange(AdamCovariates.Columns(study, taken));
        foreach (var method in study.Weights)
        {
            if (method.Weights.PropensityScores is { } scores)
            {
                columns.Add(new AdamNumberColumn(AdamNames.Take("PS_", method.MethodId, taken), $"Propensity Score, {method.MethodId}", scores));
            }
        }

        columns.AddRange(WeightColumns(study, taken));
        return new AdamDataset("ADSL", "Subject-Level Analysis Dataset", columns);
    }

    private static AdamDataset BuildEndpoint(AdamStudy study)
    {
        var columns = IdentityColumns(study);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var code = AdamNames.Take(string.Empty, study.Endpoint.Name, taken);
        columns.Add(Constant("PARAMCD", "Parameter Code", study, code));
        columns.Add(Constant("PARAM", "Parameter", study, study.Endpoint.Label));
        switch (study.Trial.Outcome)
        {
            case SurvivalOutcome survival:
                columns.Add(new AdamNumberColumn("AVAL", "Analysis Value", survival.Days));
                columns.Add(Constant("AVALU", "Analysis Value Unit", study, "DAYS"));
                columns.Add(new AdamNumberColumn("CNSR", "Censor (0 event, 1 censored)", [.. survival.HadEvent.Select(e => e ? 0.0 : 1.0)]));
                break;
            case BinaryOutcome binary:
                columns.Add(new AdamNumberColumn("AVAL", "Analysis Value", [.. binary.Occurred.Select(o => o ? 1.0 : 0.0)]));
                columns.Add(Constant("AVALU", "Analysis Value Unit", study, null));
                break;
            case ContinuousOutcome continuous:
                columns.Add(new AdamNumberColumn("AVAL", "Analysis Value", continuous.Values));
                columns.Add(Constant("AVALU", "Analysis Value Unit", study, continuous.Unit));
                break;
        }

        columns.AddRange(WeightColumns(study, columns.Select(c => c.Name).ToHashSet(StringComparer.Ordinal)));
        return study.Trial.Outcome.Kind == EndpointKind.TimeToEvent
            ? new AdamDataset("ADTTE", "Time-to-Event Analysis Dataset", columns)
            : new AdamDataset("ADEFF", "Efficacy Analysis Dataset", columns);
    }

    private static List<AdamColumn> IdentityColumns(AdamStudy study) =>
    [
        Constant("STUDYID", "Study Identifier", study, study.StudyId),
        new AdamTextColumn("USUBJID", "Unique Subject Identifier", [.. Rows(study).Select(r => $"{study.StudyId}-{r.Arm.Arm.Cohort}-{r.Subject}")]),
        new AdamTextColumn("SUBJID", "Subject Identifier for the Study", [.. Rows(study).Select(r => r.Subject.Value)]),
        Text("TRT01P", "Planned Treatment for Period 01", study, arm => arm.Arm.Label),
        new AdamNumberColumn("TRT01PN", "Planned Treatment for Period 01 (N)", [.. study.Trial.Treated.Select(t => t ? 1.0 : 0.0)]),
    ];

    private static IEnumerable<AdamColumn> WeightColumns(AdamStudy study, HashSet<string> taken) =>
        study.Weights.Select(m => new AdamNumberColumn(AdamNames.Take("WT_", m.MethodId, taken), $"Analysis Weight, {m.MethodId}", m.Weights.Values));

    private static AdamTextColumn Constant(string name, string label, AdamStudy study, string? value) =>
        new(name, label, [.. Enumerable.Repeat(value, study.Trial.Count)]);

    private static AdamTextColumn Text(string name, string label, AdamStudy study, Func<AdamArm, string> of) =>
        new(name, label, [.. Rows(study).Select(r => of(r.Arm))]);

    private static IEnumerable<(SubjectId Subject, AdamArm Arm)> Rows(AdamStudy study) =>
        study.Trial.Subjects.Select((subject, row) => (subject, study.Trial.Treated[row] ? study.Treated : study.Control));
}
