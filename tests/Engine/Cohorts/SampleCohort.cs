using System.Security.Cryptography;
using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts;

/// <summary>A small made-up cohort that has something of everything a bundle can hold.</summary>
internal static class SampleCohort
{
    public static (Cohort Cohort, CohortManifest Manifest) Create(int subjectCount = 40)
    {
        Variable age = new("age", VariableType.Continuous, VariableRole.Covariate, "a", "Age", new AllowedRange(0, 120), []);
        Variable sex = new("sex", VariableType.Categorical, VariableRole.Covariate, string.Empty, "Sex", null, ["female", "male"]);
        Variable treated = new("treated", VariableType.Binary, VariableRole.Treatment, "1", "Treated", null, []);
        Variable albumin = new("albumin", VariableType.Continuous, VariableRole.Covariate, "g/dL", "Albumin", null, []);
        Variable stage = new("stage", VariableType.Categorical, VariableRole.Covariate, string.Empty, "Stage", null, ["I", "II", "III"]);
        CohortManifest manifest = new(
            new CohortDescription(new CohortId("sample"), "A \"sample\": #1", "Made up\nfor tests", "CC0-1.0", "randomisation"),
            [age, sex, treated],
            [new EventEndpoint("death", "Death", []), new EventEndpoint("relapse", "Relapse", ["death: before relapse"])],
            [albumin, stage],
            []);
        var every = Enumerable.Range(0, subjectCount).ToArray();
        Cohort cohort = new(
            manifest.Description,
            [.. every.Select(i => new SubjectId($"sample-{i:D4}"))],
            [
                new NumericColumn(age, [.. every.Select(i => i % 7 == 3 ? double.NaN : 40 + (0.1 * (i % 700)))]),
                new CategoricalColumn(sex, [.. every.Select(i => (short)((i % 3) - 1))]),
                new NumericColumn(treated, [.. every.Select(i => (double)(i % 2))]),
            ],
            [
                new EventColumn("death", "Death", [.. every.Select(i => 100.5 * (i + 1))], [.. every.Select(i => (byte)(i % 2))]),
                new EventColumn("relapse", "Relapse", [.. every.Select(i => i % 5 == 4 ? double.NaN : 10.0 * i)], [.. every.Select(i => i % 5 == 4 ? (byte)0 : (byte)(i % 3))]),
            ],
            new ObservationTable(
                [albumin, stage],
                [.. every.SelectMany(i => new[] { i, i, i })],
                [.. every.SelectMany(_ => new[] { -7.0, 0.0, 0.0 })],
                [.. every.SelectMany(_ => new short[] { 0, 0, 1 })],
                [.. every.SelectMany(i => new[] { 3.5 + (i / 100.0), 3.25, i % 3 })]),
            [new OmicsLayer("rna", "1", ["TP53", "BRCA1", "gene.with.dots"], [.. Enumerable.Range(0, 3 * subjectCount).Select(i => i % 11 == 0 ? float.NaN : i / 8f)])]);
        return (cohort, manifest);
    }

    public static void Write(
        Cohort cohort, CohortManifest manifest, string folder, bool overwrite = false, TableCompression compression = TableCompression.Zstd) =>
        CohortWriter.Write(cohort, manifest, folder, overwrite, compression, TestContext.Current.CancellationToken);

    /// <summary>Makes the checksum file fit the files again, as an attacker or a well-meaning editor would.</summary>
    public static void RecomputeChecksums(string folder)
    {
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(n => n != "checksums.sha256").Order(StringComparer.Ordinal);
        File.WriteAllText(
            Path.Combine(folder, "checksums.sha256"),
            string.Concat(names.Select(n => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, n))))}  {n}\n")));
    }
}
