using System.Text.Json;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>How well a layer is predicted from another, where that is known: two proteins follow their genes, a third is noise.</summary>
public sealed class TranslationStageTests
{
    // A protein is its gene + 0.75 noise of the same spread: what can be known of it correlates with it by 1 / sqrt(1 + 0.75^2) = 0.8.
    [Fact]
    public async Task ClosedForm_ALinearMapWithNoise_IsFoundFeatureByFeature()
    {
        using var linked = new LinkedLayers();
        var (code, output, error) = await linked.RunAsync(LinkedLayers.Valid + "\ntranslate: { from: [rna], to: protein, level: 0.8, features: 1 }\n", "r.json");

        Assert.Equal((0, string.Empty), (code, error));
        var found = linked.Read("r.json", "translation");
        var features = found.GetProperty("features").EnumerateArray().ToDictionary(f => f.GetProperty("feature").GetString()!);
        foreach (var protein in new[] { "EGFR", "KRAS" })
        {
            Assert.InRange(features[protein].GetProperty("correlation").GetDouble(), 0.75, 0.85);
            Assert.InRange(features[protein].GetProperty("r2").GetDouble(), 0.57, 0.7);
            Assert.InRange(features[protein].GetProperty("coverage").GetDouble(), 0.75, 0.86);
            Assert.True(features[protein].GetProperty("isAboveChance").GetBoolean());
            Assert.Equal((1, LinkedLayers.Count - 12), (features[protein].GetProperty("filledShare").GetDouble(), features[protein].GetProperty("judged").GetInt32()));
        }

        Assert.InRange(features["BRAF"].GetProperty("correlation").GetDouble(), -0.2, 0.2);
        Assert.InRange(features["BRAF"].GetProperty("r2").GetDouble(), -0.2, 0.05);
        Assert.Equal((false, 0), (features["BRAF"].GetProperty("isAboveChance").GetBoolean(), features["BRAF"].GetProperty("filledShare").GetDouble()));
        Assert.Equal((3, 2), (found.GetProperty("judgedCount").GetInt32(), found.GetProperty("aboveChanceCount").GetInt32()));
        Assert.Equal(2.0 / 3, found.GetProperty("filledShare").GetProperty("mean").GetDouble(), 9);
        Assert.InRange(found.GetProperty("coverage").GetProperty("mean").GetDouble(), 0.75, 0.86);
        Assert.InRange(found.GetProperty("medianCorrelation").GetProperty("mean").GetDouble(), 0.7, 0.85);
        Assert.Equal("BRAF", found.GetProperty("features").EnumerateArray().Last().GetProperty("feature").GetString());
        Assert.Contains("Layer 'protein' of held-out subjects, predicted from rna.", output, StringComparison.Ordinal);
        Assert.Contains("2 of 3 (66.7 %; 2.5 % by chance)", output, StringComparison.Ordinal);
        Assert.Contains("12 of 241 held-out subjects lack 'protein'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ClosedForm_OnOneSplit_TheIntervalIsFishers_AndTheSameBytesComeOnAnyThreads()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("type: k-fold, folds: 4", "type: column, variable: side", StringComparison.Ordinal) + "\ntranslate: { to: protein, covariates: false }\n";
        await linked.RunAsync(text, "one.json", threads: 1);
        await linked.RunAsync(text, "four.json", threads: 4);

        var found = linked.Read("one.json", "translation");
        Assert.Equal(found.GetRawText(), linked.Read("four.json", "translation").GetRawText());
        var best = found.GetProperty("features")[0];
        double Number(string key) => best.GetProperty(key).GetDouble();
        var half = Normal.Quantile(0.975) / Math.Sqrt(Number("judged") - 3);
        Assert.Equal(Math.Atanh(Number("correlation")) - half, Math.Atanh(Number("lower")), 9);
        Assert.Equal(Math.Atanh(Number("correlation")) + half, Math.Atanh(Number("upper")), 9);
        Assert.Equal(JsonValueKind.Null, found.GetProperty("medianCorrelation").GetProperty("lower").ValueKind);
    }

    [Theory]
    [InlineData("from: [rna], to: protei", "Did you mean 'protein'?")]
    [InlineData("from: [rnaa], to: protein", "translate.from holds 'rnaa', which is not under 'layers'")]
    [InlineData("from: [rna, protein], to: protein", "'protein', which is what is predicted")]
    [InlineData("from: [rna, rna], to: protein", "translate.from holds 'rna' twice")]
    [InlineData("from: [rna]", "translate has no 'to'")]
    [InlineData("from: [rna], to: protein, level: 1", "translate.level")]
    [InlineData("to: rna", "it is the only layer of the evaluation", "layers: [rna, protein]", "layers: [rna]")]
    [InlineData("to: rna", "translate predicts one layer from others, but the evaluation has no 'layers'", "layers: [rna, protein]", "covariates: [age]")]
    public void Error_WhatCannotBeTranslatedIsSaidBeforeAnyDataIsRead(string translate, string expected, string part = "title: Linked", string replacement = "title: Linked")
    {
        using var linked = new LinkedLayers();
        var text = $"{LinkedLayers.Valid.Replace(part, replacement, StringComparison.Ordinal).Replace(", { type: concatenated-linear, layers: [rna] }", string.Empty, StringComparison.Ordinal)}\ntranslate: {{ {translate} }}\n";
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(linked.Write(text))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("type: re-splits, trainingSubjects: 20, repeats: 2", "translate cannot learn 'protein' from rna:", "and 30 are needed")]
    [InlineData("type: re-splits, trainingSubjects: 239, repeats: 2", "translate cannot be judged:", "and 3 are needed for a correlation")]
    public async Task Error_TooFewSubjectsWithBothAreSaidBeforeTraining(string split, string expected, string also)
    {
        using var linked = new LinkedLayers();
        var (code, output, error) = await linked.RunAsync(LinkedLayers.Valid.Replace("type: k-fold, folds: 4", split, StringComparison.Ordinal) + "\ntranslate: { to: protein }\n");

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains(also, error, StringComparison.Ordinal);
        Assert.DoesNotContain("fit", output, StringComparison.Ordinal);
    }
}
