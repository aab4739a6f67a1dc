using DigitalTwin.Tests.Engine.Cohorts;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>A run whose bundle was damaged, exchanged or edited; the damage itself is tested table by table beside the reader.</summary>
public sealed class SpoiltBundlesTests
{
    [Fact]
    public async Task One_flipped_bit_names_the_file_and_the_bundle()
    {
        using var study = new SmallStudy();
        Spoil(study, "events.parquet", bytes => bytes[200] ^= 1);
        Assert.Contains("5:22  cohorts.veteran.bundle 'bundles/veteran' cannot be read: events.parquet  The file is not the one that was written", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_table_under_a_fitting_checksum_names_the_bundle_it_is_in()
    {
        using var study = new SmallStudy();
        var path = Path.Combine(study.Bundle, "subjects.parquet");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);
        SampleCohort.RecomputeChecksums(study.Bundle);
        Assert.Contains("bundles/veteran/subjects.parquet  The file is not a readable Parquet table", await study.Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_that_contradict_the_manifest_show_an_id_and_no_value()
    {
        using var study = new SmallStudy();
        var path = Path.Combine(study.Bundle, "cohort.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("range: [0, 100]", "range: [0, 50]", StringComparison.Ordinal));
        SampleCohort.RecomputeChecksums(study.Bundle);
        var message = await study.Refusal();
        Assert.Contains("'karno' of subject 'veteran-1' is outside its range 0 to 50.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_path_out_of_the_scenarios_folder_is_refused()
    {
        using var study = new SmallStudy().With("bundles/veteran", "../elsewhere/veteran");
        Assert.Contains("leads out of the scenario's folder", await study.Refusal(), StringComparison.Ordinal);
    }

    private static void Spoil(SmallStudy study, string file, Action<byte[]> damage)
    {
        var path = Path.Combine(study.Bundle, file);
        var bytes = File.ReadAllBytes(path);
        damage(bytes);
        File.WriteAllBytes(path, bytes);
    }
}
