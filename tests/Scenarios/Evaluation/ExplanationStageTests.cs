using System.Text.Json;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>What an evaluation says of why: adds up, finds what the data were made of, and is the same on any threads.</summary>
public sealed class ExplanationStageTests
{
    [Theory]
    [InlineData("type: binary, variable: response", "probability of 'response'")]
    [InlineData("type: continuous, variable: score", "mean of 'score'")]
    [InlineData("type: survival, event: death, horizon: 60 days", "risk of 'death' by day 40")]
    [InlineData("type: multi-class, variable: grade", "probability of the class that is likeliest for each subject")]
    public async Task Property_ContributionsAddUp_OnAnyThreads(string target, string quantity)
    {
        using var small = new SmallEvaluation();
        var horizon = target.Contains("survival", StringComparison.Ordinal) ? ", horizon: 40 days" : string.Empty;
        var text = SmallEvaluation.With("type: binary, variable: response", target).Replace("[baseline]", "[baseline, late-fused-linear]", StringComparison.Ordinal)
            + $"\nintervals: {{ level: 0.8 }}\nexplain: {{ model: late-fused-linear, subjects: 3, features: 2, similar: 2, samples: 8{horizon} }}\n";
        var (code, output, error) = await small.RunAsync(text, small["one.json"], threads: 1);
        await small.RunAsync(text, small["four.json"], threads: 4);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains(quantity, output, StringComparison.Ordinal);
        using var json = Explanation(small["one.json"], out var explanation);
        Assert.Equal(quantity, explanation.GetProperty("quantity").GetString());
        var subjects = explanation.GetProperty("subjects").EnumerateArray().ToArray();
        Assert.Equal(3, subjects.Length);
        Assert.All(subjects, s =>
        {
            var sum = s.GetProperty("modalities").EnumerateArray().Sum(m => m.GetProperty("value").GetDouble());
            Assert.Equal(s.GetProperty("prediction").GetDouble(), s.GetProperty("baseline").GetDouble() + sum, 9);
            Assert.InRange(s.GetProperty("prediction").GetDouble(), 0, target.Contains("score", StringComparison.Ordinal) ? 100 : 1);
            Assert.Equal(2, s.GetProperty("likeness").GetProperty("similar").GetArrayLength());
            Assert.Matches(target.Contains("grade", StringComparison.Ordinal) ? "^(low|mid|high)" : target.Contains("binary", StringComparison.Ordinal) ? "occur" : "[0-9]", s.GetProperty("region").GetString());
            Assert.EndsWith("(80 %)", s.GetProperty("region").GetString(), StringComparison.Ordinal);
            Assert.Contains(s.GetProperty("subject").GetString()!, output, StringComparison.Ordinal);
        });
        var predictions = subjects.Select(s => s.GetProperty("prediction").GetDouble()).ToArray();
        Assert.Equal(predictions.Order(), predictions);
        using var other = Explanation(small["four.json"], out var again);
        Assert.Equal(explanation.GetRawText(), again.GetRawText());
    }

    // The response is age less G1, and neither sex nor G2.
    [Fact]
    public async Task Property_WhatTheOutcomeWasMadeOfMattersMost_AndIsWhatACounterfactualChanges()
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With("[baseline]", "[concatenated-linear]")
            + "\nexplain: { model: concatenated-linear, subjects: [p05, p00], features: 3, changeable: [\"rna:G1\"] }\n";
        var (code, _, _) = await small.RunAsync(text, small["r.json"]);

