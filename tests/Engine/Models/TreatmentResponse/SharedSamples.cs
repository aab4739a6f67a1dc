using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.TreatmentResponse;

/// <summary>Simulated samples, each under most of some drugs. A sample's response is the drug's mean, a general sensitivity that its layer shows, and what the pathway of the
/// drug's target does: drugs 0, 1, 2 act on G0, drugs 3, 4, 5 on G1, and so on.</summary>
internal sealed class SharedSamples
{
    public const int DrugsOfATarget = 3;

    private const int FeatureCount = 30;

    public SharedSamples(int sampleCount, int drugCount, bool isShared, double observedShare = 0.8, ulong seed = 3, double noise = 0.5, int targetCount = 2)
    {
        var stream = new RandomStream(new StreamKey(seed, 17, 0, 0, RandomPurpose.Outcome));
        var values = new float[sampleCount * FeatureCount];
        var factors = new double[sampleCount * (targetCount + 1)];
        for (var s = 0; s < sampleCount; s++)
        {
            for (var k = 0; k <= targetCount; k++)
            {
                factors[(s * (targetCount + 1)) + k] = stream.NextGaussian();
            }

            for (var f = 0; f < FeatureCount; f++)
            {
                values[(s * FeatureCount) + f] = (float)(factors[(s * (targetCount + 1)) + (f % (targetCount + 1))] + (0.7 * stream.NextGaussian()));
            }
        }

        var (rowOf, arms, outcome, signal) = (new List<int>(), new List<int>(), new List<double>(), new List<double>());
        for (var s = 0; s < sampleCount; s++)
        {
            for (var d = 0; d < drugCount; d++)
            {
                var own = factors[(s * (targetCount + 1)) + 1 + (d / DrugsOfATarget % targetCount)];
                var expected = (3.0 * (d % 4)) + (0.5 * factors[s * (targetCount + 1)]) + own;
                var value = expected + (noise * stream.NextGaussian());
                if (stream.NextDouble() < observedShare)
                {
                    rowOf.Add(s);
                    arms.Add(d);
                    outcome.Add(value);
                    signal.Add(expected);
                }
            }
        }

        (SampleOf, Signal) = ([.. rowOf], [.. signal]);
        SubjectId[] subjects = [.. rowOf.Zip(arms, (s, d) => new SubjectId($"L{s:000}/D{d:00}"))];
        string[] features = [.. Enumerable.Range(0, FeatureCount).Select(f => $"F{f}")];
        var layer = isShared
            ? OmicsLayer.Shared("rna", "1", features, values, SampleOf)
            : new OmicsLayer("rna", "1", features, [.. SampleOf.SelectMany(s => values.Skip(s * FeatureCount).Take(FeatureCount))]);
        Treatment[] treatments = [.. Enumerable.Range(0, drugCount).Select(d => new Treatment(
            new ArmId($"D{d:00}"), [new DrugExposure($"drug {d}", 1, [new DrugTarget($"G{d / DrugsOfATarget % targetCount}")])]))];
        Problem = new LearningProblem(
            new SubjectInputs(subjects, [], [new SubjectLayer(layer, subjects)], null, new TreatmentColumn(treatments, [.. arms])),
            new ContinuousOutcome([.. outcome], "1"));
    }

    public LearningProblem Problem { get; }

    /// <summary>Shape [subjects].</summary>
    public int[] SampleOf { get; }

    /// <summary>What is expected without noise, shape [subjects].</summary>
    public double[] Signal { get; }

    /// <summary>Subjects of the samples that a condition holds for.</summary>
    public int[] Rows(Func<int, bool> sample) => [.. Enumerable.Range(0, SampleOf.Length).Where(i => sample(SampleOf[i]))];
}
