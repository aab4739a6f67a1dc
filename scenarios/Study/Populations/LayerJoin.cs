using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Puts an omics layer of two arms into one.</summary>
internal static class LayerJoin
{
    /// <summary>The treated subjects' rows, then the control subjects', with the features that both cohorts have. Null where there is a fault.</summary>
    /// <param name="name">Name of the layer, which both cohorts have.</param>
    /// <param name="treated">Subjects of the treated arm.</param>
    /// <param name="control">Subjects of the control arm.</param>
    /// <param name="checks">Takes the fault that no feature is shared, or that too little was measured in an arm.</param>
    /// <param name="warnings">Takes what is lost, and how many subjects have nothing of the layer.</param>
    public static OmicsLayer? Of(string name, Cohort treated, Cohort control, AssemblyChecks checks, List<StudyWarning> warnings)
    {
        var (first, second) = (LayerOf(name, treated), LayerOf(name, control));
        var places = second.Features.Index().ToDictionary(f => f.Item, f => f.Index, StringComparer.Ordinal);
        int[] inFirst = [.. Enumerable.Range(0, first.Features.Count).Where(f => places.ContainsKey(first.Features[f]))];
        if (!checks.SharesFeatures(name, first, second, inFirst.Length))
        {
            return null;
        }

        if (inFirst.Length < Math.Max(first.Features.Count, second.Features.Count))
        {
            var shared = inFirst.Select(f => first.Features[f]).ToHashSet(StringComparer.Ordinal);
            string[] lost = [.. first.Features.Concat(second.Features).Where(f => !shared.Contains(f))];
            warnings.Add(new StudyWarning(
                "layer-features", $"Layer '{name}' has {first.Features.Count} features in the treated arm's cohort and {second.Features.Count} in the control arm's; the twins see the {inFirst.Length} of both, without {AssemblyChecks.Names(lost)}."));
        }

        // A feature that nobody of an arm has a value of is as good as not of its cohort.
        var unmeasured = first.FeaturesWithoutValue().Concat(second.FeaturesWithoutValue()).ToHashSet(StringComparer.Ordinal);
        unmeasured.IntersectWith(inFirst.Select(f => first.Features[f]));
        if (unmeasured.Count > 0 && unmeasured.Count < inFirst.Length)
        {
            warnings.Add(new StudyWarning(
                "layer-features", $"{unmeasured.Count} feature{(unmeasured.Count == 1 ? " has" : "s have")} no value for any subject of an arm in layer '{name}' and {(unmeasured.Count == 1 ? "is" : "are")} left out: {AssemblyChecks.Names([.. unmeasured])}."));
            inFirst = [.. inFirst.Where(f => !unmeasured.Contains(first.Features[f]))];
        }

        int[] inSecond = [.. inFirst.Select(f => places[first.Features[f]])];
        string[] features = [.. inFirst.Select(f => first.Features[f])];
        float[] values = [.. Rows(first.Choose(features, inFirst)), .. Rows(second.Choose(features, inSecond))];
        var layer = new OmicsLayer(name, first.Unit, features, values);
        var (withoutTreated, withoutControl) = (Without(layer, 0, treated.Count), Without(layer, treated.Count, control.Count));
        if (!checks.IsMeasured(name, treated.Count - withoutTreated.Length, control.Count - withoutControl.Length))
        {
            return null;
        }

        if (withoutTreated.Length + withoutControl.Length > 0)
        {
            var ids = withoutTreated.Select(i => treated.Subjects[i].Value).Concat(withoutControl.Select(i => control.Subjects[i].Value));
            warnings.Add(new StudyWarning(
                "layer-missing", $"{withoutTreated.Length} of {treated.Count} treated and {withoutControl.Length} of {control.Count} control subjects have nothing of layer '{name}' ({AssemblyChecks.Names([.. ids])}): the twins forecast them by what else is known."));
        }

        return layer;
    }

    private static OmicsLayer LayerOf(string name, Cohort cohort) => cohort.OmicsLayers.First(l => l.Name == name);

    private static IEnumerable<float> Rows(OmicsLayer layer) => Enumerable.Range(0, layer.SubjectCount).SelectMany(i => layer.Row(i).ToArray());

    /// <summary>Places, among some of the subjects, of those without any value.</summary>
    private static int[] Without(OmicsLayer layer, int start, int count) => [.. Enumerable.Range(0, count).Where(i => !layer.HasValue(start + i))];
}
