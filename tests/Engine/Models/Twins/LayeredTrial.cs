using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Twins;

/// <summary>Trials with one omics layer of which everything is known: risk rises with age and with gene 0, and the treatment's effect may depend on gene 1.</summary>
internal static class LayeredTrial
{
    public static readonly ArmId Treated = new("drug");
    public static readonly ArmId Control = new("usual");
    public static readonly Duration Horizon = Duration.FromDays(1000);
    public const int GeneCount = 6;

    /// <summary>Log odds (log hazard) without treatment.</summary>
    public static double Prognosis(double age, ReadOnlySpan<float> genes) => (0.5 * age) + genes[0];

    /// <param name="count">Subjects, half of them treated.</param>
    /// <param name="kind">Binary, time to event (exponential, censored at random) or continuous (deviation 1).</param>
    /// <param name="effect">What the treatment adds on the scale of the link, by the value of gene 1.</param>
    /// <param name="seed">Of all random numbers.</param>
    public static TrialData Draw(int count, EndpointKind kind, Func<double, double> effect, ulong seed = 1)
    {
        var subjects = new SubjectId[count];
        var treated = new bool[count];
        var covariates = new double[2 * count];
        var genes = new float[GeneCount * count];
        var links = new double[count];
        var random = new RandomStream(new StreamKey(seed, 0, 0, 0, RandomPurpose.KnownTruth));
        for (var i = 0; i < count; i++)
        {
            subjects[i] = new SubjectId($"P{i:0000}");
            treated[i] = i < count / 2;
            (covariates[2 * i], covariates[(2 * i) + 1]) = (random.NextGaussian(), i % 2);
            var own = genes.AsSpan(i * GeneCount, GeneCount);
            foreach (ref var gene in own)
            {
                gene = (float)random.NextGaussian();
            }

            links[i] = Prognosis(covariates[2 * i], own) + (treated[i] ? effect(own[1]) : 0);
        }

        CovariateColumn[] columns = [new("age", null, "Age", false, "a"), new("sex", "female", "Female", true, "")];
        var layer = new OmicsLayer("rna", "1", [.. Enumerable.Range(0, GeneCount).Select(g => $"gene{g}")], genes);
        return new TrialData(subjects, treated, new CovariateMatrix(columns, count, covariates), Outcome(kind, links, random), [layer]);
    }

    private static OutcomeData Outcome(EndpointKind kind, double[] links, RandomStream random)
    {
        switch (kind)
        {
            case EndpointKind.Binary:
                return new BinaryOutcome([.. links.Select(l => random.NextDouble() < 1 / (1 + Math.Exp(-l)))]);
            case EndpointKind.Continuous:
                return new ContinuousOutcome([.. links.Select(l => l + random.NextGaussian())], "1");
            default:
                var days = links.Select(l => -Math.Log(1 - random.NextDouble()) * 600 * Math.Exp(-l)).ToArray();
                var censored = days.Select(_ => random.NextDouble() * 2000).ToArray();
                return new SurvivalOutcome(
                    [.. days.Select((d, i) => Math.Min(Math.Min(d, censored[i]), Horizon.Days))],
                    [.. days.Select((d, i) => d <= censored[i] && d <= Horizon.Days)],
                    Horizon);
        }
    }
}
