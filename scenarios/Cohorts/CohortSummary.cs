using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Cohorts;

/// <summary>What a table shows of a cohort.</summary>
public sealed record CohortSummary(
    string Schema,
    string Id,
    string Title,
    string Provenance,
    string Licence,
    string TimeOrigin,
    string Hash,
    int SubjectCount,
    IReadOnlyList<VariableSummary> Variables,
    IReadOnlyList<EndpointSummary> Endpoints,
    IReadOnlyList<ObservedVariableSummary> Observations,
    IReadOnlyList<OmicsSummary> Omics)
{
    /// <summary>Value of <see cref="Schema"/>.</summary>
    public const string SchemaName = "digitaltwin/cohort-summary/1";

    public static CohortSummary Of(CohortBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        var cohort = bundle.Cohort;
        var about = cohort.Description;
        return new CohortSummary(
            SchemaName,
            about.Id.Value,
            about.Title,
            about.Provenance,
            about.Licence,
            about.TimeOrigin,
            bundle.Hash,
            cohort.Count,
            [.. cohort.Columns.Select(VariableSummary.Of)],
            [.. bundle.Manifest.Endpoints.Zip(cohort.Events, EndpointSummary.Of)],
            ObservedVariableSummary.AllOf(cohort.Observations),
            [.. bundle.Manifest.OmicsTables.Zip(cohort.OmicsLayers, OmicsSummary.Of)]);
    }
}

/// <summary>One omics layer of a cohort in a line.</summary>
/// <remarks>
/// FeatureCount: features of each subject.
/// FeatureKind: what they are named by, as the manifest spells it.
/// SubjectCount: subjects with at least one value.
/// MissingShare: share of their values that is missing.
/// EmptyFeatureCount: features without any value.
/// </remarks>
public sealed record OmicsSummary(
    string Name, string Unit, int FeatureCount, string FeatureKind, int SubjectCount, double MissingShare, int EmptyFeatureCount)
{
    public static OmicsSummary Of(OmicsTable declared, OmicsLayer layer)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(layer);
        var hasFeature = new bool[layer.Features.Count];
        var (subjects, missing) = (0, 0L);
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var row = layer.Row(s);
            var present = 0;
            for (var f = 0; f < row.Length; f++)
            {
                var isPresent = !float.IsNaN(row[f]);
                hasFeature[f] |= isPresent;
                present += isPresent ? 1 : 0;
            }

            subjects += present > 0 ? 1 : 0;
            missing += present > 0 ? row.Length - present : 0;
        }

        return new OmicsSummary(
            layer.Name,
            layer.Unit,
            layer.Features.Count,
            declared.FeatureKind,
            subjects,
            subjects == 0 ? 0 : (double)missing / ((long)subjects * layer.Features.Count),
            hasFeature.Count(h => !h));
    }
}

/// <summary>One variable measured repeatedly.</summary>
/// <remarks>
/// Count: number of values.
/// SubjectCount: subjects with at least one value.
/// LastDay: latest day of a value, null without values.
/// </remarks>
public sealed record ObservedVariableSummary(string Name, string Label, string Unit, int Count, int SubjectCount, double? LastDay)
{
    public static IReadOnlyList<ObservedVariableSummary> AllOf(ObservationTable? observations)
    {
        if (observations is null)
        {
            return [];
        }

        var counts = new int[observations.Variables.Count];
        var lastDays = new double?[counts.Length];
        var subjects = counts.Select(_ => new HashSet<int>()).ToArray();
        for (var i = 0; i < observations.Count; i++)
        {
            var variable = observations.VariableIndices[i];
            counts[variable]++;
            lastDays[variable] = Math.Max(lastDays[variable] ?? double.NegativeInfinity, observations.Days[i]);
            subjects[variable].Add(observations.Subjects[i]);
        }

        return [.. observations.Variables.Index().Select(v => new ObservedVariableSummary(
            v.Item.Name, v.Item.Label, v.Item.Unit, counts[v.Index], subjects[v.Index].Count, lastDays[v.Index]))];
    }
}
