using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>cohorts</c> and <c>populations</c>.</summary>
internal static class CohortBinder
{
    public static IReadOnlyList<CohortSource> BindCohorts(BindingContext context, DocumentSection root)
    {
        var cohorts = new List<CohortSource>();
        foreach (var (name, section) in root.Entries("cohorts"))
        {
            CohortManifest? manifest = null;
            if (section.Text("bundle") is { } bundle)
            {
                if (BundlePath.Resolve(context.Folder, bundle.Value, out var folder) is { } complaint)
                {
                    context.Report(bundle.Location, $"{section.PathOf("bundle")} '{bundle.Value}' {complaint}");
                }
                else
                {
                    manifest = ReadManifest(context, section, bundle, folder);
                    cohorts.Add(new CohortSource(new CohortId(name.Text), bundle.Value, folder));
                }
            }

            context.Declare(name.Text, manifest);
        }

        return cohorts;
    }

    public static IReadOnlyList<Population> BindPopulations(BindingContext context, DocumentSection root)
    {
        var populations = new List<Population>();
        foreach (var (name, section) in root.Entries("populations"))
        {
            var cohort = section.Text("cohort");
            if (cohort is { } c && !context.IsCohort(c.Value))
            {
                context.Report(c.Location, $"{section.PathOf("cohort")} is '{c.Value}', which is not under cohorts.{Nearest.Suggest(c.Value, context.CohortNames)}");
                cohort = null;
            }

            context.DeclarePopulation(name.Text, cohort?.Value);
            var where = BindCondition(context, section, cohort?.Value);
            if (cohort is not null)
            {
                populations.Add(new Population(new PopulationId(name.Text), new CohortId(cohort.Value.Value), where)
                {
                    Half = section.Text("half")?.Value switch
                    {
                        "first" => PopulationHalf.First,
                        "second" => PopulationHalf.Second,
                        _ => null,
                    },
                });
            }
        }

        return populations;
    }

    private static CohortManifest? ReadManifest(BindingContext context, DocumentSection section, Located<string> bundle, string folder)
    {
        try
        {
            var manifest = context.Manifests.Read(folder);
            if (manifest is null)
            {
                var nearest = Nearest.Find(Path.GetFileName(folder), context.Manifests.Siblings(folder));
                var suggestion = nearest is null ? " Import it first with 'digitaltwin cohort import', or correct the path." : $" Did you mean '{nearest}'?";
                context.Report(bundle.Location, $"{section.PathOf("bundle")} is '{bundle.Value}', but there is no such folder.{suggestion}");
            }

            return manifest;
        }
        catch (InvalidInputException e)
        {
            var others = e.Faults.Count == 1 ? string.Empty : $" ({e.Faults.Count - 1} more faults; see 'digitaltwin cohort describe')";
            context.Report(bundle.Location, $"{section.PathOf("bundle")} '{bundle.Value}' cannot be read: {e.Faults[0]}{others}");
            return null;
        }
    }

    private static ConditionExpression? BindCondition(BindingContext context, DocumentSection section, string? cohort)
    {
        if (section.Scalars("where") is not [var scalar])
        {
            return null;
        }

        var source = ExpressionText.From(scalar);
        try
        {
            var root = ExpressionParser.Parse(source);
            if (context.Manifest(cohort) is { } manifest
                && new ExpressionChecker(manifest.Variables, new CohortId(cohort!), source, context.Faults).Check(root) is { } type
                && type != ExpressionType.Truth)
            {
                context.Report(scalar.Location, $"{section.PathOf("where")} is '{root}', which is not a condition. Compare it with something, for example '{root} == 1'.");
            }

            return new ConditionExpression(scalar.Text, root);
        }
        catch (InvalidInputException e)
        {
            context.Faults.AddRange(e.Faults);
            return null;
        }
    }
}
