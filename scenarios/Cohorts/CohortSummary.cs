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
            [.. cohort.OmicsLayers.Select(l => new OmicsSummary(l.Name, l.Unit, l.Features.Count))]);
    }
}

/// <remarks>
/// FeatureCount: features of each subject.
/// </remarks>
public sealed record OmicsSummary(string Name, string Unit, int FeatureCount);

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
