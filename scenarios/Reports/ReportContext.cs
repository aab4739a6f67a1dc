using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>The result with the look-ups and words every section needs.</summary>
internal sealed class ReportContext
{
    private readonly Dictionary<string, string> _methodLabels;
    private readonly Dictionary<string, VariableText> _variables;

    /// <exception cref="ArgumentException">The result has not exactly one primary estimate, or lacks an arm.</exception>
    public ReportContext(RunResult result)
    {
        Result = result;
        Numbers = new ReportNumbers(result.Endpoint);
        var primaries = result.Estimates.Where(e => e.Primary).ToArray();
        Primary = primaries.Length == 1
            ? primaries[0]
            : throw new ArgumentException($"A result has exactly one primary estimate; this one has {primaries.Length}.", nameof(result));
        Treated = Arm(ArmRole.Treated);
        Control = Arm(ArmRole.Control);
        PrimaryArm = result.ControlArms.FirstOrDefault(a => a.MethodId == Primary.Estimate.MethodId);
        _methodLabels = result.ControlArms.ToDictionary(a => a.MethodId, a => a.Label, StringComparer.Ordinal);
        _variables = result.Variables.ToDictionary(v => v.Name, StringComparer.Ordinal);
    }

    public RunResult Result { get; }

    public ReportNumbers Numbers { get; }

    public EstimateResult Primary { get; }

    public ArmResult Treated { get; }

    public ArmResult Control { get; }

    /// <summary>Control arm of the primary method, or null when that method makes none.</summary>
    public ControlArmResult? PrimaryArm { get; }

    /// <summary>What a bad event is called in a sentence.</summary>
    /// <remarks>A label such as "recurrence-free survival" names the endpoint, not the event, and is not put in the event's place.</remarks>
    public string EventName
    {
        get
        {
            var words = InSentence(Result.Endpoint.Event ?? Result.Endpoint.Label);
            return words.Contains("survival", StringComparison.OrdinalIgnoreCase) ? $"an event ({words})" : words;
        }
    }

    public string MethodLabel(string methodId) => _methodLabels.GetValueOrDefault(methodId, methodId);

    /// <summary>A method with whose effect it estimates, unless its label says so already.</summary>
    public string MethodWithPopulation(EstimateResult estimate)
    {
        var label = MethodLabel(estimate.Estimate.MethodId);
        var population = ResultNames.Of(estimate.Population);
        return label.Contains(population, StringComparison.Ordinal) ? label : $"{label}, {population}";
    }

    public string VariableLabel(string name) => _variables.TryGetValue(name, out var text) ? text.Label : name;

    /// <summary>A covariate column in words: variable, level, unit.</summary>
    public string CovariateLabel(BalanceRow row)
    {
        var label = VariableLabel(row.Variable);
        var unit = _variables.TryGetValue(row.Variable, out var text) ? text.Unit : string.Empty;
        return row.Level is { } level ? $"{label}: {level}" : unit is "" or "1" ? label : $"{label}, {ReportNumbers.UnitWord(unit)}";
    }

    /// <summary>An arm's label inside a sentence: a capital that only opens the label goes.</summary>
    public static string InSentence(string label) =>
        label.Length > 1 && char.IsUpper(label[0]) && char.IsLower(label[1]) ? char.ToLowerInvariant(label[0]) + label[1..] : label;

    /// <summary>True when a smaller value of the measure is good for the subject.</summary>
    public bool SmallerIsBetter(SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.HazardRatio or SummaryMeasure.OddsRatio or SummaryMeasure.RiskDifference or SummaryMeasure.MeanDifference => !Result.Endpoint.HigherIsBetter,
        _ => Result.Endpoint.HigherIsBetter && Result.Endpoint.Kind == EndpointKind.TimeToEvent,
    };

    /// <summary>Value of the measure when the arms do not differ.</summary>
    public static double NoEffect(SummaryMeasure measure) => EffectEstimate.IsRatio(measure) ? 1 : 0;

    private ArmResult Arm(ArmRole role) =>
        Result.Arms.FirstOrDefault(a => a.Role == role) ?? throw new ArgumentException($"The result has no {ResultNames.Of(role)} arm.");
}
