using DigitalTwin.Omics.Faults;

namespace DigitalTwin.Omics.Layers;

/// <summary>What a fit needs of the features it learns about.</summary>
internal static class FeatureChecks
{
    /// <exception cref="AllMissingFeatureException">A feature has no value.</exception>
    public static void RefuseUnseen(SubjectLayer training, string step)
    {
        var seen = new bool[training.FeatureCount];
        for (var s = 0; s < training.SubjectCount; s++)
        {
            var row = training.Layer.Row(s);
            for (var f = 0; f < row.Length; f++)
            {
                seen[f] |= !float.IsNaN(row[f]);
            }
        }

        var unseen = training.Layer.Features.Where((_, f) => !seen[f]).ToArray();
        if (unseen.Length > 0)
        {
            throw new AllMissingFeatureException(training.Layer.Name, step, unseen);
        }
    }
}
