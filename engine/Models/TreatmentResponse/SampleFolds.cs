using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Folds of whole samples: a sample that is held out is held out under every treatment.</summary>
internal static class SampleFolds
{
    /// <summary>Fold of each sample, equal in number of samples, shape [samples]. A sample's place depends on the id of its first subject and the seed.</summary>
    public static int[] OfSamples(SubjectInputs inputs, SampleTable samples, int foldCount, ulong seed)
    {
        ulong[] keys = [.. samples.First.Select(i => new RandomStream(
            new StreamKey(seed, StreamKey.HashOf(inputs.Subjects[i].Value), 0, 0, RandomPurpose.CrossFitting)).NextUInt64())];
        var folds = new int[samples.Count];
        foreach (var (place, sample) in Enumerable.Range(0, samples.Count).OrderBy(s => keys[s]).ThenBy(s => s).Index())
        {
            folds[sample] = place % foldCount;
        }

        return folds;
    }

    /// <summary>Fold of each subject, shape [subjects].</summary>
    public static int[] OfSubjects(SubjectInputs inputs, int foldCount, ulong seed)
    {
        var samples = SampleTable.Of(inputs);
        var folds = OfSamples(inputs, samples, Math.Min(foldCount, samples.Count), seed);
        return [.. samples.SampleOf.Select(s => folds[s])];
    }

    /// <summary>Folds of samples where given folds of subjects keep every sample whole, else null.</summary>
    public static int[]? FromSubjects(SampleTable samples, int[] folds)
    {
        int[] ofSamples = [.. samples.First.Select(i => folds[i])];
        for (var i = 0; i < folds.Length; i++)
        {
            if (ofSamples[samples.SampleOf[i]] != folds[i])
            {
                return null;
            }
        }

        return ofSamples;
    }
}
