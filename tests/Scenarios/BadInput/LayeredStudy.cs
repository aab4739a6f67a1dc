using System.Globalization;
using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>A treated trial and a registry of 80 drawn subjects each, with a layer of genes that tells something of the outcome, as bundles beside a scenario whose twins
/// read the layer. A test says which features each cohort has and which subjects have any.</summary>
internal sealed class LayeredStudy : IDisposable
{
    private const int SubjectCount = 80;

    private readonly TemporaryFolder _folder = new();
    private readonly string _scenario;

    /// <param name="trial">What the trial's layer is.</param>
    /// <param name="registry">What the registry's layer is.</param>
    public LayeredStudy(DrawnLayer trial, DrawnLayer registry)
    {
        Directory.CreateDirectory(_folder["bundles"]);
        Import("trial", 1, trial);
        Import("registry", 2, registry);
        _scenario = _folder.Write("layered.yaml", """
            schema: digitaltwin/scenario/1
            title: Drawn layers
            seed: 5
            cohorts: { trial: { bundle: bundles/trial }, registry: { bundle: bundles/registry } }
            populations: { treated: { cohort: trial }, external: { cohort: registry } }
            arms:
              drug: { population: treated, role: treated }
              none: { population: external, role: control, kind: external }
            endpoint: { type: binary, variable: responded }
            estimand: { population: ATT, measures: [risk-difference] }
            covariates: { terms: [age], missing: complete-case }
            twin: { model: multi-omics, members: 2, folds: 2, layers: [rna] }
            controlArm:
              primary: tw
              methods:
                - { id: tw, type: twin }

            """);
    }

    public Task<ScenarioRun> Run() => ScenarioRun.Of(_scenario);

    public void Dispose() => _folder.Dispose();

    private void Import(string name, ulong cohort, DrawnLayer layer)
    {
        var rows = new List<string>();
        var measured = new List<string>();
        for (var i = 0; i < SubjectCount; i++)
        {
            // Keyed by subject and feature: the same feature has the same value in whatever place it stands.
            var age = Gaussian(cohort, i, "age");
            var risk = 1 / (1 + Math.Exp(-(0.5 * age) - Gaussian(cohort, i, "TP53")));
            var responded = new RandomStream(new StreamKey(cohort, (ulong)i, 0, 0, RandomPurpose.Outcome)).NextDouble() < risk ? 1 : 0;
            rows.Add(string.Create(CultureInfo.InvariantCulture, $"{i},{60 + (8 * age):R},{responded}"));
            if (layer.Has(i))
            {
                var values = layer.Features.Select(f => f == "LEAK" ? $"{responded}" : f == "EMPTY" ? string.Empty : Gaussian(cohort, i, f).ToString("R", CultureInfo.InvariantCulture));
                measured.Add($"{i},{string.Join(',', values)}");
            }
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
              - { name: responded, type: binary, role: outcome }
            omics:
              - { name: rna, unit: "{{layer.Unit}}" }

            """));
        var csv = _folder.Write($"{name}.csv", $"id,age,responded\n{string.Join('\n', rows)}\n");
        var table = _folder.Write($"{name}-rna.csv", $"id,{string.Join(',', layer.Features)}\n{string.Join('\n', measured)}\n");
        var imported = CohortImporter.Import(manifest, new CohortSources(csv, null, [new NamedFile("rna", table)], []));
        SampleCohort.Write(imported.Cohort, manifest, _folder[Path.Combine("bundles", name)]);
    }

    private static double Gaussian(ulong cohort, int subject, string what) =>
        new RandomStream(new StreamKey(cohort, StreamKey.HashOf($"{subject}/{what}"), 0, 0, RandomPurpose.Permutation)).NextGaussian();
}

/// <summary>The layer of a drawn cohort.</summary>
/// <param name="Names">Its features, comma-separated; LEAK is the outcome, EMPTY has no value.</param>
/// <param name="MissingEvery">Every so many subjects one has nothing of it; 0 for none.</param>
/// <param name="MostSubjects">Subjects that have it at most.</param>
/// <param name="Unit">Its unit.</param>
internal sealed record DrawnLayer(string Names, int MissingEvery = 0, int MostSubjects = int.MaxValue, string Unit = "1")
{
    public string[] Features => Names.Split(',');

    public bool Has(int subject) => subject < MostSubjects && (MissingEvery == 0 || subject % MissingEvery > 0);
}
