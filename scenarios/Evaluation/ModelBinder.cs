using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Binds <c>models</c> and <c>reference</c>.</summary>
internal static class ModelBinder
{
    public static IReadOnlyList<EvaluatedModel> Bind(
        BindingContext context, DocumentSection root, EvaluationTarget? target, IReadOnlyList<NamedInput> covariates, IReadOnlyList<NamedInput> layers)
    {
        var models = new List<EvaluatedModel>();
        foreach (var (written, mapping) in root.Items("models"))
        {
            if (ModelRegistry.Find(written?.Text ?? mapping?.Type ?? string.Empty) is not { } entry)
            {
                continue;
            }

            var place = written?.Location ?? mapping!.Location;
            var section = mapping ?? new DocumentSection(new YamlMapping([], place), new MappingShape(entry.Options), $"models.{entry.Name}");
            var name = mapping?.Text("name")?.Value ?? entry.Name;
            var learner = entry.Create(new ModelOptions(section));
            if (target is not null && !learner.Supports(target.Kind))
            {
                context.Report(place, $"'{entry.Name}' does not predict this kind of target ({Spelling.Of(target.Kind)}).");
            }

            if (models.Any(m => m.Name == name))
            {
                context.Report(place, $"models holds '{name}' twice. Give one of them another 'name'.");
            }

            var seen = mapping?.Has("layers") == true ? Subset(context, mapping, "layers", "layers", layers) : null;
            models.Add(new EvaluatedModel(
                name,
                entry.Name,
                learner,
                mapping?.Has("covariates") == true ? Subset(context, mapping, "covariates", "covariates", covariates) : null,
                seen)
            {
                ReadsLayers = (seen?.Count ?? layers.Count) > 0 && entry.ReadsLayers(new ModelOptions(section)),
            });
        }

        return models;
    }

    /// <summary>Name of the model that the others are compared with.</summary>
    public static string Reference(BindingContext context, DocumentSection root, IReadOnlyList<EvaluatedModel> models) =>
        root.Has("reference") ? Named(context, root, "reference", models)?.Name ?? string.Empty : models.Count > 0 ? models[0].Name : string.Empty;

    /// <summary>The model that a key names, or null; a name that no model has is reported.</summary>
    public static EvaluatedModel? Named(BindingContext context, DocumentSection section, string key, IReadOnlyList<EvaluatedModel> models)
    {
        if (section.Text(key) is not { } name)
        {
            return null;
        }

        var model = models.FirstOrDefault(m => m.Name == name.Value);
        if (model is null)
        {
            context.Report(name.Location, $"{section.PathOf(key)} is '{name.Value}', which is not the name of a model.{Nearest.Suggest(name.Value, models.Select(m => m.Name))}");
        }

        return model;
    }

    /// <summary>Names that a key lists; those that the evaluation does not have are reported.</summary>
    /// <param name="context">Collects faults.</param>
    /// <param name="section">Holds the key.</param>
    /// <param name="key">The key.</param>
    /// <param name="kind">Key of the evaluation that has them: covariates or layers.</param>
    /// <param name="all">Those it has.</param>
    public static List<string> Subset(BindingContext context, DocumentSection section, string key, string kind, IReadOnlyList<NamedInput> all)
    {
        var names = new List<string>();
        foreach (var scalar in section.Scalars(key))
        {
            if (all.All(n => n.Name != scalar.Text))
            {
                context.Report(scalar.Location, $"{section.PathOf(key)} holds '{scalar.Text}', which is not under '{kind}' of the evaluation.{Nearest.Suggest(scalar.Text, all.Select(n => n.Name))}");
            }

            names.Add(scalar.Text);
        }

        return names;
    }
}
