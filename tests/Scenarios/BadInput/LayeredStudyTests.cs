using System.Text.Json;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>A study of two cohorts whose layers differ: what can be learnt from both is, what is lost is said before any training, and what cannot be answered is refused.</summary>
public sealed class LayeredStudyTests
{
    private const string Genes = "TP53,EGFR,MAPK1,BRAF,AKT1,MTOR";

    // The registry lacks two genes, has two of its own, an unknown one that both have, and a fifth of its subjects have nothing of the layer.
    [Fact]
    public async Task Property_TwoCohortsThatDifferInFeaturesAndCoverage_RunOnWhatBothHave()
    {
        var trial = new DrawnLayer($"{Genes},XYZ1,EMPTY");
        using var study = new LayeredStudy(trial, new DrawnLayer("TP53,EGFR,MAPK1,BRAF,CDK4,CDK6,XYZ1,EMPTY", MissingEvery: 5));
        using var other = new LayeredStudy(trial, new DrawnLayer("EMPTY,CDK6,XYZ1,BRAF,MAPK1,CDK4,EGFR,TP53", MissingEvery: 5));
        using var run = await study.Run();
        using var reordered = await other.Run();

        string[] said =
        [
            "Layer 'rna' has 8 features in the treated arm's cohort and 8 in the control arm's; the twins see the 6 of both, without 'AKT1', 'MTOR', 'CDK4', ....",
            "1 feature has no value for any subject of an arm in layer 'rna' and is left out: 'EMPTY'.",
            "0 of 80 treated and 16 of 80 control subjects have nothing of layer 'rna' ('registry-0', 'registry-10', 'registry-15', ...): the twins forecast them by what else is known.",
            "Layer 'rna' is laid on the gene network by its gene symbols: 4 of 5 features are on it, and 1 that it does not know are read beside it ('XYZ1').",
        ];
        var results = run.Results();
        Assert.Equal(said, results.GetProperty("warnings").EnumerateArray().Select(w => w.GetProperty("message").GetString()!).Take(4));
        Assert.All(said, s => Assert.InRange(run.Output.IndexOf($"warning: {s}", StringComparison.Ordinal), 0, run.Output.IndexOf("Asking the twins", StringComparison.Ordinal)));

        // The order of the columns of a file plays no part: the same estimates, digit for digit.
        Assert.Equal(Estimates(results), Estimates(reordered.Results()));
    }

    [Theory]
    [InlineData(Genes + ",LEAK", Genes + ",LEAK", 0, "1", "Feature 'LEAK' of layer 'rna' equals the outcome for every subject of arms 'drug' and 'none' that has both")]
    [InlineData(Genes, "CDK4,CDK6", 0, "1", "Layer 'rna' has no feature in common between the arms' cohorts: the treated arm's begin with 'TP53', the control arm's with 'CDK4'")]
    [InlineData(Genes, Genes, 9, "1", "The control arm has 9 subjects with layer 'rna'; twins need at least 10 in each arm to learn from a layer.")]
    [InlineData(Genes, Genes, 0, "mg/dL", "which is in '1' in cohort 'trial' but in 'mg/dL' in cohort 'registry'")]
    public async Task Error_ALayerThatCannotBeAnsweredFrom_IsRefusedBeforeAnyTraining(string trial, string registry, int most, string unit, string expected)
    {
        using var study = new LayeredStudy(new DrawnLayer(trial), new DrawnLayer(registry, MostSubjects: most == 0 ? int.MaxValue : most, Unit: unit));
        using var run = await study.Run();

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Asking the twins", run.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run.Folder));
    }

    private static string Estimates(JsonElement results) => results.GetProperty("estimates").GetRawText();
}
