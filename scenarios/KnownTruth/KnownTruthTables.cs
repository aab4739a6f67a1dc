using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>A recovery study's result on the terminal.</summary>
internal static class KnownTruthTables
{
    public static void Write(IAnsiConsole console, KnownTruthResult result)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine();
        output.WriteLine(TerminalText.Clean(result.Title));
        output.WriteLine(Invariant(
            $"{result.ReplicateCount} trials of {result.Options.TrialCount} subjects{(result.Options.ExternalCount > 0 ? Invariant($" and an external cohort of {result.Options.ExternalCount}") : string.Empty)}; {result.GeneCount} genes around {result.Target}; {result.Learner}; seed {result.Seed}."));
        output.WriteLine(Invariant($"True average effect on the risk {result.Truth:0.0000} (simulated, standard error {result.TruthError:0.0000})."));
        output.WriteLine();
        TextTable.Write(
            console,
            ["average effect by", "mean", "bias", "spread of estimates", "stated error", "intervals of 95 % that cover"],
            result.Estimators.Select(e => (string[])
            [
                e.Name,
                Invariant($"{e.MeanEstimate:0.0000}"),
                Invariant($"{e.Bias:0.0000} (MC error {e.EmpiricalError / Math.Sqrt(result.ReplicateCount):0.0000})"),
                Invariant($"{e.EmpiricalError:0.0000}"),
                Invariant($"{e.MeanStandardError:0.0000}"),
                Invariant($"{100 * e.Coverage:0.0} % (MC error {100 * e.CoverageError:0.0})"),
            ]));
        TextTable.Write(
            console,
            ["individual effects of subjects not met", "mean", "MC error"],
            [
                Row("correlation with the truth, doubly robust", result.Correlation, result.ReplicateCount),
                Row("correlation with the truth, separate models", result.SeparateCorrelation, result.ReplicateCount),
                ["ceiling of that correlation", Invariant($"{result.Ceiling:0.000}"), string.Empty],
                Row("slope of true on predicted effects", result.Slope, result.ReplicateCount),
                Row("risk avoided by treating the better half, over a random half", result.PolicyGain, result.ReplicateCount),
            ]);
    }

    private static string[] Row(string name, ReplicateMean mean, int replicateCount) =>
    [
        mean.Count == replicateCount ? name : Invariant($"{name} ({mean.Count} of {replicateCount} trials: in the others all predictions are equal)"),
        double.IsNaN(mean.Mean) ? "not told" : Invariant($"{mean.Mean:0.000}"),
        double.IsNaN(mean.StandardError) ? string.Empty : Invariant($"{mean.StandardError:0.000}"),
    ];

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
