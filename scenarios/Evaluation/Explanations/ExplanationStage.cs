using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Explains predictions of test subjects by models that have not seen them.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="explanation">What is asked.</param>
/// <param name="data">The subjects.</param>
/// <param name="threadCount">Threads; nothing depends on it.</param>
internal sealed class ExplanationStage(EvaluationPlan plan, ExplanationPlan explanation, EvaluationData data, int threadCount)
{
    private const int MostSubjects = 100;

    private readonly ReferenceNetwork _reference = new();

    /// <returns>The result, or a sentence on why there is none.</returns>
    public (ExplanationResult? Result, string? Note) Explain(ExplainedModels models, CancellationToken cancellation)
    {
        var subjects = new List<SubjectExplanation>();
        var notes = new List<string>();
        ExplanationResult? result = null;
        foreach (var (k, named) in models.Splits)
        {
            if (!models.Models.TryGetValue(k, out var model))
            {
                notes.Add($"'{explanation.Model}' could not be learnt on {data.SplitsOfSeed[0][k].Name}: nothing of it is explained.");
                continue;
            }

            var split = Of(model, data.SplitsOfSeed[0][k], cancellation);
            subjects.AddRange(split.Explain(named, notes));
            result ??= split.Overall(notes);
        }

        return result is null
            ? (null, $"No prediction is explained: {string.Join(" ", notes)}")
            : (result with { Subjects = InOrder(subjects), Notes = [.. notes.Distinct()] }, null);
    }

    private ExplainedSplit Of(LearntModel learnt, EvaluationSplit split, CancellationToken cancellation)
    {
        var (model, inputs) = ReadableModel.Of(learnt.Predictor, learnt.Inputs);
        var training = data.Problem.Outcome.Take(split.Training);
        var options = new ExplanationOptions
        {
            TopCount = explanation.FeatureCount,
            Shapley = new ShapleyOptions { SampleCount = explanation.SampleCount, Seed = plan.Seeds[0], ThreadCount = threadCount },
            Pathways = explanation.PathwayCount == 0 ? null : explanation.GeneSets == GeneSetSource.Kegg ? _reference.KeggSets : _reference.GeneOntologySets,
            Catalog = _reference.Catalog,
        };
        return new ExplainedSplit(plan, explanation, model, split, inputs.Take(split.Training), inputs.Take(split.Test), learnt.Regions, new QuantityChoice(plan, explanation, training), options, threadCount, cancellation);
    }

    // Those that are named stay in the order of the file.
    private List<SubjectExplanation> InOrder(List<SubjectExplanation> subjects) => explanation.Subjects.Count == 0
        ? subjects
        : [.. explanation.Subjects.Select(name => subjects.FirstOrDefault(s => s.Subject == name)).OfType<SubjectExplanation>()];

    /// <summary>Up to a number of subjects, chosen by their ids alone.</summary>
    internal static int[] Some(SubjectInputs inputs) =>
        [.. Enumerable.Range(0, inputs.Count).OrderBy(i => StreamKey.HashOf(inputs.Subjects[i].Value)).ThenBy(i => inputs.Subjects[i]).Take(MostSubjects).Order()];
}
