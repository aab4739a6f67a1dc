namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Chooses by held-out samples, one thing after the other: likeness of samples with coarse penalties, likeness of treatments, weights of layers, finer penalties.</summary>
/// <remarks>A step at a time, because a grid of everything would be hundreds of models and a noisier choice.</remarks>
internal static class RidgeSearch
{
    private static readonly (SimilarityKind Kind, double Own, double Noise)[] s_starts =
    [
        (SimilarityKind.Gaussian, 0.3, 1), (SimilarityKind.Gaussian, 1, 2), (SimilarityKind.Linear, 1, 1), (SimilarityKind.Linear, 3, 4),
    ];

    private static readonly double[] s_steps = [0.5, 2];

    public static (RidgeChoice Choice, double Loss, double[] HeldOut) Run(RidgeTrials trials, int partCount)
    {
        double[] equal = [.. Enumerable.Repeat(1.0 / partCount, partCount)];
        var best = Try(trials, new RidgeChoice(s_starts[0].Kind, equal, s_starts[0].Own, s_starts[0].Noise, TreatmentMix.Choices[0]));
        foreach (var (kind, own, noise) in s_starts.Skip(1))
        {
            best = Better(best, Try(trials, best.Choice with { Kind = kind, Own = own, Noise = noise }));
        }

        foreach (var mix in TreatmentMix.Choices.Skip(1))
        {
            best = Better(best, Try(trials, best.Choice with { Mix = mix }));
        }

        for (var part = 0; part < partCount && partCount > 1; part++)
        {
            foreach (var factor in new[] { 0, 0.3, 3 })
            {
                double[] weights = [.. best.Choice.PartWeights];
                weights[part] *= factor;
                var sum = weights.Sum();
                if (sum > 0)
                {
                    best = Better(best, Try(trials, best.Choice with { PartWeights = [.. weights.Select(w => w / sum)] }));
                }
            }
        }

        foreach (var step in s_steps)
        {
            best = Further(trials, best, c => c with { Own = c.Own * step });
        }

        foreach (var step in s_steps)
        {
            best = Further(trials, best, c => c with { Noise = c.Noise * step });
        }

        return best;
    }

    // As far as it gains, four steps at most.
    private static (RidgeChoice Choice, double Loss, double[] HeldOut) Further(
        RidgeTrials trials, (RidgeChoice Choice, double Loss, double[] HeldOut) best, Func<RidgeChoice, RidgeChoice> step)
    {
        for (var k = 0; k < 4; k++)
        {
            var next = Try(trials, step(best.Choice));
            if (next.Loss >= best.Loss)
            {
                break;
            }

            best = next;
        }

        return best;
    }

    private static (RidgeChoice Choice, double Loss, double[] HeldOut) Try(RidgeTrials trials, RidgeChoice choice)
    {
        var (loss, heldOut) = trials.Judge(choice);
        return (choice, loss, heldOut);
    }

    private static (RidgeChoice Choice, double Loss, double[] HeldOut) Better(
        (RidgeChoice Choice, double Loss, double[] HeldOut) first, (RidgeChoice Choice, double Loss, double[] HeldOut) second) => second.Loss < first.Loss ? second : first;
}
