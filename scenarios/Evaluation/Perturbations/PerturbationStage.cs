using DigitalTwin.Models.Perturbation;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Scenarios.Evaluation.Policies;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Sums up over splits and subjects what changes do to predictions.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="perturbation">What was asked.</param>
/// <param name="data">The subjects.</param>
/// <param name="summarizer">Means and intervals over splits.</param>
internal sealed class PerturbationStage(EvaluationPlan plan, PerturbationPlan perturbation, EvaluationData data, EvaluationSummarizer summarizer)
{
    /// <summary>A pathway of fewer measured genes is little more than the gene that was changed.</summary>
    private const int LeastGenes = 3;

    /// <summary>A shift of a smaller part of the prediction is rounding.</summary>
    private const double Rounding = 1e-6;

    public const string Claim =
        "It is what the model says of such a subject, after the outcomes it has seen. It is no proof that a gene is a cause of the outcome, or that a drug would do this.";

    public PerturbedResult Sum(PerturbedModels asked) => new(
        asked.Quantity.Describe(),
        asked.Quantity.HorizonDays,
        perturbation.HighestIsBest is { } highest ? (highest ? PolicyBinder.Highest : PolicyBinder.Lowest) : null,
        summarizer.IsSingle
            ? FormattableString.Invariant($"{100 * plan.Limits.Confidence:0.##} %: t interval over the models inside a model, by their weights; one split says nothing of another training set")
            : summarizer.Describe().Interval,
        Claim,
        [.. from change in Enumerable.Range(0, perturbation.Changes.Count) from model in perturbation.Models select Row(asked, change, model)],
        [.. Notes(asked)]);

    private IEnumerable<string> Notes(PerturbedModels asked)
    {
        foreach (var model in plan.Models.Where(m => perturbation.Models.Contains(m.Name) && ModelRegistry.Find(m.Type)!.Options.Any(o => o.Key == "members")))
        {
            var weights = asked.NetworkWeights(model.Name);
            var without = weights.Count(w => w == 0);
            if (without > 0)
            {
                yield return FormattableString.Invariant(
                    $"On {without} of {weights.Length} splits '{model.Name}' has no network, as its findings say: a change passes through its other parts alone there.");
            }
        }

        if (perturbation.Changes.Any(c => c.HasSignals))
        {
            yield return "Along the reference network of signals a change goes on by the signs of its edges, damped at every step; how far is a picture, not a measurement.";
        }

        var fewer = (from model in perturbation.Models
                     from seed in data.SplitsOfSeed.Index()
                     from split in seed.Item.Index()
                     let asks = asked.Of(model, seed.Index, split.Index, 0)?.Subjects.Count
                     where asks < split.Item.Test.Length
                     orderby asks
                     select (Asked: asks, split.Item.Test.Length)).FirstOrDefault();
        if (fewer.Asked is { } few)
        {
            yield return FormattableString.Invariant($"Of {fewer.Length} held-out subjects of a split {few} were asked about, chosen by their ids alone, for there are many.");
        }
    }

    private PerturbedRow Row(PerturbedModels asked, int change, string model)
    {
        PerturbationResult?[][] found = [.. data.SplitsOfSeed.Select((splits, s) => splits.Select((_, k) => asked.Of(model, s, k, change)).ToArray())];
        var results = found.SelectMany(f => f).OfType<PerturbationResult>().ToArray();
        SubjectShift[] subjects = [.. results.SelectMany(r => r.Subjects)];
        var (raised, lowered) = (subjects.Count(s => Direction(s) > 0), subjects.Count(s => Direction(s) < 0));
        var (raisedShare, loweredShare) = (raised / (double)subjects.Length, lowered / (double)subjects.Length);
        var shift = Shift(found);
        var changed = results.Sum(r => r.ChangedCount);
        return new PerturbedRow(
            perturbation.Changes[change].Name,
            perturbation.Changes[change].What,
            model,
            shift,
            results.Length == 0 ? double.NaN : results.Average(r => r.Spread),
            subjects.Length,
            changed,
            raisedShare,
            loweredShare,
            perturbation.HighestIsBest is { } highest ? (highest ? raisedShare : loweredShare) : null,
            perturbation.HighestIsBest is { } best ? (best ? loweredShare : raisedShare) : null,
            subjects.Length == 0 ? "not asked"
                : changed == 0 ? "nothing changed"
                : raised + lowered == 0 ? "no weight"
                : shift.Lower > 0 ? "raised"
                : shift.Upper < 0 ? "lowered"
                : "cannot tell",
            Pathways(results),
            [.. Findings(perturbation.Changes[change], model, asked.Arrives(model, change), results)],
            [.. found.SelectMany((ofSeed, s) => ofSeed.SelectMany((r, k) => Subjects(r, s, k)))]);
    }

