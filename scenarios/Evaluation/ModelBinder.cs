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

            var seen = mapping is null ? null : Subset(context, mapping, "layers", layers);
            models.Add(new EvaluatedModel(
                name,
                entry.Name,
                learner,
                mapping is null ? null : Subset(context, mapping, "covariates", covariates),
                seen)
            {
                ReadsLayers = (seen?.Count ?? layers.Count) > 0 && entry.ReadsLayers(new ModelOptions(section)),
            });
        }

        return models;
    }

    /// <summary>Name of the model that the others are compared with.</summary>
    public static string Reference(BindingContext context, DocumentSection root, IReadOnlyList<EvaluatedModel> models)
    {
        if (root.Text("reference") is { } reference)
        {
            if (models.All(m => m.Name != reference.Value))
            {
                context.Report(reference.Location, $"reference is '{reference.Value}', which is not the name of a model.{Nearest.Suggest(reference.Value, models.Select(m => m.Name))}");
            }

            return reference.Value;
        }

        return models.Count > 0 ? models[0].Name : string.Empty;
    }

    private static List<string>? Subset(BindingContext context, DocumentSection mapping, string key, IReadOnlyList<NamedInput> all)
    {
        if (!mapping.Has(key))
        {
            return null;
        }

        var names = new List<string>();
        foreach (var scalar in mapping.Scalars(key))
        {
            if (all.All(n => n.Name != scalar.Text))
            {
                context.Report(scalar.Location, $"{mapping.PathOf(key)} holds '{scalar.Text}', which is not under '{key}' of the evaluation.{Nearest.Suggest(scalar.Text, all.Select(n => n.Name))}");
            }

            names.Add(scalar.Text);
        }

        return names;
    }
}