        Assert.Equal(0, code);
        using var json = Explanation(small["r.json"], out var explanation);
        Assert.Equal(["p05", "p00"], explanation.GetProperty("subjects").EnumerateArray().Select(s => s.GetProperty("subject").GetString()));
        Assert.Equal(["age", "rna:G1"], explanation.GetProperty("features").EnumerateArray().Take(2).Select(f => f.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        Assert.All(explanation.GetProperty("subjects").EnumerateArray(), s =>
        {
            var change = s.GetProperty("counterfactual");
            var (threshold, after, before) = (change.GetProperty("threshold").GetDouble(), change.GetProperty("after").GetDouble(), s.GetProperty("prediction").GetDouble());
            Assert.True(change.GetProperty("isFound").GetBoolean());
            Assert.Equal("rna:G1", Assert.Single(change.GetProperty("changes").EnumerateArray()).GetProperty("name").GetString());
            Assert.NotEqual(before < threshold, after < threshold);
        });
    }

    [Fact]
    public async Task Property_AModelThatCannotBeReadIsExplainedByModalities_AndTheNotesSayIt()
    {
        using var small = new SmallEvaluation();
        var (code, output, _) = await small.RunAsync(
            SmallEvaluation.With("[baseline]", "[random-forest]") + "\nexplain: { model: random-forest, subjects: 1, samples: 4 }\n", small["r.json"]);

        Assert.Equal(0, code);
        Assert.Contains("cannot be read feature by feature", output, StringComparison.Ordinal);
        using var json = Explanation(small["r.json"], out var explanation);
        Assert.Equal(0, explanation.GetProperty("features").GetArrayLength());
        Assert.Equal(2, explanation.GetProperty("subjects")[0].GetProperty("modalities").GetArrayLength());
    }

    [Fact]
    public async Task Property_EdgesOfTheGeneNetworkAreShownByPart_AndAddUp_OnAnyThreads()
    {
        using var small = new SmallEvaluation(change: text => text.Replace("id,G1,G2", "id,TP53,MDM2", StringComparison.Ordinal));
        var text = SmallEvaluation.With("[baseline]", "[{ type: network, members: 2 }]") + "\nexplain: { model: network, subjects: 2, features: 1, samples: 4, edges: 100 }\n";
        var (code, output, error) = await small.RunAsync(text, small["one.json"], threads: 1);
        await small.RunAsync(text, small["four.json"], threads: 4);
        await small.RunAsync(text.Replace("edges: 100", "edges: 0", StringComparison.Ordinal), small["none.json"]);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("MDM2 - TP53", output, StringComparison.Ordinal);
        Assert.Contains("spread over members", output, StringComparison.Ordinal);
        using var json = Explanation(small["one.json"], out var explanation);
        foreach (var subject in explanation.GetProperty("subjects").EnumerateArray())
        {
            var edges = Assert.Single(subject.GetProperty("parts").EnumerateArray()).GetProperty("edges");
            var values = edges.GetProperty("edges").EnumerateArray().Select(e => e.GetProperty("value").GetDouble()).ToArray();
            Assert.Contains(values, v => v != 0);
            Assert.InRange(Math.Abs(values.Sum() - edges.GetProperty("together").GetDouble()), 0, (0.02 * values.Sum(Math.Abs)) + 1e-5);
        }

        using var other = Explanation(small["four.json"], out var again);
        Assert.Equal(explanation.GetRawText(), again.GetRawText());
        using var none = Explanation(small["none.json"], out var without);
        Assert.Equal(JsonValueKind.Null, without.GetProperty("subjects")[0].GetProperty("parts")[0].GetProperty("edges").ValueKind);
    }

    [Theory]
    [InlineData("explain: { model: baselin }", "Did you mean 'baseline'?")]
    [InlineData("explain: { model: baseline, horizon: 1 year }", "has no time")]
    [InlineData("explain: { model: baseline, class: low }", "explain.class is given")]
    [InlineData("explain: { model: baseline, changeable: [agee] }", "Did you mean 'age'?")]
    [InlineData("explain: { model: baseline, geneSets: keg }", "Did you mean 'kegg'?")]
    [InlineData("explain: { model: baseline, subjects: 0 }", "explain.subjects")]
    [InlineData("explain: { features: 3 }", "explain has no 'model'")]
    public void Error_WhatCannotBeExplainedIsSaidBeforeAnyDataIsRead(string key, string expected)
    {
        using var small = new SmallEvaluation();
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write($"{SmallEvaluation.Valid}\n{key}\n"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("subjects: [p99]", "'p99', which is no subject of the evaluation")]
    [InlineData("subjects: [p03]", "'p03', which no split of the first seed judges", "type: k-fold, folds: 4", "type: column, variable: side")]
    [InlineData("changeable: [\"rna:G3\"]", "which layer 'rna' does not have")]
    [InlineData("class: middle", "which is not a class of the target", "type: binary, variable: response", "type: ordinal, variable: grade")]
    public async Task Error_WhatTheDataDoNotHaveIsSaidBeforeTraining(string key, string expected, string part = "layers: [rna]", string replacement = "layers: [rna]")
    {
        using var small = new SmallEvaluation();
        var (code, output, error) = await small.RunAsync(SmallEvaluation.With(part, replacement) + $"\nexplain: {{ model: baseline, {key} }}\n");

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("fit", output, StringComparison.Ordinal);
    }

    private static JsonDocument Explanation(string path, out JsonElement explanation)
    {
        var json = JsonDocument.Parse(File.ReadAllText(path));
        explanation = json.RootElement.GetProperty("explanation");
        return json;
    }
}
