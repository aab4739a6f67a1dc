using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Omics.Features;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Import;

public sealed class LayerImportTests
{
    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: trial
        title: A trial
        provenance: Made up
        licence: CC0-1.0
        timeOrigin: randomisation
        subject: { column: id, prefix: t- }
        tables:
          - { name: folds, subject: patient, where: { set: val } }
        variables:
          - { name: age, type: integer, unit: a }
          - { name: line, type: categorical, levels: found }
          - { name: fold, type: integer, unit: "1", role: administrative, table: folds, column: fold }
        omics:
          - { name: rna, unit: "1", featureKind: gene-symbol, source: { suffix: _rnaseq } }
          - { name: cnv, unit: "1", source: { subject: id, suffix: _cnv } }
          - { name: lines, unit: "1", source: { subject: cell, key: line, exclude: [note] } }
        """;

    private const string Subjects = "id,age,line\nB,50,L2\nA,40,L1\nC,60,L2\n";
    private const string Folds = "patient,fold,set\nA,0,train\nA,1,val\nB,0,val\nB,1,train\nZ,0,val\nC,0,val\n";

    [Fact]
    public void ClosedForm_TwoLayersOfOneFile_InTheOrderOfTheSubjects()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.csv", "id,TP53_rnaseq,TP53_cnv,age_rnaseq\nZ,9,9,9\nC,1.5,-2,NA\nA,0.25,1,\n");
        var imported = Import(folder, ("rna", file), ("cnv", file));
        var (rna, cnv) = (imported.Cohort.OmicsLayers[0], imported.Cohort.OmicsLayers[1]);
        Assert.Equal(["TP53", "age"], rna.Features);
        Assert.Equal(["TP53"], cnv.Features);
        Assert.Equal([0.25f, float.NaN, float.NaN, float.NaN, 1.5f, float.NaN], Enumerable.Range(0, 3).SelectMany(i => rna.Row(i).ToArray()));
        Assert.Equal([1, float.NaN, -2], Enumerable.Range(0, 3).Select(i => cnv.Row(i)[0]));
        Assert.Equal((2, 1, 2), (imported.Layers[0].SubjectCount, imported.Layers[0].StrangerCount, imported.Layers[0].FeatureCount));
        Assert.Equal(["lines"], imported.AbsentLayers);
    }

    [Fact]
    public void ClosedForm_RowsThatSubjectsShare_AndFoldsOfAnotherTable()
    {
        using var folder = new TemporaryFolder();
        var imported = Import(folder, ("lines", folder.Write("l.csv", "cell,note,G1\nL2,two,2\nL1,one,1\nL9,nine,9\n")));
        Assert.Equal([1, 2, 2], Enumerable.Range(0, 3).Select(i => (int)imported.Cohort.OmicsLayers[0].Row(i)[0]));
        Assert.True(imported.Cohort.TryGetColumn("fold", out var fold));
        Assert.Equal([1, 0, 0], ((NumericColumn)fold).Values.ToArray());
        Assert.True(imported.Cohort.TryGetColumn("line", out var line));
        Assert.Equal(["L1", "L2"], line.Variable.Levels);
    }

    [Fact]
    public void Property_TheBundleKeepsLayersKindsAndSources()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.csv", "id,TP53_rnaseq,TP53_cnv\nA,0.25,1\nB,1,\n");
        var imported = Import(folder, ("rna", file), ("cnv", file));
        SampleCohort.Write(imported.Cohort, CohortImporter.ReadManifest(folder["cohort.yaml"]), folder["bundle"]);
        var bundle = CohortStore.Read(folder["bundle"]);
        Assert.Equal([("rna", "gene-symbol", 1), ("cnv", "unknown", 1)], bundle.Manifest.OmicsTables.Select(o => (o.Name, o.FeatureKind, o.FeatureCount)));
        Assert.Equal("_rnaseq", bundle.Manifest.OmicsTables[0].Source!.FeatureSuffix);
        Assert.Equal(["L1", "L2"], bundle.Manifest.Variables[1].Levels);
        Assert.Equal("folds", bundle.Manifest.Layout!.Variables[2].Table);
        Assert.Equal("val", bundle.Manifest.Layout.Tables.Single().Where["set"]);
        Assert.Equal(imported.Cohort.OmicsLayers[0].Row(0).ToArray(), bundle.Cohort.OmicsLayers[0].Row(0).ToArray());
    }

    [Fact]
    public void Property_ALayerNobodyDeclaredIsTaken_AndWhatWasAssumedIsSaid()
    {
        using var folder = new TemporaryFolder();
        var report = Import(folder, ("protein", folder.Write("p.csv", "who,age,P1\nA,40,0.5\nB,50,1\n"))).Layers.Single();
        Assert.Equal(1, report.FeatureCount);
        Assert.Equal(3, report.Assumptions.Count);
        Assert.Contains(report.Assumptions, a => a.Contains("does not declare it", StringComparison.Ordinal));
        Assert.Contains(report.Assumptions, a => a.Contains("first column, 'who'", StringComparison.Ordinal));
        Assert.Contains(report.Assumptions, a => a.Contains("reads 'age' as no feature", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id,A_cnv\nX,1\nY,2\n", "m.csv  No subject of layer 'cnv' is in the cohort: its subjects begin with 'X', those of the cohort with '")]
    [InlineData("id,A_cnv\nA,1\nA,2\n", "m.csv:3:1  'A' stands in two rows")]
    [InlineData("id,A_cnv,A_cnv\nA,1,2\n", "m.csv:1:10  Column 'A_cnv' stands twice")]
    [InlineData("id,A_cnv,_cnv\nA,1,2\n", "m.csv:1:10  Column '_cnv' leaves no name")]
    [InlineData("id,A_cnv\nA,\nB,NA\n", "m.csv  Every value of layer 'cnv' is missing")]
    [InlineData("id,A_rnaseq\nA,1\n", "m.csv:1:1  No column has a name like '..._cnv'")]
    [InlineData("id,A_cnv\nA,high\nB,low\n", "m.csv:2:3  Feature 'A' of 'A' is not a number")]
    [InlineData("id,A_cnv\nA,1e39\n", "m.csv:2:3  Feature 'A' of 'A' is not a number")]
    [InlineData("sid,A_cnv\nA,1\n", "Did you mean 'sid'?")]
    public void Error_OneClearFault(string csv, string fault)
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.csv", csv);
        var faults = Assert.Throws<InvalidInputException>(() => Import(folder, ("cnv", file))).Faults;
        Assert.Contains(fault, Assert.Single(faults).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_FaultsOfEveryLayerAtOnce_OneAColumn()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("m.csv", "id,A_cnv,B_rnaseq,C_rnaseq\nA,x,x,x\nB,y,y,1\n");
        var faults = Assert.Throws<InvalidInputException>(() => Import(folder, ("rna", file), ("cnv", file))).Faults;
        Assert.Equal(["2:5", "2:7", "2:3"], faults.Select(f => $"{f.Location.Line}:{f.Location.Column}"));
    }

    [Theory]
    [InlineData("tables:\n  - { name: folds }\n", "has no 'subject'")]
    [InlineData("variables:\n  - { name: x, type: binary, table: fold }\ntables:\n  - { name: folds, subject: id }\n", "Did you mean 'folds'?")]
    [InlineData("omics:\n  - { name: rna, unit: \"1\", featureKind: gene }\n", "featureKind is 'gene'")]
    [InlineData("omics:\n  - { name: rna, unit: \"1\", source: { sufix: _a } }\n", "Did you mean 'suffix'?")]
    [InlineData("omics:\n  - { name: rna, unit: \"1\", source: { key: line } }\n", "no categorical variable")]
    [InlineData("rows: { subjects: 1, events: 0, observations: 0 }\nomics:\n  - { name: rna, unit: \"1\" }\n", "has no 'features'")]
    public void Error_Manifest(string text, string expected)
    {
        var head = "schema: digitaltwin/cohort/1\nid: a\ntitle: t\nprovenance: p\nlicence: l\ntimeOrigin: o\nsubject: { column: id }\n";
        Assert.Contains(
            expected, Assert.Throws<InvalidInputException>(() => ManifestReader.Read(Encoding.UTF8.GetBytes(head + text), "cohort.yaml")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("patient,fold,set\nA,0,val\nA,1,val\n", "Subject 'A' stands in two rows")]
    [InlineData("patient,fold,set\nQ,0,val\n", "No row is of a subject of the cohort")]
    [InlineData("patient,fold,set\nA,x,val\n", "'fold' of subject 'A' is not a number")]
    public void Error_Tables(string folds, string expected)
    {
        using var folder = new TemporaryFolder();
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => Import(folder, folds)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ATableNobodyGave_AndALayerGivenTwice()
    {
        using var folder = new TemporaryFolder();
        var manifest = CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest));
        var subjects = folder.Write("s.csv", Subjects);
        Assert.Contains("--table folds=FILE", Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, subjects)).Message, StringComparison.Ordinal);
        var twice = new CohortSources(subjects, null, [new("rna", "x"), new("rna", "y")], [new("folds", folder.Write("f.csv", Folds))]);
        Assert.Contains("twice", Assert.Throws<InvalidInputException>(() => CohortImporter.Import(manifest, twice)).Message, StringComparison.Ordinal);
    }

    /// <summary>Manifests spell the kinds of the omics project, which their own project cannot see.</summary>
    [Fact]
    public void Property_EveryKindOfFeatureHasAWord() => Assert.Equal(
        Enum.GetNames<FeatureKind>().Select(n => n.ToUpperInvariant()),
        OmicsTable.FeatureKinds.SkipLast(1).Select(k => k.Replace("-", string.Empty, StringComparison.Ordinal).ToUpperInvariant()));

    private static ImportedCohort Import(TemporaryFolder folder, params (string Name, string Path)[] layers) => Import(folder, Folds, layers);

    private static ImportedCohort Import(TemporaryFolder folder, string folds, params (string Name, string Path)[] layers) => CohortImporter.Import(
        CohortImporter.ReadManifest(folder.Write("cohort.yaml", Manifest)),
        new CohortSources(
            folder.Write("s.csv", Subjects), null, [.. layers.Select(l => new NamedFile(l.Name, l.Path))], [new NamedFile("folds", folder.Write("f.csv", folds))]));
}
