using DigitalTwin.Estimation;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Binds <c>controlArm</c>.</summary>
internal static class MethodBinder
{
    private static readonly EstimandPopulation[] TreatedOnly = [EstimandPopulation.Att];
    private static readonly EstimandPopulation[] TreatedOrAll = [EstimandPopulation.Att, EstimandPopulation.Ate];
    private static readonly EstimandPopulation[] Any = [EstimandPopulation.Att, EstimandPopulation.Ato, EstimandPopulation.Ate];

    public static ControlArmPlan? Bind(BindingContext context, DocumentSection root, Estimand? estimand, Adjustment adjustment)
    {
        if (root.Section("controlArm") is not { } section)
        {
            return null;
        }

        var methods = new List<MethodSpecification>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, item) in section.Items("methods"))
        {
            if (item?.Text("id") is { } id && !ids.Add(id.Value))
            {
                context.Report(id.Location, $"{item.PathOf("id")} is '{id.Value}', which another method has already. Give each method its own id.");
            }
            else if (item is not null && BindMethod(context, item, root, estimand, adjustment) is { } method)
            {
                methods.Add(method);
            }
        }

        var primary = BindPrimary(context, section, methods, ids, estimand);
        return primary is null
            ? null
            : new ControlArmPlan(primary, methods, section.Section("overlap")?.Boolean("allowPoor") ?? false);
    }

    private static MethodSpecification? BindPrimary(
        BindingContext context, DocumentSection section, List<MethodSpecification> methods, HashSet<string> ids, Estimand? estimand)
    {
        if (section.Text("primary") is not { } name)
        {
            return null;
        }

        if (!ids.Contains(name.Value))
        {
            context.Report(name.Location, $"controlArm.primary is '{name.Value}', which is not the id of a method.{Nearest.Suggest(name.Value, ids)}");
            return null;
        }

        var primary = methods.Find(m => m.Id == name.Value);
        if (primary is not null && estimand is not null && primary.Population != estimand.Population)
        {
            context.Report(
                name.Location,
                $"controlArm.primary is '{name.Value}', which estimates the {InWords(primary.Population)}, but estimand.population is {InWords(estimand.Population)}. The primary method must answer the question asked.");
        }

        if (primary is not null && estimand?.Measures is [var first, ..] && !CanEstimate(primary, first.Measure))
        {
            context.Report(
                name.Location,
                $"controlArm.primary is '{name.Value}' ({primary.Type}), which gives no {Spelling.Of(first.Measure)}, the first of estimand.measures. Put a measure it gives first, or choose another primary method.");
        }

        return primary;
    }

    private static bool CanEstimate(MethodSpecification method, SummaryMeasure measure) => method switch
    {
        DoublyRobustSpecification => DoublyRobust.Supports(measure),
        OutcomeRegressionSpecification => OutcomeRegression.Supports(measure),
        _ => true,
    };

    private static MethodSpecification? BindMethod(
        BindingContext context, DocumentSection item, DocumentSection root, Estimand? estimand, Adjustment adjustment)
    {
        if (item.Text("id") is not { } id)
        {
            return null;
        }

        var population = BindPopulation(context, item, estimand);
        var covariates = item.Shape.TryGet("covariates", out _)
            ? CovariateBinder.BindSubset(context, item, "covariates", root, adjustment)
            : [];
        if (item.Shape.TryGet("covariates", out _) && !root.Has("covariates"))
        {
            context.Report(item.Location, $"{item.Path} adjusts for covariates, but the scenario has none. Add 'covariates', or use 'type: unadjusted'.");
        }

        if (item.Type == "twin" && !root.Has("twin"))
        {
            context.Report(item.Location, $"{item.Path} needs a twin model. Add 'twin' to the scenario.");
        }

        var frame = new MethodFrame(id.Value, population, covariates, BindInference(item));
        return item.Type switch
        {
            "unadjusted" => new UnadjustedSpecification(frame),
            "propensity-weighting" => new PropensityWeightingSpecification(
                frame, item.Boolean("stabilize") ?? false, item.Number("truncateAt")?.Value),
            "entropy-balancing" => new EntropyBalancingSpecification(frame),
            "matching" => BindMatching(context, item, root, adjustment, frame),
            "outcome-regression" => new OutcomeRegressionSpecification(frame),
            "g-computation" => new GComputationSpecification(frame),
            "doubly-robust" => new DoublyRobustSpecification(frame),
            "twin" => new TwinMethodSpecification(frame),
            _ => throw new InvalidOperationException($"The grammar allows the method type '{item.Type}', the binder does not know it."),
        };
    }

    private static MatchingSpecification BindMatching(
        BindingContext context, DocumentSection item, DocumentSection root, Adjustment adjustment, MethodFrame frame) =>
        new(
            frame,
            Spelling.Parse<MatchingDistance>(item.Text("distance")?.Value) ?? MatchingDistance.Propensity,
            (int)(item.Integer("ratio")?.Value ?? 1),
            item.Number("caliper")?.Value,
            item.Boolean("replacement") ?? false,
            item.Has("exact") ? CovariateBinder.BindSubset(context, item, "exact", root, adjustment) : []);

    private static InferenceSpecification BindInference(DocumentSection item) =>
        item.Section("inference") is { } bootstrap
            ? new BootstrapInferenceSpecification(
                (int)(bootstrap.Integer("bootstrap")?.Value ?? 0),
                Spelling.Parse<BootstrapIntervalKind>(bootstrap.Text("interval")?.Value) ?? BootstrapIntervalKind.Percentile)
            : new AnalyticInference();

    private static EstimandPopulation BindPopulation(BindingContext context, DocumentSection item, Estimand? estimand)
    {
        var asked = estimand?.Population ?? EstimandPopulation.Att;
        if (!item.Shape.TryGet("population", out _))
        {
            return asked;
        }

        var population = EstimandBinder.BindPopulation(item) ?? asked;
        var able = item.Type switch
        {
            "entropy-balancing" or "matching" or "twin" => TreatedOnly,
            "doubly-robust" or "g-computation" => TreatedOrAll,
            _ => Any,
        };
        if (!able.Contains(population))
        {
            var choices = string.Join(" or ", able.Select(p => $"'population: {InWords(p)}'"));
            context.Report(
                item.LocationOf("population"),
                $"{item.Path} ({item.Type}) cannot estimate the {InWords(population)}. Write {choices} in the method, or use propensity-weighting.");
        }

        return population;
    }

    private static string InWords(EstimandPopulation population) =>
        ScenarioChoices.EstimandPopulations.First(p => p.Population == population).Text;
}