    private IEnumerable<PerturbedSubject> Subjects(PerturbationResult? result, int seed, int split)
    {
        var name = data.SplitsOfSeed[seed][split].Name;
        var place = plan.Seeds.Count > 1 ? FormattableString.Invariant($"seed {plan.Seeds[seed]}, {name}") : name;
        return (result?.Subjects ?? []).Select(s => new PerturbedSubject(s.Subject.Value, place, s.Before, s.After, s.Shift, s.Spread));
    }

    private ScoreResult Shift(PerturbationResult?[][] found)
    {
        double[] values = plan.Split.IsDrawn
            ? [.. found.SelectMany(f => f.Select(r => r?.MeanShift ?? double.NaN))]
            : [.. Enumerable.Range(0, found[0].Length).Select(k => found.Average(f => f[k]?.MeanShift ?? double.NaN))];
        var shift = summarizer.OfEither("shift", values);
        if (!summarizer.IsSingle)
        {
            return shift;
        }

        var half = found.Average(f => f[0] is { DegreesOfFreedom: > 0.1 and var freedom } r ? StudentT.Quantile(0.5 + (plan.Limits.Confidence / 2), freedom) * r.Spread : double.NaN);
        return shift with { Lower = shift.Mean - half, Upper = shift.Mean + half };
    }

    private static IEnumerable<string> Findings(PlannedChange change, string model, IReadOnlyList<string> arrives, PerturbationResult[] results)
    {
        if (results.Length == 0)
        {
            yield return $"'{model}' could not be learnt on any split: it is not asked.";
            yield break;
        }

        foreach (var text in arrives)
        {
            yield return text;
        }

        var (judged, changed) = (results.Sum(r => r.Subjects.Count), results.Sum(r => r.ChangedCount));
        if (changed < judged)
        {
            yield return FormattableString.Invariant($"{judged - changed} of {judged} held-out subjects have no value that could change: what is missing stays missing, and what does not vary in training does not move.");
        }

        var still = results.Count(r => r.ChangedCount > 0 && r.Subjects.All(s => Direction(s) == 0));
        if (still > 0)
        {
            var where = still == results.Length ? "on any split" : FormattableString.Invariant($"on {still} of {results.Length} splits");
            yield return $"'{model}' gives what '{change.Name}' changes no weight {where}: its predictions stay as they are{(still == results.Length ? string.Empty : " there")}, which is not to say that it does not matter.";
        }
    }

    private MovedPathway[] Pathways(PerturbationResult[] results) =>
    [
        .. (from result in results
            from pathway in result.Pathways
            where pathway.MeasuredCount >= LeastGenes
            group pathway by pathway.Set.Id into same
            let first = same.First()
            let shift = same.Sum(p => p.Shift) / results.Length
            orderby Math.Abs(shift) descending, same.Key
            select new MovedPathway(same.Key, first.Set.Description, first.MeasuredCount, shift)).Take(perturbation.PathwayCount),
    ];

    private static int Direction(SubjectShift subject) =>
        Math.Abs(subject.Shift) <= Rounding * Math.Max(Math.Abs(subject.Before), Math.Abs(subject.After)) ? 0 : Math.Sign(subject.Shift);
}
