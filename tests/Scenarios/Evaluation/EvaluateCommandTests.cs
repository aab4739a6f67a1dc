using System.Text.Json;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>What the data show, told before any training; and what is written when it ends.</summary>
public sealed class EvaluateCommandTests
{
    [Theory]
    [InlineData("[age, sex]", "[age, copy]", "5:19", "Covariate 'copy' equals the outcome")]
    [InlineData("type: binary, variable: response }\ncovariates: [age, sex]", "type: multi-class, variable: grade }\ncovariates: [renamed]", "5:14", "Covariate 'renamed' equals the outcome")]
    [InlineData("[age, sex]", "[age, empty]", "5:19", "Covariate 'empty' has no value for any subject")]
    [InlineData("layers: [rna]", "minimumEvents: 40", "4:9", "has 32 subjects of the rarer outcome, fewer than minimumEvents (40)")]
    [InlineData("layers: [rna]", "population: \"response == 1\"", "4:9", "has a class without a subject (not occurred)")]
    [InlineData("layers: [rna]", "population: \"age > 500\"", "6:13", "No subject is left")]
    [InlineData("type: binary, variable: response", "type: survival, event: death, horizon: 1 day", "4:9", "has no event before the horizon")]
    [InlineData("type: k-fold, folds: 4", "type: k-fold, folds: 100", "7:8", "there are 80 subjects")]
    [InlineData("type: k-fold, folds: 4", "type: re-splits, trainingSubjects: 80", "7:8", "some must be left to judge on")]
    [InlineData("type: k-fold, folds: 4", "type: column, variable: side, training: tran", "7:8", "gives 0 training and 30 test subjects. 'side' holds train, test")]
    [InlineData("type: k-fold, folds: 4", "type: column, variable: side, test: [test, train]", "7:8", "would be learnt from and judged")]
    [InlineData("type: k-fold, folds: 4", "type: folds, variable: site, keepTogether: family", "7:8", "it is learnt from and judged")]
    public async Task Error_IsSaidByNameBeforeTraining(string part, string replacement, string place, string expected)
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With(part, replacement);
        Assert.NotEqual(SmallEvaluation.Valid, text);
        var (code, output, error) = await small.RunAsync(text, small["r.json"]);
        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains($"  {place}  ", error, StringComparison.Ordinal);
        Assert.DoesNotContain("fit", output, StringComparison.Ordinal);
        Assert.False(File.Exists(small["r.json"]));
    }

    [Fact]
    public async Task Error_AFeatureThatIsTheOutcomeAndASubjectWithoutAnyValue()
    {
        using var small = new SmallEvaluation(leaks: true, emptySubject: true);
        var (code, _, error) = await small.RunAsync(SmallEvaluation.Valid);
        Assert.Equal(2, code);
        Assert.Contains("6:10  Feature 'LEAK' of layer 'rna' equals the outcome", error, StringComparison.Ordinal);
        Assert.Contains("6:9   1 subjects have no value in any covariate, layer or observation: p03", error, StringComparison.Ordinal);
    }

    // One sentence that holds for both models is said once, ahead of every fit; what holds for one alone has its name. Both are kept with the result.
    [Fact]
    public async Task Property_ALayerThatIsNotOnTheNetworkIsSaidBeforeTraining()
    {
        using var small = new SmallEvaluation(change: text => text.Replace("id,G1,G2", "id,TP53|7157,EGFR|1956", StringComparison.Ordinal));
        var text = SmallEvaluation.With("[baseline]", "[{ type: network, members: 1 }, { type: twin-rewired-network, members: 1, trees: false }]")
            .Replace("type: k-fold, folds: 4", "type: column, variable: side", StringComparison.Ordinal);
        var (code, output, error) = await small.RunAsync(text, small["r.json"]);

        Assert.True(code == 0, error);
        string[] said =
        [
            "network, twin-rewired-network: Layer 'rna' is not laid on the gene network but read as a plain table: of its 2 features ('TP53|7157', 'EGFR|1956') none is on it under any kind of name, and 1 (20 %) are enough. What stands before the first '|' in a name is on the network for 2 of 2:",
            "twin-rewired-network: No layer is laid on the gene network and no target of a drug is on it, so there is no edge to exchange",
        ];
        var kept = File.ReadAllText(small["r.json"]);
        Assert.All(said, s => Assert.InRange(output.IndexOf($"data: {s}", StringComparison.Ordinal), 0, output.IndexOf("network, 1 fit", StringComparison.Ordinal)));
        Assert.Contains("What stands before the first", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_WhatMayBeAllowedIsNoted()
    {
        using var small = new SmallEvaluation(emptySubject: true);
        var (code, output, _) = await small.RunAsync(SmallEvaluation.Valid + "\nallowAllMissing: true\nallowFewEvents: true\nminimumEvents: 60\n");
        Assert.Equal(0, code);
        Assert.Contains("79 subjects", output, StringComparison.Ordinal);
        Assert.Contains("Let pass by allowAllMissing", output, StringComparison.Ordinal);
        Assert.Contains("1 of 80 subjects have no layer 'rna'", output, StringComparison.Ordinal);
        Assert.Contains("fewer than minimumEvents (60), allowed by the file", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: binary, variable: response", "type: k-fold, folds: 4", "auc")]
    [InlineData("type: multi-class, variable: grade", "type: re-splits, repeats: 3", "balanced-accuracy")]
    [InlineData("type: ordinal, variable: grade, levels: [high, mid, low]", "type: folds, variable: site", "weighted-kappa")]
    [InlineData("type: survival, event: death, horizon: 60 days", "type: column, variable: side", "c-index")]
    [InlineData("type: continuous, variable: score", "type: k-fold, repeats: 2, keepTogether: family", "rmse")]
    public async Task Property_EveryTargetAndSplitGivesTheSameBytesOnAnyThreads(string target, string split, string metric)
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With("type: binary, variable: response", target).Replace("type: k-fold, folds: 4", split, StringComparison.Ordinal) + "\nseeds: [1, 2]\n";
        var (code, output, error) = await small.RunAsync(text, small["one.json"], threads: 1);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains(metric, output, StringComparison.Ordinal);
        await small.RunAsync(text, small["four.json"], threads: 4);
        Assert.Equal(WithoutSeconds(small["one.json"]), WithoutSeconds(small["four.json"]));
        Assert.Contains(JsonDocument.Parse(File.ReadAllText(small["one.json"])).RootElement.GetProperty("metrics").EnumerateArray(), m => m.GetProperty("name").GetString() == metric);
    }

    [Fact]
    public async Task Property_StoppedOrUnwritable_NothingIsLeftBehind()
    {
        using var small = new SmallEvaluation();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        File.WriteAllText(small["r.json"], "before");
        var (code, _, error) = await small.RunAsync(SmallEvaluation.Valid, small["r.json"], cancellation: stop.Token);
        Assert.Equal((130, "Stopped; nothing was written."), (code, error.Trim()));
        Assert.Equal("before", File.ReadAllText(small["r.json"]));
        Assert.Contains("does not exist", (await small.RunAsync(SmallEvaluation.Valid, small["no/r.json"])).Error, StringComparison.Ordinal);
        Assert.Contains("is a folder", (await small.RunAsync(SmallEvaluation.Valid, small["bundle"])).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(small["."], "*.partial"));
    }

    // Seconds are all that may differ, and the number of threads that the device names.
    private static string WithoutSeconds(string path) => string.Join('\n', File.ReadLines(path)
        .Where(l => !l.Contains("\"seconds\":", StringComparison.Ordinal) && !l.Contains("\"device\":", StringComparison.Ordinal)));
}
