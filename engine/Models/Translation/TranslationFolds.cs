using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Translation;

/// <summary>Folds of equal size; a subject's place depends on its id and the seed alone.</summary>
internal static class TranslationFolds
{
    private const uint Stream = 2;

    /// <returns>Shape [subjects].</returns>
    public static int[] Of(IReadOnlyList<SubjectId> subjects, int foldCount, ulong seed)
    {
        var order = Enumerable.Range(0, subjects.Count)
            .OrderBy(i => new RandomStream(new StreamKey(seed, StreamKey.HashOf(subjects[i].Value), Stream, 0, RandomPurpose.CrossFitting)).NextUInt64())
            .ThenBy(i => subjects[i])
            .ToArray();
        var folds = new int[subjects.Count];
        for (var k = 0; k < order.Length; k++)
        {
            folds[order[k]] = k % foldCount;
        }

        return folds;
    }
}
