using DigitalTwin.Models.Explanation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>The key <c>explain</c>: its shape, and what it says.</summary>
internal static class ExplanationBinder
{
    public static MappingShape Shape { get; } = new(
    [
        new("model", new NameShape(), "Name of the model that is explained.", IsRequired: true),
        new("subjects", new EitherShape(new IntegerShape(1, 100), new ListShape(new TextShape())),
            "Test subjects that are explained one by one: how many of the first split, from the lowest to the highest prediction, or a list of ids.", Default: "3"),
        new("features", new IntegerShape(0, 100), "Features that stand alone.", Default: "10"),
        new("pathways", new IntegerShape(0, 100), "Pathways that are shown; none where no feature is a gene.", Default: "5"),
        new("edges", new IntegerShape(0, 100), "Edges of the gene network that are shown; none where no network is on one.", Default: "5"),
        new("geneSets", new ChoiceShape(Spelling.All<GeneSetSource>()), "Where pathways come from.", Default: Spelling.Of(GeneSetSource.GeneOntology)),
        new("similar", new IntegerShape(0, 100), "Training subjects that are named as most similar.", Default: "3"),
        new("horizon", new DurationShape(), "Time by which an event is asked about; without it that by which half of the training events had happened."),
        new("class", new TextShape(), "Class whose probability is explained; without it the likeliest of each subject."),
        new("changeable", new ListShape(new TextShape()), "What a counterfactual may change, covariates or layer:feature; without it what matters most to the prediction."),
        new("threshold", new NumberShape(double.NegativeInfinity, double.PositiveInfinity), "Prediction that a counterfactual crosses; without it the mean of the test subjects."),
        new("samples", new IntegerShape(2, 10_000), "Samples of the Shapley values.", Default: "64"),
    ]);

    public static ExplanationPlan? Bind(
        BindingContext context,
        DocumentSection root,
        EvaluationTarget? target,
        IReadOnlyList<EvaluatedModel> models,
        IReadOnlyList<NamedInput> covariates,
        IReadOnlyList<NamedInput> layers)
    {
        if (root.Section("explain") is not { } section)
        {
            return null;
        }

        var model = ModelBinder.Named(context, section, "model", models);
        var horizon = QuantityBinder.Horizon(context, section, target);
        var level = QuantityBinder.Class(context, section, target);
        var changeable = new List<FeatureName>();
        foreach (var scalar in section.Scalars("changeable"))
        {
            changeable.Add(Feature(context, scalar.Text, scalar.Location, model, covariates, layers));
        }

        var count = section.Integer("subjects");
        return model is not null && section.Integer("features") is { } features && section.Integer("pathways") is { } pathways && section.Integer("edges") is { } edges
            && section.Integer("similar") is { } similar
            && Spelling.Parse<GeneSetSource>(section.Text("geneSets")?.Value) is { } sets && section.Integer("samples") is { } samples
            ? new ExplanationPlan(
                model.Name,
                (int?)count?.Value ?? 0,
                count is null ? [.. section.Scalars("subjects").Select(s => s.Text).Distinct()] : [],
                (int)features.Value,
                (int)pathways.Value,
                (int)edges.Value,
                sets,
                (int)similar.Value,
                horizon,
                level,
                changeable,
                section.Number("threshold")?.Value,
                (int)samples.Value)
            : null;
    }

    // A covariate by its name, a feature of a layer after the layer's name and a colon. Whether the layer has the feature shows when the data are read.
    private static FeatureName Feature(
        BindingContext context, string text, TextLocation place, EvaluatedModel? model, IReadOnlyList<NamedInput> covariates, IReadOnlyList<NamedInput> layers)
    {
        string[] seenCovariates = [.. covariates.Select(c => c.Name).Where(c => model?.Covariates?.Contains(c) ?? true)];
        string[] seenLayers = [.. layers.Select(l => l.Name).Where(l => model?.Layers?.Contains(l) ?? true)];
        if (seenCovariates.Contains(text))
        {
            return new FeatureName(FeatureName.Covariates, text);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !seenLayers.Contains(text[..colon]))
        {
            context.Report(place, $"explain.changeable holds '{text}', which is neither a covariate that the model sees nor a layer:feature.{Nearest.Suggest(text, seenCovariates.Concat(seenLayers.Select(l => l + ":")))}");
        }

        return colon < 0 ? new FeatureName(FeatureName.Covariates, text) : new FeatureName(text[..colon], text[(colon + 1)..]);
    }
}
