using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Perturbation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Scenarios.Evaluation.Explanations;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Asks the model of each split about its held-out subjects, before and after every change, as soon as it is learnt.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="perturbation">What is changed.</param>
/// <param name="data">The subjects.</param>
internal sealed class PerturbedModels(EvaluationPlan plan, PerturbationPlan perturbation, EvaluationData data) : IModelWitness
{
    private const int MostSubjects = 2000;
    private const int FewestSubjects = 100;

    /// <summary>A number is kept for each of them: 160 megabytes.</summary>
    private const int MostValues = 20_000_000;

    private readonly AskedStudies _studies = new(perturbation, new ReferenceNetwork());
    private readonly Dictionary<string, ReachedGenes[]> _reached = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Model, int Seed, int Split), (PerturbationResult[] OfChange, double NetworkWeight)> _results = [];

    /// <summary>The number that shifts: the same of every subject and split.</summary>
    public QuantityChoice Quantity { get; } = new(plan, perturbation.Horizon, perturbation.Class, data.Problem.Outcome.Take(data.SplitsOfSeed[0][0].Training));

    public void Record(LearntModel learnt)
    {
        if (!perturbation.Models.Contains(learnt.Name))
        {
            return;
        }

        var (model, seen) = ReadableModel.Of(learnt.Predictor, learnt.Inputs);
        if (!_reached.TryGetValue(learnt.Name, out var reached))
        {
            _reached[learnt.Name] = reached = _studies.Reached(seen);
        }

        var found = _studies.Ask(model, seen.Take(learnt.Split.Training), seen.Take(Some(seen, learnt.Split.Test)), reached, Quantity.OfEverybody());
        _results[(learnt.Name, learnt.Seed, learnt.Place)] = (found, EnsembleMembers.NetworkWeight(model));
    }

    /// <summary>What a change did on a split; null where the model could not be learnt.</summary>
    public PerturbationResult? Of(string model, int seed, int split, int change) => _results.TryGetValue((model, seed, split), out var found) ? found.OfChange[change] : null;

    /// <summary>Where a change arrives in the layers that a model sees, sentences; none where it could not be learnt.</summary>
    public IReadOnlyList<string> Arrives(string model, int change) => _reached.TryGetValue(model, out var reached) ? reached[change].Texts : [];

    /// <summary>Share of networks in a model on each split where it was learnt.</summary>
    public double[] NetworkWeights(string model) => [.. _results.Where(r => r.Key.Model == model).Select(r => r.Value.NetworkWeight)];

    private static int[] Some(SubjectInputs inputs, int[] test)
    {
        var most = Math.Min(MostSubjects, Math.Max(FewestSubjects, MostValues / Math.Max(1, inputs.Layers.Sum(l => l.FeatureCount))));
        return test.Length <= most ? test : [.. test.OrderBy(i => StreamKey.HashOf(inputs.Subjects[i].Value)).ThenBy(i => inputs.Subjects[i]).Take(most).Order()];
    }
}
