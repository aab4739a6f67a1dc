using System.IO.Compression;
using DigitalTwin.Cohorts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Import;

public sealed class CohortImporterTests
{
    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: trial
        title: A trial
        provenance: Made up
        licence: CC0-1.0
        timeOrigin: randomisation
        subject: { column: id, prefix: trial- }
        variables:
          - { name: age, type: integer, unit: a, range: [18, 99] }
          - { name: temperature, column: temp_f, columnUnit: "[degF]", type: continuous, unit: Cel }
          - { name: arm, type: categorical, role: treatment, levels: [control, treated], map: { "0": control, "1": treated, "9": ~ } }
          - { name: smoker, type: binary, map: { never: 0, ever: 1 } }
        endpoints:
          - name: relapse
            competing: [death]
            time: { column: months, unit: mo }
            status: { column: end, codes: { alive: censored, relapse: event, died: death } }
        """;

    private const string WideObservations = """

        observations:
          subject: id
          time: { column: week, unit: wk }
          variables:
            - { name: albumin, column: alb, columnUnit: g/L, type: continuous, unit: g/dL }
            - { name: stage, type: categorical, levels: [I, II] }
        """;

    private const string Csv = """
        id,age,temp_f,arm,smoker,months,end,comment
        B,61,98.6,1,ever,12,relapse,"says ""fine"", thanks"
        A,45,,0,never,6,alive,
        C,NA,212,9,,2.5,died,
        """;

    [Fact]
    public void ClosedForm_MapsConvertsAndOrdersById()
    {
        using var folder = new TemporaryFolder();
        var cohort = Import(folder, Manifest, Csv);
        Assert.Equal(["trial-A", "trial-B", "trial-C"], cohort.Subjects.Select(s => s.Value));
        Assert.Equal([45, 61, double.NaN], Numbers(cohort, "age"));
        Assert.Equal([double.NaN, 37, 100], Numbers(cohort, "temperature"));
        Assert.Equal([0, 1, double.NaN], Numbers(cohort, "smoker"));
        Assert.True(cohort.TryGetColumn("arm", out var arm));
        Assert.Equal(["control", "treated", null], Enumerable.Range(0, 3).Select(((CategoricalColumn)arm).Level));
        Assert.Equal([182.625, 365.25, 76.09375], cohort.Events[0].Days.ToArray());
        Assert.Equal([0, 1, 2], cohort.Events[0].Status.ToArray());
    }

    [Fact]
    public void Property_TheOrderOfRowsDoesNotReachTheBundle()
    {
        using var folder = new TemporaryFolder();
        var lines = Csv.Split('\n');
        var manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        SampleCohort.Write(Import(folder, Manifest, Csv), manifest, folder["first"]);
        SampleCohort.Write(Import(folder, Manifest, string.Join('\n', [lines[0], lines[3], lines[1], lines[2]])), manifest, folder["second"]);
        Assert.Equal(CohortStore.Read(folder["first"]).Hash, CohortStore.Read(folder["second"]).Hash);
    }

    [Fact]
    public void Property_TheManifestOfABundleStillSaysWhereValuesStood()
    {
        using var folder = new TemporaryFolder();
        var manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        SampleCohort.Write(Import(folder, Manifest, Csv), manifest, folder["bundle"]);
        Assert.Equivalent(manifest.Layout, CohortStore.ReadManifest(folder["bundle"]).Layout, strict: true);
    }

    [Fact]
    public void ClosedForm_GzipIsReadAlike()
    {
        using var folder = new TemporaryFolder();
        using (var gzip = new GZipStream(File.Create(folder["data.csv.gz"]), CompressionMode.Compress))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Csv));
        }

        var manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        Assert.Equal(3, CohortImporter.Import(manifest, folder["data.csv.gz"]).Count);
    }

    [Fact]
    public void ClosedForm_ObservationsWideAndLongAreTheSame()
    {
        using var folder = new TemporaryFolder();
        var wide = Import(folder, Manifest + WideObservations, Csv, "id,week,alb,stage\nB,2,35,II\nA,0,40,\nB,0,,I\n").Observations!;
        Assert.Equal([0, 1, 1, 1], wide.Subjects.ToArray());
        Assert.Equal([0, 0, 14, 14], wide.Days.ToArray());
        Assert.Equal([0, 1, 0, 1], wide.VariableIndices.ToArray());
        Assert.Equal([4, 0, 3.5, 1], wide.Values.ToArray());

        var longForm = WideObservations.Replace("  variables:", "  variableColumn: test\n  valueColumn: result\n  variables:", StringComparison.Ordinal);
        var same = Import(folder, Manifest + longForm, Csv, "id,week,test,result\nB,2,stage,II\nA,0,alb,40\nB,0,stage,I\nB,2,alb,35\nB,2,other,x\n").Observations!;
        Assert.Equal(wide.Values.ToArray(), same.Values.ToArray());
        Assert.Equal(wide.Days.ToArray(), same.Days.ToArray());
    }

    [Fact]
    public void Error_EveryFaultWithItsPlace()
    {
        using var folder = new TemporaryFolder();
        const string faulty = """
            id,age,temp_f,arm,smoker,months,end,comment
            A,old,98,1,ever,12,relapse,
            A,17,98,2,ever,-3,relapse,
            C,45.5,inf,0,sometimes,,relapse,
            ,45,98,0,ever,1,lost,
            D,45
            """;
        var faults = Assert.Throws<InvalidInputException>(() => Import(folder, Manifest, faulty)).Faults;
        Assert.Equal(
            [
                "2:3 'age'", "3:1 Subject", "3:3 'age'", "3:9 'arm'", "3:16 'relapse'", "4:3 'age'", "4:8 'temperature'", "4:14 'smoker'",
                "4:24 'relapse'", "5:1 The", "5:17 The", "6:1 The",
            ],
            faults.Select(f => $"{f.Location.Line}:{f.Location.Column} {f.Message.Split(' ')[0]}"));
        Assert.All(faults, f => Assert.Equal("data.csv", f.Location.File));
        Assert.DoesNotContain(faults, f => f.Message.Contains("sometimes", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_AnUnknownColumnNamesTheNearest()
    {
        using var folder = new TemporaryFolder();
        var fault = Assert.Throws<InvalidInputException>(() => Import(folder, Manifest, Csv.Replace("temp_f", "tempf", StringComparison.Ordinal)));
        Assert.Contains("There is no column 'temp_f'. Did you mean 'tempf'?", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id,week,alb,stage\nZ,0,40,I\n", "data2.csv:2:1  Subject 'Z' is not in the file of subjects")]
    [InlineData("id,week,alb,stage\nA,soon,40,I\n", "data2.csv:2:3  The time of an observation")]
    [InlineData("id,week,alb,stage\nA,1,40,IV\n", "data2.csv:2:8  'stage' of subject 'A' is none of its levels")]
    public void Error_Observations(string observations, string fault)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(
            fault,
            Assert.Throws<InvalidInputException>(() => Import(folder, Manifest + WideObservations, Csv, observations)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Error_FilesThatAreNone()
    {
        using var folder = new TemporaryFolder();
        var manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        Assert.Throws<InvalidInputException>(() => CohortImporter.ReadManifest(folder["absent.yaml"]));
        Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder["absent.csv"]));
        Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder.Write("empty.csv", string.Empty)));
        Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder.Write("header.csv", Csv.Split('\n')[0])));
        Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder.Path));
        File.WriteAllBytes(folder["broken.csv.gz"], [0x1F, 0x8B, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
        Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder["broken.csv.gz"]));
        File.WriteAllBytes(folder["latin1.csv"], [.. System.Text.Encoding.Latin1.GetBytes(Csv.Replace("fine", "gr\u00fc\u00df", StringComparison.Ordinal))]);
        Assert.Contains("UTF-8", Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, folder["latin1.csv"])).Message, StringComparison.Ordinal);
    }

    private static Cohort Import(TemporaryFolder folder, string manifest, string csv, string? observations = null) => CohortImporter.Import(
        CohortImporter.ReadManifest(folder.Write("cohort.yaml", manifest)),
        folder.Write("data.csv", csv),
        observations is null ? null : folder.Write("data2.csv", observations));

    private static double[] Numbers(Cohort cohort, string variable) =>
        cohort.TryGetColumn(variable, out var column) ? ((NumericColumn)column).Values.ToArray() : [];
}
