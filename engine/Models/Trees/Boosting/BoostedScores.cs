using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Scores of subjects: the base and what every tree adds.</summary>
internal static class BoostedScores
{
    /// <returns>Row-major, shape [subjects, scores].</returns>
    public static double[] Of(double[] baseScores, TreeSet trees, FeatureMatrix features, int threadCount)
    {
        var scores = new double[features.SubjectCount * baseScores.Length];
        for (var k = 0; k < scores.Length; k++)
        {
            scores[k] = baseScores[k % baseScores.Length];
        }

        trees.AddTo(features, scores, baseScores.Length, threadCount);
        return scores;
    }
}
