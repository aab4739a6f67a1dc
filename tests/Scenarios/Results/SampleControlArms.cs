using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>Control arms of the sample, as four methods would make them.</summary>
internal static class SampleControlArms
{
    private static readonly (string Variable, string? Level, double Mean, double Before)[] Covariates =
    [
        ("age", null, 56.6, 0.21), ("meno", "post", 0.76, 0.42), ("size", "20-50 mm", 0.66, 0.35), ("size", "over 50 mm", 0.09, -0.31), ("grade", "3", 0.21, -1.14),
        ("nodes", null, 5.1, 0.04), ("pgr", null, 124.3, -0.12), ("er", null, 125.8, -0.24),
    ];

    public static IReadOnlyList<ControlArmResult> Create() =>
    [
        Arm("att-weights", "Propensity weights (ATT)", "att-weights", true, 246, 252.5, 0.035, "A logistic model of membership in the treated arm given the seven baseline covariates; control subjects weigh the odds p/(1-p), so that they stand for the treated population. Standard errors are robust; the interval is on the log scale."),
        Arm("entropy-balancing", "Entropy balancing", "entropy-balancing", false, 246, 265.1, 0.0, "Control weights as near to uniform as possible under exact balance of all means."),
        Arm("overlap-weights", "Overlap weights (ATO)", "ato-weights", false, 246, 402.2, 0.0, "Each subject weighs the probability of the other arm."),
        Arm("matching", "1:1 nearest-neighbour matching with a caliper of 0.2 standard deviations", "matching", false, 231, 231, 0.08, "Greedy matching without replacement on the logit of the propensity score."),
        new ControlArmResult("twin", "Twin control arm (g-computation over the forecasts)", "twin", ControlArmKind.Twin, false, "Each treated subject's twin forecasts its own course under control.", ["Robins J. A new approach to causal inference in mortality studies. Math Model 1986;7:1393-512."], 246, 0, 246, 246, [], [], null),
    ];

    private static ControlArmResult Arm(string id, string label, string method, bool primary, int controls, double ess, double left, string description)
    {
        var treatedScores = SampleRun.Normals(3, 246, 0.34, 0.14).Select(p => Math.Clamp(p, 0.02, 0.95)).ToArray();
        var controlScores = SampleRun.Normals(9, 1207, 0.17, 0.11).Select(p => Math.Clamp(p, 0.01, 0.9)).ToArray();
        var weights = controlScores.Select(p => p / (1 - p)).ToArray();
        double[] scores = [.. treatedScores, .. controlScores];
        bool[] treated = [.. treatedScores.Select(_ => true), .. controlScores.Select(_ => false)];
        double[] all = [.. treatedScores.Select(_ => 1.0), .. weights];
        return new ControlArmResult(
            id, label, method, ControlArmKind.External, primary, description,
            ["Austin PC. Balance diagnostics for comparing the distribution of baseline covariates. Stat Med 2009;28:3083-107.", "Li F, Morgan KL, Zaslavsky AM. Balancing covariates via propensity score weighting. JASA 2018;113:390-400."],
            246, primary ? 1207 : controls, 246, ess, [WeightSummary.Of(ArmRole.Control, weights)],
            [.. Covariates.Select((c, i) => Balance(c, left * (1 - (0.23 * i))))],
            OverlapHistogram.Of(scores, treated, all));
    }

    private static BalanceRow Balance((string Variable, string? Level, double Mean, double Before) c, double after) => new(
        c.Variable, c.Level, c.Mean, c.Mean * (1 - (0.3 * c.Before)), c.Mean * (1 - (0.3 * after)), c.Before, after, c.Level is null ? 1.3 : null, c.Level is null ? 1.05 : null, Math.Abs(c.Before) / 2, Math.Abs(after) / 2);
}
