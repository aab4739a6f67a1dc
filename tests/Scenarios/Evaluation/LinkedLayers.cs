using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.Scenarios.Output.Terminal;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>A bundle of 241 made-up subjects with a known truth, in a folder that is gone after the test. Expression of four genes is standard normal and of no correlation to speak of;
/// the score is 3 CDKN1A + 0.3 noise; protein of EGFR and KRAS is their expression + 0.75 noise (a correlation of 0.8), protein of BRAF is noise.</summary>
internal sealed class LinkedLayers : IDisposable
{
    public const int Count = 241;
    public const double Slope = 3;

    public const string Valid = """
        schema: digitaltwin/evaluation/1
        title: Linked
        bundle: bundle
        target: { type: continuous, variable: score }
        layers: [rna, protein]
        treatment: { variable: arm, arms: [{ level: A, drugs: [{ name: blocker, dose: 0.5, targets: [CDKN1A, NOWHERE1] }] }, { level: B, drugs: [{ name: opener, targets: [+CDKN1A] }, { name: riddle }] }] }
        split: { type: k-fold, folds: 4 }
        models: [baseline, { type: concatenated-linear, layers: [rna] }]
        """;

    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: linked
        title: t
        provenance: p
        licence: l
        timeOrigin: o
        subject: { column: id }
        variables:
          - { name: age, type: continuous, unit: a }
          - { name: arm, type: categorical, role: treatment, levels: [A, B] }
          - { name: side, type: categorical, role: administrative, levels: [train, test] }
          - { name: score, type: continuous, unit: "1", role: outcome }
          - { name: response, type: binary, role: outcome }
          - { name: grade, type: categorical, role: outcome, levels: [low, mid, high] }
        endpoints:
          - { name: death, time: { column: days, unit: d }, status: { column: status, codes: { "0": censored, "1": event } } }
        """;

    private static readonly string[] Expressed = ["CDKN1A", "EGFR", "KRAS", "MYC"];

    private static readonly (int Power, int Factor)[] Orders = [(101, 1), (233, 3), (137, 24), (41, 43), (13, 21), (23, 135), (89, 153), (217, 144), (77, 88)];

    private readonly TemporaryFolder _folder = new();

    public LinkedLayers()
    {
        var csv = new StringBuilder("id,age,arm,side,score,response,grade,days,status\n");
        var (rna, protein) = (new StringBuilder($"id,{string.Join(',', Expressed)}\n"), new StringBuilder("id,EGFR,KRAS,BRAF\n"));
        for (var i = 0; i < Count; i++)
        {
            var score = (Slope * Value(0, i)) + (0.3 * Value(4, i));
            csv.Append(CultureInfo.InvariantCulture, $"p{i:D3},{50 + (5 * Value(5, i)):F3},{"AB"[i % 2]},{(i % 3 == 0 ? "test" : "train")},{score:F5},{(score > 0 ? 1 : 0)},{(score < -1 ? "low" : score > 1 ? "high" : "mid")},{1000 * Math.Exp((-0.2 * score) + (0.8 * Value(5, i))):F1},1\n");
            rna.Append(CultureInfo.InvariantCulture, $"p{i:D3},{string.Join(',', Expressed.Select((_, g) => Value(g, i).ToString("F5", CultureInfo.InvariantCulture)))}\n");
            if (i % 20 != 1)
            {
                protein.Append(CultureInfo.InvariantCulture, $"p{i:D3},{Value(1, i) + (0.75 * Value(6, i)):F5},{Value(2, i) + (0.75 * Value(7, i)):F5},{Value(8, i):F5}\n");
            }
        }

        var imported = CohortImporter.Import(
            CohortImporter.ReadManifest(_folder.Write("manifest.yaml", Manifest)),
            new CohortSources(
                _folder.Write("s.csv", csv.ToString()), null, [new NamedFile("rna", _folder.Write("rna.csv", rna.ToString())), new NamedFile("protein", _folder.Write("protein.csv", protein.ToString()))], []));
        SampleCohort.Write(imported.Cohort, CohortImporter.ReadManifest(_folder["manifest.yaml"]), _folder["bundle"]);
    }

    public string this[string name] => _folder[name];

    public string Write(string text) => _folder.Write("e.yaml", text);

    public async Task<(int Code, string Output, string Error)> RunAsync(string text, string? json = null, int threads = 2)
    {
        var (console, output) = PlainConsole.Create();
        using var error = new StringWriter();
        var code = await EvaluateCommand.RunAsync(
            new EvaluationRequest(Write(text), json is null ? null : _folder[json], null, threads, "simd"), console, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    /// <summary>A part of a result.</summary>
    public JsonElement Read(string json, string part)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(_folder[json]));
        return document.RootElement.GetProperty(part).Clone();
    }

    public void Dispose() => _folder.Dispose();

    // The quantiles of a standard normal, each once, in an order of its own for each variable: 241 is prime, and powers that share no factor with 240 permute the residues.
    // The pairs were chosen so that no two variables correlate by more than 0.05.
    private static double Value(int variable, int subject)
    {
        var (power, factor) = Orders[variable];
        return Normal.Quantile(((int)(factor * BigInteger.ModPow(subject, power, Count) % Count) + 0.5) / Count);
    }
}
