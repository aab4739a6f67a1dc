using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>A policy's worth on the terminal.</summary>
internal static class PolicyTables
{
    public static void Write(IAnsiConsole console, PolicyResult policy)
    {
        TextTable.Write(
            console,
            ["mean outcome of assignment", "value", "subjects who received it", "effective sample size"],
            policy.Values.Select(v => (string[])
            [
                v.Name, Interval(v.Value, v.Lower, v.Upper), Invariant($"{v.FollowedCount:0.#} of {policy.SubjectCount}"), Invariant($"{v.EffectiveSampleSize:0.#}"),
            ]));
        TextTable.Write(
            console,
            ["gain", "difference", "verdict"],
            policy.Differences.Select(d => (string[])[d.Name, Interval(d.Difference, d.Lower, d.Upper), d.Verdict]));
        TextTable.Write(
            console,
            ["arm", "chosen for", "received by"],
            policy.Assigned.Select(a => (string[])[a.Arm, Invariant($"{100 * a.Share:0.0} %"), Invariant($"{100 * a.ObservedShare:0.0} %")]));
        var output = console.Profile.Out.Writer;
        output.WriteLine(TerminalText.Clean(Invariant(
            $"policy: by {policy.Model}, {policy.Best} is best; propensities on {string.Join(", ", policy.Propensity)}; {100 * policy.UnsupportedShare:0.0} % of pairs of subject and arm were too improbable (below {policy.LeastPropensity}) to be chosen; {policy.PassCount} passes.")));
        output.WriteLine($"policy: {TerminalText.Clean(policy.Claim)}");
    }

    private static string Interval(double value, double lower, double upper) => Invariant($"{value:0.000} ({lower:0.000} to {upper:0.000})");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
