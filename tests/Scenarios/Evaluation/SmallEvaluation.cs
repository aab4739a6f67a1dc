using System.Globalization;
using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.Scenarios.Output.Terminal;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>A bundle of 80 made-up subjects and an evaluation of it, in a folder that is gone after the test.</summary>
internal sealed class SmallEvaluation : IDisposable
{
    public const string Valid = """
        schema: digitaltwin/evaluation/1
        title: Small
        bundle: bundle
        target: { type: binary, variable: response }
        covariates: [age, sex]
        layers: [rna]
        split: { type: k-fold, folds: 4 }
        models: [baseline]
        """;

    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: small
        title: t
        provenance: p
        licence: l
        timeOrigin: o
        subject: { column: id }
        variables:
          - { name: age, type: continuous, unit: a }
          - { name: sex, type: categorical, levels: [f, m] }
          - { name: copy, type: continuous, unit: "1" }
          - { name: empty, type: continuous, unit: "1" }
          - { name: arm, type: categorical, role: treatment, levels: [A, B] }
          - { name: site, type: categorical, role: administrative, levels: [s0, s1, s2, s3] }
          - { name: side, type: categorical, role: administrative, levels: [train, test] }
          - { name: family, type: integer, unit: "1", role: administrative }
          - { name: response, type: binary, role: outcome }
          - { name: grade, type: categorical, role: outcome, levels: [low, mid, high] }
          - { name: renamed, type: categorical, levels: [x, y, z] }
          - { name: score, type: continuous, unit: "1", role: outcome }
          - { name: status2, column: status, type: integer, unit: "1" }
        endpoints:
          - { name: death, time: { column: days, unit: d }, status: { column: status, codes: { "0": censored, "1": event } } }
        """;

    private readonly TemporaryFolder _folder = new();

    /// <param name="leaks">Whether a feature is the outcome.</param>
    /// <param name="emptySubject">Whether one subject has nothing measured.</param>
    /// <param name="change">Changes the text of the manifest, of the table of subjects or of the layer, whichever holds what it looks for.</param>
    public SmallEvaluation(bool leaks = false, bool emptySubject = false, Func<string, string>? change = null)
    {
        change ??= text => text;
        var csv = new StringBuilder("id,age,sex,copy,empty,arm,site,side,family,response,grade,renamed,score,days,status\n");
        var rna = new StringBuilder(leaks ? "id,G1,G2,LEAK\n" : "id,G1,G2\n");
        for (var i = 0; i < 80; i++)
        {
            var response = (i * 7) % 10 < 4 ? 1 : 0;
            var noise = (i * 37) % 80;
            var isEmpty = emptySubject && i == 3;
            csv.Append(CultureInfo.InvariantCulture, $"p{i:D2},{(isEmpty ? "" : $"{40 + noise}")},{(isEmpty ? "" : i % 2 == 0 ? "f" : "m")},{3 - (2 * response)},,{"AB"[i % 2]},s{i % 4},{(i < 50 ? "train" : "test")},{i / 2},{response},{new[] { "low", "mid", "high" }[i % 3]},{"zxy"[i % 3]},{noise + (10 * response)},{10 + (noise * 3 % 80)},{(i % 3 == 0 ? 0 : 1)}\n");
            if (!isEmpty)
            {
                rna.Append(CultureInfo.InvariantCulture, $"p{i:D2},{(noise / 10.0) - response},{i % 5}{(leaks ? $",{response}" : "")}\n");
            }
        }

        var imported = CohortImporter.Import(
            CohortImporter.ReadManifest(_folder.Write("manifest.yaml", change(Manifest))),
            new CohortSources(_folder.Write("s.csv", change(csv.ToString())), null, [new NamedFile("rna", _folder.Write("rna.csv", change(rna.ToString())))], []));
        SampleCohort.Write(imported.Cohort, CohortImporter.ReadManifest(_folder["manifest.yaml"]), _folder["bundle"]);
    }

    public string this[string name] => _folder[name];

    public static string With(string part, string replacement) => Valid.Replace(part, replacement, StringComparison.Ordinal);

    public string Write(string text) => _folder.Write("e.yaml", text);

    /// <summary>Runs <c>digitaltwin evaluate</c>.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(string text, string? json = null, int threads = 2, CancellationToken? cancellation = null)
    {
        var (console, output) = PlainConsole.Create();
        using var error = new StringWriter();
        var code = await EvaluateCommand.RunAsync(
            new EvaluationRequest(Write(text), json, null, threads, "simd"), console, error, cancellation ?? TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
