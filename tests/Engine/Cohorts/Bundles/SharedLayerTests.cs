using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Bundles;

public sealed class SharedLayerTests
{
    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: lines
        title: Lines under drugs
        provenance: Made up
        licence: CC0-1.0
        timeOrigin: exposure
        subject: { column: [drug, cell] }
        variables:
          - { name: drug, type: categorical, role: treatment, levels: found }
          - { name: line, column: cell, type: categorical, levels: found }
        omics:
          - { name: rna, unit: "1", source: { subject: cell, key: line } }
        """;

    private const string Subjects = "drug,cell\nD1,L1\nD2,L1\nD3,L1\nD1,L2\nD2,L2\nD2,L3\n";
    private const string Rna = "cell,A,B\nL2,3,4\nL9,9,9\nL1,1,NA\n";

    [Fact]
    public void Property_ARowASample_FromImportThroughTheBundle()
    {
        using var folder = new TemporaryFolder();
        var cohort = Import(folder, Rna, out var manifest).Cohort;
        SampleCohort.Write(cohort, manifest, folder["bundle"]);
        var bundle = CohortStore.Read(folder["bundle"]);
        var (written, read) = (cohort.OmicsLayers[0], bundle.Cohort.OmicsLayers[0]);

        Assert.Equal(new SampleRows("line", 2), bundle.Manifest.OmicsTables[0].Samples);
        Assert.Equal(2, bundle.Files.Single(f => f.Name == "omics/rna.parquet").Rows);
        Assert.True(written.IsShared && read.IsShared);
        // Two lines, and the row of those who have none.
        Assert.Equal((3, 3), (written.RowCount, read.RowCount));
        // In the order of the ids: D1/L1, D1/L2, D2/L1, D2/L2, D2/L3, D3/L1.
        Assert.Equal([1, 3, 1, 3, float.NaN, 1], Enumerable.Range(0, 6).Select(i => read.Row(i)[0]));
        Assert.Equal([float.NaN, 4, float.NaN, 4, float.NaN, float.NaN], Enumerable.Range(0, 6).Select(i => read.Row(i)[1]));
        Assert.Equal(Rows(written), Rows(read));
    }

    [Fact]
    public void Property_TheOrderOfTheSource_DoesNotChangeTheBundle()
    {
        using var folder = new TemporaryFolder();
        SampleCohort.Write(Import(folder, Rna, out var manifest).Cohort, manifest, folder["first"]);
        SampleCohort.Write(Import(folder, "cell,A,B\nL1,1,NA\nL2,3,4\n", out _).Cohort, manifest, folder["second"]);

        Assert.Equal(CohortStore.Read(folder["first"]).Hash, CohortStore.Read(folder["second"]).Hash);
    }

    [Fact]
    public void Property_SharedOtherwiseThanByTheKey_IsWrittenARowASubject()
    {
        using var folder = new TemporaryFolder();
        var cohort = Import(folder, Rna, out var manifest).Cohort;
        var other = OmicsLayer.Shared("rna", "1", ["A", "B"], [1, 2, 3, 4], [0, 1, 1, 0, 0, 1]);
        SampleCohort.Write(new Cohort(cohort.Description, cohort.Subjects, cohort.Columns, [], null, [other]), manifest, folder["bundle"]);
        var bundle = CohortStore.Read(folder["bundle"]);

        Assert.Null(bundle.Manifest.OmicsTables[0].Samples);
        Assert.False(bundle.Cohort.OmicsLayers[0].IsShared);
        Assert.Equal(Rows(other), Rows(bundle.Cohort.OmicsLayers[0]));
    }

    [Theory]
    [InlineData("samples: { key: lin, rows: 2 }", "omics.rna.samples.key is 'lin', which is no categorical variable. Did you mean 'line'?")]
    [InlineData("samples: { rows: 2 }", "has no 'key'")]
    [InlineData("source: { key: cell }", "omics.rna.source.key is 'cell', which is no categorical variable.")]
    public void Error_AKeyThatIsMissing_IsNamed(string entry, string expected)
    {
        var text = Manifest.Replace("source: { subject: cell, key: line }", entry, StringComparison.Ordinal);
        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(text), "cohort.yaml")).Message, StringComparison.Ordinal);
    }

    /// <summary>A bundle whose levels were changed, checksums and all: its samples are nobody's.</summary>
    [Fact]
    public void Error_ASampleThatIsNoLevel_IsNamed()
    {
        using var folder = new TemporaryFolder();
        SampleCohort.Write(Import(folder, Rna, out var manifest).Cohort, manifest, folder["bundle"]);
        var path = folder["bundle/cohort.yaml"];
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"L2\"", "\"L5\"", StringComparison.Ordinal));
        SampleCohort.RecomputeChecksums(folder["bundle"]);

        Assert.Contains("Sample 'L2' is no level of 'line'", Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["bundle"])).Message, StringComparison.Ordinal);
    }

    private static float[] Rows(OmicsLayer layer) => [.. Enumerable.Range(0, layer.SubjectCount).SelectMany(i => layer.Row(i).ToArray())];

    private static ImportedCohort Import(TemporaryFolder folder, string rna, out CohortManifest manifest)
    {
        manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        return CohortImporter.Import(manifest, new CohortSources(folder.Write("s.csv", Subjects), null, [new("rna", folder.Write("r.csv", rna))], []));
    }
}
