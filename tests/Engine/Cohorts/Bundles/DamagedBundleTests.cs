using DigitalTwin.Cohorts;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Bundles;

public sealed class DamagedBundleTests
{
    private const int Flips = 400;

    // Parsing 400 damaged tables a codec would cost the suite ten seconds; the checksum test above has them all.
    private const int FlipsUnderNewChecksums = 150;

    public static TheoryData<TableCompression> Codecs => [.. Enum.GetValues<TableCompression>()];

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Property_NoFlippedBitIsSilent(TableCompression compression)
    {
        using var folder = Written(compression);
        foreach (var (path, offset, bit) in FlipsOver(folder["bundle"], Flips))
        {
            Flip(path, offset, bit);
            Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["bundle"]));
            Flip(path, offset, bit);
        }

        Assert.Equal(40, CohortStore.Read(folder["bundle"]).Cohort.Count);
    }

    [Theory]
    [MemberData(nameof(Codecs))]
    public void Property_AFlippedBitUnderANewChecksumIsReadOrRefusedButNeverCrashes(TableCompression compression)
    {
        using var folder = Written(compression);
        var refused = 0;
        foreach (var (path, offset, bit) in FlipsOver(folder["bundle"], FlipsUnderNewChecksums).Where(f => !f.Path.EndsWith(".sha256", StringComparison.Ordinal)))
        {
            Flip(path, offset, bit);
            SampleCohort.RecomputeChecksums(folder["bundle"]);
            try
            {
                CohortStore.Read(folder["bundle"]);
            }
            catch (InvalidInputException)
            {
                refused++;
            }

            Flip(path, offset, bit);
        }

        Assert.True(refused > 0);
    }

    [Theory]
    [InlineData("subjects.parquet")]
    [InlineData("events.parquet")]
    public async Task Error_AFooterWithoutEndIsRefusedInsteadOfReadForEver(string file)
    {
        const int tailLength = 8;
        using var folder = Written();
        var path = folder[$"bundle/{file}"];
        var end = (int)new FileInfo(path).Length - tailLength - 1;
        Assert.Equal(0, File.ReadAllBytes(path)[end]);
        Flip(path, end, 2);
        SampleCohort.RecomputeChecksums(folder["bundle"]);
        await Assert.ThrowsAsync<InvalidInputException>(() => Task.Run(() => CohortStore.Read(folder["bundle"]), TestContext.Current.CancellationToken)
            .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("subjects.parquet", 0.5)]
    [InlineData("events.parquet", 0.0)]
    [InlineData("observations.parquet", 0.9)]
    [InlineData("omics/rna.parquet", 0.99)]
    [InlineData("cohort.yaml", 0.5)]
    public void Error_TruncatedFile(string file, double fraction)
    {
        using var folder = Written();
        var path = folder[$"bundle/{file}"];
        var bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..(int)(bytes.Length * fraction)]);
        Assert.Contains("SHA-256", Fault(folder), StringComparison.Ordinal);

        SampleCohort.RecomputeChecksums(folder["bundle"]);
        Fault(folder);
    }

    [Theory]
    [InlineData("name: \"age\"", "name: \"age_at_entry\"", "Column 2 is 'age', the manifest declares 'age_at_entry'")]
    [InlineData("type: binary", "type: categorical\n    levels: [no, yes]", "Column 'treated' is not of type Int16")]
    [InlineData("subjects: 40", "subjects: 41", "The table has 40 rows, the manifest declares 41")]
    [InlineData("observations: 120", "observations: 12", "The table has 120 rows, the manifest declares 12")]
    [InlineData("range: [0, 120]", "range: [0, 41]", "'age' of subject 'sample-0011' is outside its range 0 to 41")]
    [InlineData("levels: [\"female\", \"male\"]", "levels: [\"female\", \"male\", \"other\"]", null)]
    [InlineData("levels: [\"I\", \"II\", \"III\"]", "levels: [\"I\", \"II\"]", "'stage' of subject 'sample-0002', is no level")]
    [InlineData("    competing: [\"death: before relapse\"]\n", "", "'relapse' of subject 'sample-0002' has a status the manifest does not declare")]
    [InlineData("features: 3", "features: 4", "Column 5 is absent")]
    [InlineData("name: \"rna\"", "name: \"dna\"", "declares no such table")]
    [InlineData("name: \"stage\"", "name: \"grade\"", "observes a variable the manifest does not declare")]
    public void Error_ManifestAndDataDisagree(string written, string changed, string? fault)
    {
        using var folder = Written();
        var path = folder["bundle/cohort.yaml"];
        var text = File.ReadAllText(path);
        Assert.Contains(written, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(written, changed, StringComparison.Ordinal));
        SampleCohort.RecomputeChecksums(folder["bundle"]);
        if (fault is null)
        {
            CohortStore.Read(folder["bundle"]);
        }
        else
        {
            Assert.Contains(fault, Fault(folder), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Error_TablesOfAnotherCohort()
    {
        using var folder = Written();
        var (larger, manifest) = SampleCohort.Create(50);
        SampleCohort.Write(larger, manifest, folder["larger"]);
        File.Copy(folder["larger/events.parquet"], folder["bundle/events.parquet"], overwrite: true);
        File.WriteAllText(folder["bundle/cohort.yaml"], File.ReadAllText(folder["bundle/cohort.yaml"]).Replace("events: 40", "events: 50", StringComparison.Ordinal));
        SampleCohort.RecomputeChecksums(folder["bundle"]);
        Assert.Contains("Subject 'sample-0040' is not in subjects.parquet", Fault(folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside.parquet")]
    [InlineData("/etc/passwd")]
    [InlineData("omics/../../outside.parquet")]
    [InlineData("omics\\..\\outside.parquet")]
    [InlineData(".hidden.parquet")]
    public void Error_PathOutsideTheBundle(string path)
    {
        using var folder = Written();
        File.AppendAllText(folder["bundle/checksums.sha256"], $"{new string('0', 64)}  {path}\n");
        Assert.Contains("path of a file inside the bundle", Fault(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ALinkOutOfTheBundle()
    {
        using var folder = Written();
        File.Move(folder["bundle/events.parquet"], folder["elsewhere.parquet"]);
        File.CreateSymbolicLink(folder["bundle/events.parquet"], folder["elsewhere.parquet"]);
        Assert.Contains("This is a link", Fault(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_EveryMissingAndExtraFileIsNamed()
    {
        using var folder = Written();
        File.Delete(folder["bundle/events.parquet"]);
        File.Delete(folder["bundle/subjects.parquet"]);
        folder.Write("bundle/notes.txt", "hello");
        var faults = Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["bundle"])).Faults;
        Assert.Equal(["events.parquet", "notes.txt", "subjects.parquet"], faults.Select(f => f.Location.File).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Error_NoBundleAtAll()
    {
        using var folder = new TemporaryFolder();
        Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder.Path));
        Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["nowhere"]));
    }

    [Fact]
    public void Error_MoreMemoryThanAllowed()
    {
        using var folder = Written();
        var fault = Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["bundle"], new CohortLimits(MaximumBytes: 1000)));
        Assert.Contains("the limit is", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ParquetFilesThatBrokeOtherReaders()
    {
        string[] names =
        [
            "ARROW-GH-41317", "ARROW-GH-41321", "ARROW-GH-43605", "ARROW-GH-45185", "ARROW-GH-47662", "ARROW-RS-GH-6229-DICTHEADER",
            "ARROW-RS-GH-6229-LEVELS", "PARQUET-1481", "datapage_v1-corrupt-checksum", "rle-dict-uncompressed-corrupt-checksum",
        ];
        foreach (var name in names)
        {
            var hostile = ReferenceData.SharedPathOrNull($"hostile/parquet/{name}.parquet");
            Assert.SkipUnless(hostile is not null, "shared/data/hostile is not here.");
            using var folder = Written();
            File.Copy(hostile!, folder["bundle/subjects.parquet"], overwrite: true);
            File.SetAttributes(folder["bundle/subjects.parquet"], FileAttributes.Normal);
            SampleCohort.RecomputeChecksums(folder["bundle"]);
            Fault(folder);
        }
    }

    private static TemporaryFolder Written(TableCompression compression = TableCompression.Zstd)
    {
        var folder = new TemporaryFolder();
        var (cohort, manifest) = SampleCohort.Create();
        SampleCohort.Write(cohort, manifest, folder["bundle"], compression: compression);
        return folder;
    }

    private static string Fault(TemporaryFolder folder) => Assert.Throws<InvalidInputException>(() => CohortStore.Read(folder["bundle"])).Message;

    // Evenly over all bytes of all files, the bit turning with the trial.
    private static IEnumerable<(string Path, int Offset, int Bit)> FlipsOver(string folder, int count)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(f => (Path: f, Length: (int)new FileInfo(f).Length)).ToArray();
        var total = files.Sum(f => (long)f.Length);
        for (var i = 0; i < count; i++)
        {
            var offset = total * i / count;
            var file = 0;
            while (offset >= files[file].Length)
            {
                offset -= files[file++].Length;
            }

            yield return (files[file].Path, (int)offset, i % 8);
        }
    }

    private static void Flip(string path, int offset, int bit)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[offset] ^= (byte)(1 << bit);
        File.WriteAllBytes(path, bytes);
    }
}
