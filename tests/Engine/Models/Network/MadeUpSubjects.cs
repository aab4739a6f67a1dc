using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

/// <summary>Subjects with made-up numbers, the same in every run.</summary>
internal static class MadeUpSubjects
{
    public static RandomStream Stream(uint number) => new(new StreamKey(2026, 0, 0, number, RandomPurpose.Permutation));

    public static SubjectId[] Ids(int count) => [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i:00000}"))];

    public static double[] Gaussians(int count, uint number)
    {
        var stream = Stream(number);
        return [.. Enumerable.Range(0, count).Select(_ => stream.NextGaussian())];
    }

    public static Column Number(string name, double[] values) =>
        new NumericColumn(new Variable(name, VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), values);

    public static Column Level(string name, short[] codes, params string[] levels) =>
        new CategoricalColumn(new Variable(name, VariableType.Categorical, VariableRole.Covariate, "", name, null, levels), codes);

    public static SubjectLayer Layer(string name, SubjectId[] subjects, string[] features, Func<int, int, double> value) =>
        new(new OmicsLayer(name, "1", features, [.. subjects.SelectMany((_, i) => features.Select((_, f) => (float)value(i, f)))]), subjects);

    public static TResult With<TResult>(Func<LearningContext, TResult> use, ulong seed = 7, int threadCount = 2)
    {
        using var backend = new SimdBackend(threadCount);
        return use(new LearningContext(seed, backend, threadCount, TestContext.Current.CancellationToken));
    }

    /// <summary>Area under the receiver operating characteristic, ties counted half.</summary>
    public static double Auc(bool[] occurred, Func<int, double> score)
    {
        var (right, pairs) = (0.0, 0);
        for (var i = 0; i < occurred.Length; i++)
        {
            for (var j = 0; j < occurred.Length; j++)
            {
                if (occurred[i] && !occurred[j])
                {
                    pairs++;
                    right += score(i) > score(j) ? 1 : score(i) == score(j) ? 0.5 : 0;
                }
            }
        }

        return right / pairs;
    }
}
