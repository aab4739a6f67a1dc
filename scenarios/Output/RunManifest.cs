using System.Text;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>What is needed to repeat a run and to prove that nothing was changed since: run.json.</summary>
/// <param name="EngineVersion">Version of the engine.</param>
/// <param name="Scenario">The scenario file.</param>
/// <param name="Command">Words of the command line that repeat the run, without the program's name.</param>
/// <param name="Inputs">Bundles read.</param>
/// <param name="Parameters">Everything else the results depend on, by name, in ordinal order.</param>
/// <param name="Outputs">Files written, in ordinal order of their paths; run.json itself is not among them.</param>
public sealed record RunManifest(
    string EngineVersion,
    ScenarioIdentity Scenario,
    IReadOnlyList<string> Command,
    IReadOnlyList<InputResult> Inputs,
    IReadOnlyList<RunParameter> Parameters,
    IReadOnlyList<RunOutput> Outputs)
{
    /// <summary>Name of the file inside the output folder.</summary>
    public const string FileName = "run.json";

    /// <summary>Name and version of its format.</summary>
    public const string Schema = "digitaltwin/run/1";

    /// <summary>The hash chain: each link hashes the link before it and its own part, so that no part can be exchanged alone.</summary>
    public RunHashChain Chain()
    {
        var scenario = Link(string.Empty, ["scenario " + Scenario.Sha256]);
        var inputs = Link(scenario, Inputs.SelectMany(InputLines));
        var parameters = Link(inputs, [$"engine {EngineVersion}", .. Parameters.Select(p => $"{p.Name} {p.Value}")]);
        var outputs = Link(parameters, Outputs.Select(o => $"{o.ComparableSha256} {o.Path}"));
        return new RunHashChain(scenario, inputs, parameters, outputs);
    }

    private static IEnumerable<string> InputLines(InputResult input) =>
    [
        $"{input.ManifestSha256} {input.Cohort}",
        .. input.Tables.Select(t => $"{t.Sha256} {input.Cohort}/{t.Name} {t.RowCount}"),
    ];

    private static string Link(string previous, IEnumerable<string> lines)
    {
        var text = new StringBuilder(previous).Append('\n');
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        return Sha256Text.Of(text.ToString());
    }
}

/// <param name="Name">Name of the parameter, e.g. <c>seed</c>.</param>
/// <param name="Value">Its value as text.</param>
public sealed record RunParameter(string Name, string Value);

/// <param name="Path">Path inside the output folder, with forward slashes.</param>
/// <param name="ByteCount">Size of the file.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="ComparableSha256">Hash of the part that repeats from run to run; the same as <paramref name="Sha256"/> for all but results.json.</param>
public sealed record RunOutput(string Path, long ByteCount, string Sha256, string ComparableSha256);

/// <summary>Hashes of the four links; <paramref name="Outputs"/> stands for the whole run and repeats when the run is repeated.</summary>
public sealed record RunHashChain(string Scenario, string Inputs, string Parameters, string Outputs);
