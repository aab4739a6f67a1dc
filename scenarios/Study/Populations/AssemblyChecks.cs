using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Whether the selected subjects can carry the comparison; collects what speaks against it.</summary>
internal sealed class AssemblyChecks(TextLocation file)
{
    private const int ExampleCount = 3;

    private readonly List<Fault> _faults = [];

    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInputException([.. _faults.Distinct()]);
        }
    }

    public void SubjectsOnce(Cohort cohort)
    {
        var doubled = cohort.Subjects.GroupBy(s => s).Where(g => g.Count() > 1).Select(g => g.Key).Order().ToList();
        if (doubled.Count > 0)
        {
            Report($"Cohort '{cohort.Description.Id}' has {doubled.Count} subject ids more than once ({Examples(doubled)}). Give every subject its own id.");
        }
    }

    public void NotEmpty(SelectedSubjects arm)
    {
        if (arm.Subjects.Count == 0)
        {
            var last = arm.Flow.Steps.Count == 0 ? "its cohort is empty" : $"the last of its {arm.Flow.StartCount} subjects fell to '{arm.Flow.Steps[^1].Reason}'";
            Report($"Population '{arm.Flow.Name}' of arm '{arm.Flow.Arm}' is empty: {last}. Widen its condition or choose other covariates.");
        }
    }

    public void Disjoint(SelectedSubjects first, SelectedSubjects second)
    {
        var shared = first.Subjects.Subjects.Intersect(second.Subjects.Subjects).Order().ToList();
        if (shared.Count > 0)
        {
            Report($"{shared.Count} subjects are in population '{first.Flow.Name}' and in population '{second.Flow.Name}' ({Examples(shared)}). Make the conditions exclude each other, or import one cohort with a prefix for its ids.");
        }
    }

    public void HasEvents(SelectedSubjects arm, OutcomeData outcome)
    {
        if (OutcomeReader.CountEvents(outcome) == 0)
        {
            Report($"Population '{arm.Flow.Name}' of arm '{arm.Flow.Arm}' has no event among {outcome.Count} subjects. A comparison needs events in both arms; take a later horizon or a wider population.");
        }
    }

    public void Defined(TermValues values, Cohort subjects)
    {
        var undefined = CovariateBuilder.FindUndefined(values, subjects);
        if (undefined.Count > 0)
        {
            Report($"The covariate '{values.Term.Name}' is undefined for {undefined.Count} subjects of cohort '{subjects.Description.Id}' ({Examples([.. undefined.Select(i => subjects.Subjects[i])])}). Avoid the logarithm of zero and division by zero, for example with 'log(x + 1)'.");
        }
    }

    /// <summary>Whether an omics layer of two cohorts has a feature in common.</summary>
    public bool SharesFeatures(string layer, OmicsLayer treated, OmicsLayer control, int sharedCount)
    {
        if (sharedCount == 0)
        {
            Report($"Layer '{layer}' has no feature in common between the arms' cohorts: the treated arm's begin with '{treated.Features[0]}', the control arm's with '{control.Features[0]}'. Bring both to one kind of feature id, or leave the layer out of twin.layers.");
        }

        return sharedCount > 0;
    }

    /// <summary>Whether a layer was measured in some subjects of both arms.</summary>
    public bool IsMeasured(string layer, int treatedCount, int controlCount)
    {
        var isMeasured = treatedCount > 0 && controlCount > 0;
        if (!isMeasured)
        {
            Report($"Layer '{layer}' was measured in {treatedCount} treated and {controlCount} control subjects. Twins of both arms must learn from it: leave it out of twin.layers.");
        }

        return isMeasured;
    }

    /// <summary>Refuses covariates that are the outcome.</summary>
    public void CovariateIsNotOutcome(string label, IReadOnlyList<ArmId> arms) =>
        Report($"The covariate '{label}' equals the outcome for every subject of {ArmNames(arms)}: methods and twins would be told the answer. Remove it from covariates.terms.");

    /// <summary>Refuses features that are the outcome.</summary>
    public void FeaturesAreNotOutcome(string layer, IReadOnlyList<string> features, IReadOnlyList<ArmId> arms) => Report(
        $"{(features.Count == 1 ? $"Feature '{features[0]}' of layer '{layer}' equals" : $"{features.Count} features of layer '{layer}' ({Names(features)}) equal")} the outcome for every subject of {ArmNames(arms)} that has both: the twins would be told the answer. "
        + "Put it under source.exclude of the layer in the manifest and import again, or leave the layer out of twin.layers.");

    /// <summary>The first few names, in quotation marks.</summary>
    public static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ExampleCount).Select(n => $"'{n}'")) + (names.Count > ExampleCount ? ", ..." : string.Empty);

    private static string ArmNames(IReadOnlyList<ArmId> arms) => $"arm{(arms.Count == 1 ? string.Empty : "s")} {string.Join(" and ", arms.Select(a => $"'{a}'"))}";

    private static string Examples(List<SubjectId> subjects) =>
        string.Join(", ", subjects.Take(ExampleCount)) + (subjects.Count > ExampleCount ? ", ..." : string.Empty);

    private void Report(string message) => _faults.Add(new Fault(file, message));
}
