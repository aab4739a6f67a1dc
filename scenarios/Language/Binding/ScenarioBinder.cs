using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Turns a document into a <see cref="Scenario"/>: resolves names, checks meaning against the bundles' manifests, and reports every fault at once.</summary>
public static class ScenarioBinder
{
    /// <param name="document">The file as read; its own faults are reported too.</param>
    /// <param name="folder">Absolute folder of the scenario file; bundles must lie inside it.</param>
    /// <param name="manifests">What the bundles hold.</param>
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static Scenario Bind(ScenarioDocument document, string folder, ICohortManifests manifests)
    {
        ArgumentNullException.ThrowIfNull(document);
        var context = new BindingContext(folder, manifests);
        var root = document.Root;

        var cohorts = CohortBinder.BindCohorts(context, root);
        var populations = CohortBinder.BindPopulations(context, root);
        var arms = ArmBinder.BindArms(context, root);
        var reveal = ArmBinder.BindReveal(context, root, arms);
        var armCohorts = ArmCohorts(context, root);
        var outcomeCohorts = context.CohortOf(reveal?.Population.Value) is { } hidden ? [.. armCohorts.Union([hidden])] : armCohorts;
        var endpoint = EndpointBinder.Bind(context, root, outcomeCohorts);
        var estimand = EstimandBinder.Bind(context, root, endpoint);
        var adjustment = CovariateBinder.Bind(context, root, armCohorts);
        var twin = TwinBinder.BindTwin(context, root, endpoint, adjustment, armCohorts);
        var plan = MethodBinder.Bind(context, root, estimand, adjustment);
        var simulation = TwinBinder.BindSimulation(context, root, endpoint, estimand);

        var faults = document.Faults.Concat(context.Faults).Distinct()
            .OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column).ToList();
        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }

        if (arms is null || endpoint is null || estimand is null || plan is null)
        {
            throw new InvalidOperationException("The binder left a part of the scenario out without a fault.");
        }

        return new Scenario(
            root.Text("title")!.Value.Value,
            (ulong)root.Integer("seed")!.Value.Value,
            cohorts,
            populations,
            arms,
            endpoint,
            estimand,
            adjustment,
            twin,
            plan,
            simulation,
            reveal);
    }

    // Taken from the document, not from the bound arms, so that a fault in the arms does not hide faults in endpoint and covariates.
    private static List<string> ArmCohorts(BindingContext context, DocumentSection root) =>
    [
        .. root.Entries("arms")
            .OrderBy(e => e.Section.Text("role")?.Value == "treated" ? 0 : 1)
            .Select(e => context.CohortOf(e.Section.Text("population")?.Value))
            .OfType<string>()
            .Distinct(StringComparer.Ordinal),
    ];
}
