using DigitalTwin.Cohorts;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Turns a document into a plan: resolves names, checks meaning against the bundle's manifest, and reports every fault at once.</summary>
internal static class EvaluationBinder
{
    private static readonly string[] PlacedKeys =
        ["bundle", "target", "population", "covariates", "layers", "observations", "treatment", "group", "split", "models", "minimumEvents", "explain", "perturb", "translate"];

    public static EvaluationPlan Bind(ScenarioDocument document, BindingContext context, string? bundle)
    {
        var root = document.Root;
        var (folder, manifest) = BindBundle(context, root, bundle);
        var target = manifest is null ? null : TargetBinder.Bind(context, root, manifest);
        var inputs = new InputBinder(context, manifest, target);
        var covariates = inputs.Covariates(root);
        var layers = inputs.Layers(root);
        var requiredLayers = inputs.RequiredLayers(root, layers);
        var observations = inputs.Observations(root);
        var treatment = TreatmentBinder.Bind(context, root, manifest);
        var group = inputs.Grouping(root, "group");
        var split = SplitBinder.Bind(root, inputs);
        var population = manifest is null ? null : BindPopulation(context, root, manifest);
        var models = ModelBinder.Bind(context, root, target, covariates, layers);
        var reference = ModelBinder.Reference(context, root, models);
        var metrics = BindMetrics(context, root, target, group);
        var policy = PolicyBinder.Bind(context, root, target, models, covariates, split);
        var effect = EffectBinder.Bind(context, root, target, treatment, models, covariates, split);
        var intervals = IntervalBinder.Bind(context, root, models);
        var explanation = ExplanationBinder.Bind(context, root, target, models, covariates, layers);
        var perturbation = PerturbationBinder.Bind(context, root, target, treatment, models, layers);
        var translation = TranslationPlan.Bind(context, root, target, layers);

        var faults = document.Faults.Concat(context.Faults).Distinct().OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }

        if (target is null || split is null || folder is null)
        {
            throw new InvalidOperationException("The binder left a part of the evaluation out without a fault.");
        }

        ulong[] seeds = [.. root.Scalars("seeds").Select(s => s.TryGetInteger(out var seed) ? (ulong)seed : 0)];
        return new EvaluationPlan(
            root.Text("title")!.Value.Value,
            bundle ?? root.Text("bundle")!.Value.Value,
            folder,
            target,
            population,
            covariates,
            layers,
            requiredLayers,
            observations,
            treatment,
            group,
            split,
            models,
            reference,
            seeds.Length == 0 ? [1UL] : [.. seeds.Distinct()],
            [.. metrics, .. intervals is null ? [] : RegionMetrics.For(target.Kind, intervals.Level)],
            new EvaluationLimits(
                root.Number("confidence")!.Value.Value,
                (int)root.Integer("resamples")!.Value.Value,
                (int)root.Integer("minimumEvents")!.Value.Value,
                root.Boolean("allowFewEvents")!.Value,
                root.Boolean("allowAllMissing")!.Value),
            PlacedKeys.ToDictionary(k => k, root.LocationOf, StringComparer.Ordinal))
        {
            Policy = policy,
            Effect = effect,
            Intervals = intervals,
            Unlike = UnlikenessPlan.Bind(root),
            Explanation = explanation,
            Perturbation = perturbation,
            Translation = translation,
        };
    }

    private static (string? Folder, CohortManifest? Manifest) BindBundle(BindingContext context, DocumentSection root, string? given)
    {
        if (given is not null)
        {
            var folder = Path.GetFullPath(given);
            return (folder, Read(context, new TextLocation("--bundle", 0, 0), given, folder));
        }

        if (root.Text("bundle") is not { } bundle)
        {
            return (null, null);
        }

        if (BundlePath.Resolve(context.Folder, bundle.Value, out var resolved) is { } complaint)
        {
            context.Report(bundle.Location, $"bundle '{bundle.Value}' {complaint}");
            return (null, null);
        }

        return (resolved, Read(context, bundle.Location, bundle.Value, resolved));
    }

    private static CohortManifest? Read(BindingContext context, TextLocation place, string written, string folder)
    {
        try
        {
            var manifest = context.Manifests.Read(folder);
            if (manifest is null)
            {
                var nearest = Nearest.Find(Path.GetFileName(folder), context.Manifests.Siblings(folder));
                context.Report(place, $"bundle is '{written}', but there is no such folder."
                    + (nearest is null ? " Import it first with 'digitaltwin cohort import', or correct the path." : $" Did you mean '{nearest}'?"));
            }

            return manifest;
        }
        catch (InvalidInputException e)
        {
            var others = e.Faults.Count == 1 ? string.Empty : $" ({e.Faults.Count - 1} more faults; see 'digitaltwin cohort describe')";
            context.Report(place, $"bundle '{written}' cannot be read: {e.Faults[0]}{others}");
            return null;
        }
    }

    private static Expression? BindPopulation(BindingContext context, DocumentSection root, CohortManifest manifest)
    {
        if (root.Scalars("population") is not [var scalar])
        {
            return null;
        }

        var source = ExpressionText.From(scalar);
        try
        {
            var condition = ExpressionParser.Parse(source);
            if (new ExpressionChecker(manifest.Variables, manifest.Description.Id, source, context.Faults).Check(condition) is { } type && type != ExpressionType.Truth)
            {
                context.Report(scalar.Location, $"population is '{condition}', which is not a condition. Compare it with something, for example '{condition} == 1'.");
            }

            return condition;
        }
        catch (InvalidInputException e)
        {
            context.Faults.AddRange(e.Faults);
            return null;
        }
    }

    private static List<OutcomeMetric> BindMetrics(BindingContext context, DocumentSection root, EvaluationTarget? target, string? group)
    {
        if (target is null)
        {
            return [];
        }

        var known = OutcomeMetrics.For(target.Kind);
        var metrics = new List<OutcomeMetric>();
        foreach (var scalar in root.Scalars("metrics"))
        {
            if (known.FirstOrDefault(m => m.Name == scalar.Text) is not { } metric)
            {
                context.Report(scalar.Location, $"metrics holds '{scalar.Text}', which does not measure this kind of target.{Nearest.Suggest(scalar.Text, known.Select(m => m.Name))}");
            }
            else if (metrics.Contains(metric))
            {
                context.Report(scalar.Location, $"metrics holds '{scalar.Text}' twice. Remove one.");
            }
            else
            {
                metrics.Add(metric);
            }
        }

        return metrics.Count > 0 ? metrics : [.. known.Where(m => group is not null || m.Name != "pearson-within")];
    }
}
