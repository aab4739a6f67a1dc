using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Bundles;

public sealed class BundleRoundTripTests
{
    [Theory]
    [InlineData(TableCompression.Zstd, 40)]
    [InlineData(TableCompression.Snappy, 40)]
    [InlineData(TableCompression.Gzip, 40)]
    [InlineData(TableCompression.None, 40)]
    [InlineData(TableCompression.Zstd, 1)]
    [InlineData(TableCompression.Zstd, 140_000)]
    public void Property_WhatIsWrittenIsRead(TableCompression compression, int subjectCount)
    {
        using var folder = new TemporaryFolder();
        var (cohort, manifest) = SampleCohort.Create(subjectCount);
        SampleCohort.Write(cohort, manifest, folder["bundle"], compression: compression);

        var read = CohortStore.Read(folder["bundle"]);

        Assert.Equal(cohort.Subjects, read.Cohort.Subjects);
        Assert.Equal(cohort.Description, read.Cohort.Description);
        for (var c = 0; c < cohort.Columns.Count; c++)
        {
            AssertSame(cohort.Columns[c], read.Cohort.Columns[c]);
        }

        for (var e = 0; e < cohort.Events.Count; e++)
        {
            Assert.Equal(cohort.Events[e].Days, read.Cohort.Events[e].Days);
            Assert.Equal(cohort.Events[e].Status, read.Cohort.Events[e].Status);
        }

        AssertSame(cohort.Observations!, read.Cohort.Observations!);
        var (layer, readLayer) = (cohort.OmicsLayers[0], read.Cohort.OmicsLayers[0]);
        Assert.Equal(layer.Features, readLayer.Features);
        for (var s = 0; s < Math.Min(subjectCount, 100); s++)
        {
            Assert.Equal(layer.Row(s), readLayer.Row(s));
        }

        Assert.Equal(new TableRows(subjectCount, subjectCount, 3 * subjectCount), read.Manifest.Rows);
        Assert.Equal(["cohort.yaml", "events.parquet", "observations.parquet", "omics/rna.parquet", "subjects.parquet"], read.Files.Select(f => f.Name));
        Assert.Equal([null, subjectCount, 3 * subjectCount, subjectCount, subjectCount], read.Files.Select(f => f.Rows));
        Assert.Equivalent(manifest.Endpoints, read.Manifest.Endpoints);
        Assert.Equivalent(manifest.ObservedVariables, read.Manifest.ObservedVariables);
        Assert.Equivalent(manifest.Variables, CohortStore.ReadManifest(folder["bundle"]).Variables);
    }

    [Fact]
    public void Property_TheSameCohortIsTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var (cohort, manifest) = SampleCohort.Create();
        SampleCohort.Write(cohort, manifest, folder["first"]);
        SampleCohort.Write(cohort, manifest, folder["second"]);

        Assert.Equal(CohortStore.Read(folder["first"]).Hash, CohortStore.Read(folder["second"]).Hash);
        Assert.Equal(File.ReadAllBytes(folder["first/checksums.sha256"]), File.ReadAllBytes(folder["second/checksums.sha256"]));
    }

    [Fact]
    public void Error_AFolderThatIsThereIsKept()
    {
        using var folder = new TemporaryFolder();
        var (cohort, manifest) = SampleCohort.Create();
        SampleCohort.Write(cohort, manifest, folder["bundle"]);
        Assert.Throws<IOException>(() => SampleCohort.Write(cohort, manifest, folder["bundle"]));
        SampleCohort.Write(cohort, manifest, folder["bundle"], overwrite: true);

        Directory.CreateDirectory(folder["thesis"]);
        folder.Write("thesis/chapter1.txt", "irreplaceable");
        Assert.Throws<IOException>(() => SampleCohort.Write(cohort, manifest, folder["thesis"], overwrite: true));
        Assert.Equal("irreplaceable", File.ReadAllText(folder["thesis/chapter1.txt"]));
    }

    [Fact]
    public void Error_CancelledWritingLeavesNothing()
    {
        using var folder = new TemporaryFolder();
        var (cohort, manifest) = SampleCohort.Create();
        Assert.Throws<OperationCanceledException>(
            () => CohortWriter.Write(cohort, manifest, folder["bundle"], cancellation: new CancellationToken(canceled: true)));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static void AssertSame(Column expected, Column actual)
    {
        if (expected is NumericColumn numeric)
        {
            Assert.Equal(numeric.Values, Assert.IsType<NumericColumn>(actual).Values);
        }
        else
        {
            Assert.Equal(((CategoricalColumn)expected).Codes, Assert.IsType<CategoricalColumn>(actual).Codes);
        }
    }

    private static void AssertSame(ObservationTable expected, ObservationTable actual)
    {
        Assert.Equal(expected.Subjects, actual.Subjects);
        Assert.Equal(expected.Days, actual.Days);
        Assert.Equal(expected.VariableIndices, actual.VariableIndices);
        Assert.Equal(expected.Values, actual.Values);
    }
}
