using System.Globalization;
using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Engine.Cohorts;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>A treated trial and a registry drawn from one known outcome model, as bundles beside a scenario with every method.</summary>
internal sealed class DrawnStudy : IDisposable
{
    private const int TreatedCount = 500;
    private const int RegistryCount = 1000;

    private readonly TemporaryFolder _folder = new();
    private double _riskTreated;
    private double _riskControl;

    public DrawnStudy(string endpoint, string variable, string measures, string model, string rule, bool reverse = false)
    {
        Directory.CreateDirectory(_folder["bundles"]);
        Import("trial", TreatedCount, shift: 0.6, reverse);
        Import("registry", RegistryCount, shift: 0, reverse);
        Scenario = _folder.Write("drawn.yaml", $$"""
            schema: digitaltwin/scenario/1
            title: Drawn from a known model
            seed: 5
            cohorts: { trial: { bundle: bundles/trial }, registry: { bundle: bundles/registry } }
            populations: { treated: { cohort: trial }, external: { cohort: registry } }
            arms:
              drug: { population: treated, role: treated }
              none: { population: external, role: control, kind: external }
            endpoint: { type: {{endpoint}}, variable: {{variable}} }
            estimand: { population: ATT, measures: [{{measures}}] }
            covariates: { terms: [age, sex], missing: complete-case }
            twin: { model: {{model}}, members: 5, folds: 2 }
            controlArm:
              primary: att
              methods:
                - { id: att, type: propensity-weighting, inference: { bootstrap: 100 } }
                - { id: naive, type: unadjusted }
                - { id: ebal, type: entropy-balancing }
                - { id: matched, type: matching }
                - { id: ato, type: propensity-weighting, population: ATO }
                - { id: reg, type: outcome-regression }
                - { id: gcomp, type: g-computation, inference: { bootstrap: 100 } }
                - { id: dr, type: doubly-robust }
                - { id: tw, type: twin }
            simulation: { replicates: 50, followUp: 1 year, success: { measure: {{measures.Split(',')[0]}}, rule: {{rule}}, threshold: 0.1 } }

            """);
    }

    public string Scenario { get; }

    public string Bundle => _folder[Path.Combine("bundles", "trial")];

    /// <summary>Mean risk of the treated under treatment less that without it, by the model they were drawn from.</summary>
    public double RiskDifferenceOfTreated => _riskTreated - _riskControl;

    public double MarginalOddsRatioOfTreated => _riskTreated / (1 - _riskTreated) / (_riskControl / (1 - _riskControl));

    public void Dispose() => _folder.Dispose();

    private void Import(string name, int count, double shift, bool reverse)
    {
        var treatment = name == "trial" ? 1 : 0;
        var random = new RandomStream(new StreamKey(20240229, (ulong)treatment, 0, 0, RandomPurpose.Outcome));
        var rows = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var age = shift + random.NextGaussian();
            var male = random.NextDouble() < 0.5 + (0.2 * shift) ? 1 : 0;
            var logit = -0.3 + (0.6 * age) + (0.4 * male);
            var occurred = random.NextDouble() < Risk(logit + (0.8 * treatment)) ? 1 : 0;
            var score = 20 + (3 * age) + (2 * male) - (2.5 * treatment) + (4 * random.NextGaussian());
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{i},{60 + (8 * age):R},{(male == 1 ? "m" : "f")},{occurred},{score:R}"));
            if (treatment == 1)
            {
                _riskTreated += Risk(logit + 0.8) / count;
                _riskControl += Risk(logit) / count;
            }
        }

        if (reverse)
        {
            rows.Reverse();
        }

        var manifest = CohortImporter.ReadManifest(_folder.Write($"{name}.yaml", $$"""
            schema: digitaltwin/cohort/1
            id: {{name}}
            title: Drawn {{name}}
            provenance: drawn by a test
            licence: CC0-1.0
            timeOrigin: start of treatment
            subject: { column: id, prefix: {{name}}- }
            variables:
              - { name: age, type: continuous, unit: a }
              - { name: sex, type: categorical, levels: [f, m] }
              - { name: responded, type: binary, role: outcome }
              - { name: score, type: continuous, unit: "1", role: outcome }

            """));
        var csv = _folder.Write($"{name}.csv", $"id,age,sex,responded,score\n{string.Join('\n', rows)}\n");
        CohortWriter.Write(CohortImporter.Import(manifest, csv), manifest, _folder[Path.Combine("bundles", name)], false, cancellation: TestContext.Current.CancellationToken);
    }

    private static double Risk(double logit) => 1 / (1 + Math.Exp(-logit));
}
