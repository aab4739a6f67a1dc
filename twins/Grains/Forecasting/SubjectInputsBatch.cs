using DigitalTwin.Contracts;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Lays the enrolled subjects of a batch out as the inputs of one model call.</summary>
internal static class SubjectInputsBatch
{
    /// <param name="columns">Covariates of every subject.</param>
    /// <param name="layers">Omics layers of every subject; null for none.</param>
    /// <param name="subjects">As enrolled.</param>
    public static TwinInputs Of(IReadOnlyList<CovariateColumn> columns, IReadOnlyList<LayerFeatures>? layers, IReadOnlyList<SubjectEnrolment> subjects) => new(
        [.. subjects.Select(s => s.Subject)],
        new CovariateMatrix(columns, subjects.Count, [.. subjects.SelectMany(s => s.Covariates)]),
        [.. (layers ?? []).Select((layer, k) => new OmicsLayer(layer.Name, layer.Unit, layer.Features, Values(layer, k, subjects)))]);

    // A subject without the layer has a row of missing values.
    private static float[] Values(LayerFeatures layer, int place, IReadOnlyList<SubjectEnrolment> subjects)
    {
        var values = new float[subjects.Count * layer.Features.Count];
        for (var i = 0; i < subjects.Count; i++)
        {
            var row = values.AsSpan(i * layer.Features.Count, layer.Features.Count);
            var own = subjects[i].Layers is { } given && place < given.Length ? given[place] : [];
            if (own.Length == 0)
            {
                row.Fill(float.NaN);
            }
            else
            {
                own.CopyTo(row);
            }
        }

        return values;
    }
}
