using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Explanation.Counterfactuals;
using DigitalTwin.Models.Explanation.Likeness;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>The model of one split, asked about the subjects that it has not seen.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="explanation">What is asked.</param>
/// <param name="model">The model, unwrapped.</param>
/// <param name="split">Its split.</param>
/// <param name="training">Training subjects, as the model sees them.</param>
/// <param name="test">Test subjects, as the model sees them.</param>
/// <param name="regions">Regions of the test subjects, or null.</param>
/// <param name="choice">Which number is explained.</param>
/// <param name="options">How.</param>
/// <param name="threadCount">Threads; nothing depends on it.</param>
/// <param name="cancellation">Stops it.</param>
internal sealed class ExplainedSplit(
    EvaluationPlan plan,
    ExplanationPlan explanation,
    IOutcomePredictor model,
    EvaluationSplit split,
    SubjectInputs training,
    SubjectInputs test,
    PredictionRegions? regions,
    QuantityChoice choice,
    ExplanationOptions options,
    int threadCount,
    CancellationToken cancellation)
{
    /// <summary>Features that a counterfactual may change where the file names none.</summary>
    private const int MostChangeable = 10;

    private readonly OutcomePredictions _predictions = model.Predict(test);

    /// <summary>Explains the named subjects, or as many as are asked for, spread over the order of their predictions.</summary>
    /// <param name="named">Rows among all subjects.</param>
    /// <param name="notes">Gets what could not be read.</param>
    public IEnumerable<SubjectExplanation> Explain(int[] named, List<string> notes)
    {
        var values = choice.Values(_predictions);
        var rows = named.Length > 0 ? [.. named.Select(r => Array.IndexOf(split.Test, r))] : Spread(values);
        var likeness = Likeness(rows, notes);
        return [.. rows.Select((row, k) => Explain(row, Threshold(values), likeness?[k], notes))];
    }

    /// <summary>Mean sizes over the test subjects.</summary>
    public ExplanationResult Overall(List<string> notes)
    {
        var rows = ExplanationStage.Some(test);
        var modalities = new Dictionary<string, double>(StringComparer.Ordinal);
        var features = new Dictionary<string, double>(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            var (subject, quantity) = (test.Take([row]), choice.Of(_predictions, row));
            foreach (var value in ShapleyValues.Explain(model, subject, training, FeatureGroup.Modalities(subject), quantity, options.Shapley).Values)
            {
                Add(modalities, value.Name, value.Value, rows.Length);
            }

            foreach (var feature in ModelExplanation.Read(model, subject, quantity, options, found).Together?.Features ?? [])
            {
                Add(features, feature.Feature.ToString(), feature.Value, rows.Length);
            }
        }

        notes.AddRange(found.Distinct());
        return new ExplanationResult(
            explanation.Model,
            split.Name,
            choice.Describe(),
            choice.HorizonDays,
            Threshold(choice.Values(_predictions)),
            [],
            rows.Length,
            Ordered(modalities, int.MaxValue),
            Ordered(features, explanation.FeatureCount),
            "Modalities by Shapley values of the whole model on the scale of the quantity; features by coefficients of linear parts and integrated gradients of networks, on the link scale.",
            []);
    }

    private SubjectExplanation Explain(int row, double threshold, SubjectLikeness? likeness, List<string> notes)
    {
        cancellation.ThrowIfCancellationRequested();
        var (subject, quantity) = (test.Take([row]), choice.Of(_predictions, row));
        var found = ModelExplanation.Of(model, subject, training, quantity, options with { ReadsEdges = explanation.EdgeCount > 0 });
        notes.AddRange(found.Findings);
        var pathways = found.Pathways is { Pathways.Count: > 0 } some ? some : null;
        return new SubjectExplanation(
            subject.Subjects[0].Value,
            split.Name,
            choice.Describe(quantity),
            found.Modalities.Output,
            RegionText.Of(regions, row, plan, choice.Training),
            found.Modalities.Baseline,
            [.. found.Modalities.Values.Select(Of)],
            found.Features is null ? [] : [.. found.Features.Values.Select(Of)],
            [.. found.Parts.Select(Of)],
            pathways is null ? [] : [.. pathways.Pathways.Take(explanation.PathwayCount).Select(p => new PathwayShare(p.Set.Id, p.Set.Description, p.GeneCount, p.Contribution.Value))],
            pathways?.OutsideShare,
            likeness is null ? null : Of(likeness),
            Counterfactual(subject, quantity, threshold, found.Together));
    }

    private CounterfactualChange? Counterfactual(SubjectInputs subject, ExplainedQuantity quantity, double threshold, PredictionAttribution? together)
    {
        var known = FeatureGroup.Modalities(subject).SelectMany(g => g.Features).ToHashSet();
        FeatureName[] changeable = explanation.Changeable.Count > 0
            ? [.. explanation.Changeable]
            : [.. (together?.Features.Select(f => f.Feature) ?? known.Where(f => f.Source == FeatureName.Covariates)).Where(known.Contains).Take(MostChangeable)];
        if (changeable.Length == 0)
        {
            return null;
        }

        try
        {
            var found = CounterfactualSearch.Find(model, subject, training, changeable, quantity, threshold);
            return new CounterfactualChange(
                found.IsFound, threshold, found.After, [.. found.Changes.Select(c => new ChangedFeature(c.Feature.ToString(), c.From, c.To, c.Size))], found.ToString());
        }
        catch (ArgumentException e) when (e.ParamName == "modifiable")
        {
            // None of them was measured of this subject.
            return null;
        }
    }

    private IReadOnlyList<SubjectLikeness>? Likeness(int[] rows, List<string> notes)
    {
        try
        {
            return TrainingReference.Fit(training, threadCount).Assess(test.Take(rows), explanation.SimilarCount);
        }
        catch (Exception e) when (e is UnlearnableException or ArgumentException { ParamName: "inputs" })
        {
            notes.Add($"How like the training subjects they are cannot be told: {e.Message}");
            return null;
        }
    }

    private double Threshold(double[] values) => explanation.Threshold ?? values.Average();

    // From the lowest to the highest prediction at equal steps; one alone stands in the middle.
    private int[] Spread(double[] values)
    {
        int[] order = [.. Enumerable.Range(0, values.Length).OrderBy(i => values[i]).ThenBy(i => test.Subjects[i])];
        var count = Math.Min(explanation.SubjectCount, order.Length);
        return count == 1 ? [order[order.Length / 2]] : [.. Enumerable.Range(0, count).Select(k => order[(int)((long)k * (order.Length - 1) / (count - 1))])];
    }

    private PartContributions Of(ExplainedPart part) => new(
        part.Name,
        part.Weight,
        part.Attribution.Method,
        [.. part.Attribution.Features.Take(Math.Max(1, explanation.FeatureCount)).Select(f => new Contribution(f.Feature.ToString(), f.Value, f.Spread))],
        part.Edges is null ? null : Of(part.Edges));

    private EdgeContributions Of(EdgeAttributions edges) => new(
        edges.Method,
        edges.Output - edges.Baseline,
        [.. edges.Edges.Take(explanation.EdgeCount).Select(e => new Contribution($"{e.First} - {e.Second}", e.Value, e.Spread))]);

    private static Contribution Of(ShapleyValue value) => new(value.Name, value.Value, value.StandardError);

    private static LikenessOfSubject Of(SubjectLikeness likeness) => new(
        likeness.PValue,
        likeness.IsUnlike,
        likeness.Sentence,
        [.. likeness.Unusual.Select(u => new MeanSize(u.Feature.ToString(), u.Share))],
        [
            .. likeness.Similar.Select(s => new SimilarOfSubject(
                s.Subject.Value, s.Distance, [.. s.Alike.Select(a => a.ToString())], [.. s.Different.Select(d => d.ToString())])),
        ]);

    private static void Add(Dictionary<string, double> sums, string name, double value, int count) =>
        sums[name] = sums.GetValueOrDefault(name) + (Math.Abs(value) / count);

    private static MeanSize[] Ordered(Dictionary<string, double> sums, int count) =>
        [.. sums.OrderByDescending(s => s.Value).ThenBy(s => s.Key, StringComparer.Ordinal).Take(count).Select(s => new MeanSize(s.Key, s.Value))];
}
