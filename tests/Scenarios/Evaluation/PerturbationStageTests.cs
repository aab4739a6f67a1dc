using System.Text.Json;
using DigitalTwin.Models.Perturbation;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>What an evaluation says of changed genes, on data of which the truth is known.</summary>
public sealed class PerturbationStageTests
{
    // The standard deviation of 241 quantiles of a standard normal, each once.
    private const double Deviation = 0.996;

    // The score rises by 3 for one of CDKN1A, so that half a standard deviation less of it is 1.5 less; values beyond those of training are cut, which takes a few per cent.
    [Fact]
    public async Task ClosedForm_OfALinearOutcome_TheShiftIsSlopeTimesDeviations_AndABystanderMovesNothing()
    {
        using var linked = new LinkedLayers();
        var (code, output, error) = await linked.RunAsync(
            LinkedLayers.Valid + """

            perturb:
              best: highest
              changes:
                - { name: driver, genes: [{ gene: CDKN1A, deviations: -0.5 }], signals: false }
                - { name: up, genes: [{ gene: CDKN1A, deviations: 0.25 }], layer: rna, signals: false }
                - { name: top, genes: [{ gene: CDKN1A, quantile: 1 }], signals: false }
                - { name: bystander, genes: [{ gene: EGFR, deviations: 0.5 }], signals: false }
                - { name: blocked, drug: blocker, signals: false, deviations: 0.8 }
                - { name: opened, drug: opener, signals: false, deviations: 0.4 }
            """,
            "r.json");

        Assert.Equal((0, string.Empty), (code, error));
        var rows = Rows(linked);
        Near(-0.5 * LinkedLayers.Slope * Deviation, rows["driver"], 0.05);
        Near(0.25 * LinkedLayers.Slope * Deviation, rows["up"], 0.05);
        Near(-0.4 * LinkedLayers.Slope * Deviation, rows["blocked"], 0.05); // half the dose
        Near(0.4 * LinkedLayers.Slope * Deviation, rows["opened"], 0.05);
        Assert.InRange(Math.Abs(Mean(rows["bystander"])), 0, 0.03);
        Assert.Equal(["lowered", "raised", "lowered", "raised"], new[] { "driver", "up", "blocked", "opened" }.Select(n => rows[n].GetProperty("verdict").GetString()));
        Assert.Equal(0, rows["driver"].GetProperty("betterShare").GetDouble());
        Assert.InRange(rows["driver"].GetProperty("worseShare").GetDouble(), 0.98, 1); // whoever has the least is as it was
        Assert.Equal("blocker: CDKN1A -0.4 SD, NOWHERE1 -0.4 SD, without signals", rows["blocked"].GetProperty("what").GetString());
        Assert.Contains(rows["blocked"].GetProperty("findings").EnumerateArray(), f => f.GetString()!.StartsWith("The target NOWHERE1 is left out.", StringComparison.Ordinal));

        // Everybody is asked about once, and to the highest value of training each comes to one and the same prediction.
        var subjects = rows["top"].GetProperty("subjects").EnumerateArray().ToArray();
        Assert.Equal(LinkedLayers.Count, subjects.Select(s => s.GetProperty("subject").GetString()).Distinct().Count());
        foreach (var split in subjects.GroupBy(s => s.GetProperty("split").GetString()))
        {
            var after = split.Select(s => s.GetProperty("after").GetDouble()).ToArray();
            Assert.InRange(after.Max() - after.Min(), 0, 1);
            Assert.True(split.Max(s => s.GetProperty("before").GetDouble()) - split.Min(s => s.GetProperty("before").GetDouble()) > 8);
        }

        Assert.Contains("If genes were changed: shift of the mean of 'score'", output, StringComparison.Ordinal);
        Assert.Contains("no proof that a gene is a cause", output, StringComparison.Ordinal);
        Assert.Contains("raised (better)", output, StringComparison.Ordinal);
    }

    // TP53 is measured nowhere and induces CDKN1A: what arrives there is what the propagation says, which has tests of its own.
    [Fact]
    public async Task ClosedForm_AGeneThatIsNotMeasuredActsAlongSignals()
    {
        var signals = new SignalPropagation(new ReferenceNetwork().Signalling);
        int Node(string gene) => signals.Network.TryIndexOf(new GeneSymbol(gene), out var node) ? node : throw new ArgumentException(gene);
        var arriving = signals.Spread(new Dictionary<int, double> { [Node("TP53")] = 1 })[Node("CDKN1A")];
        using var linked = new LinkedLayers();
        await linked.RunAsync(LinkedLayers.Valid + "\nperturb: { geneSets: kegg, changes: [{ name: guard, genes: [{ gene: p53, deviations: 1 }] }] }\n", "r.json");

        var guard = Rows(linked)["guard"];
        Assert.InRange(arriving, 0.05, 0.6);
        Near(arriving * LinkedLayers.Slope * Deviation, guard, 0.1);
        Assert.Equal("TP53 +1 SD", guard.GetProperty("what").GetString());
        Assert.Contains(guard.GetProperty("findings").EnumerateArray(), f => f.GetString()!.StartsWith("No layer holds TP53; the change goes on to", StringComparison.Ordinal));
        var pathways = guard.GetProperty("pathways").EnumerateArray().ToArray();
        Assert.NotEmpty(pathways);
        Assert.All(pathways, p => Assert.InRange(p.GetProperty("geneCount").GetInt32(), 3, 5));
    }

    // The component is of rna: whatever is done to protein, the regression does not look.
    [Fact]
    public async Task ClosedForm_WhereTheModelDoesNotLook_TheShiftIsNothing_AndIsSaidToBe()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("type: continuous, variable: score", "type: binary, variable: response", StringComparison.Ordinal)
            .Replace("{ type: concatenated-linear, layers: [rna] }", "{ type: logistic, components: 2, componentLayer: rna }", StringComparison.Ordinal)
            + "\nperturb: { changes: [{ name: other, genes: [{ gene: BRAF, deviations: 2 }], signals: false }] }\n";
        var (code, output, _) = await linked.RunAsync(text, "r.json");

        Assert.Equal(0, code);
        var other = Rows(linked)["other"];
        Assert.Equal((0, "no weight"), (Mean(other), other.GetProperty("verdict").GetString()));
        Assert.Equal(LinkedLayers.Count, other.GetProperty("judged").GetInt32());
        Assert.Equal(LinkedLayers.Count - 12, other.GetProperty("changed").GetInt32()); // 12 have no protein
        Assert.Contains("0: the model gives it no weight", output, StringComparison.Ordinal);
        Assert.Contains("gives what 'other' changes no weight on any split", output, StringComparison.Ordinal);
        Assert.Contains("12 of 241 held-out subjects have no value that could change", output, StringComparison.Ordinal);
        Assert.DoesNotContain("(better)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_ARiskThatRisesIsWorse_AndTheSameBytesComeOnAnyThreads()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("type: continuous, variable: score", "type: survival, event: death, horizon: 2000 days", StringComparison.Ordinal)
            .Replace("{ type: concatenated-linear, layers: [rna] }", "{ type: twin, members: 2, layers: [rna] }", StringComparison.Ordinal).Replace("folds: 4", "folds: 2", StringComparison.Ordinal)
            + "\nperturb: { horizon: 1000 days, changes: [{ name: driver, genes: [{ gene: CDKN1A, deviations: 1 }] }, { name: alone, genes: [{ gene: CDKN1A, deviations: 1 }], signals: false }] }\n";
        var (code, output, error) = await linked.RunAsync(text, "one.json", threads: 1);
        await linked.RunAsync(text, "four.json", threads: 4);

        Assert.Equal((0, string.Empty), (code, error));
        Assert.Equal(linked.Read("one.json", "perturbation").GetRawText(), linked.Read("four.json", "perturbation").GetRawText());
        Assert.Contains("risk of 'death' by day 1000", output, StringComparison.Ordinal);
        var rows = linked.Read("one.json", "perturbation").GetProperty("rows").EnumerateArray().ToArray();
        Assert.Equal(["lowest", "lowest"], rows.Select(_ => linked.Read("one.json", "perturbation").GetProperty("best").GetString()));
        Assert.All(rows, r => Assert.True(Mean(r) > 0.1, r.GetProperty("what").GetString())); // a high score dies early
        Assert.All(rows, r => Assert.True(r.GetProperty("worseShare").GetDouble() > 0.8, r.GetProperty("what").GetString()));
        Assert.All(rows, r => Assert.InRange(r.GetProperty("spread").GetDouble(), 1e-6, 0.3));
    }

    // The change passes through the trained network of genes; its three members have first values of their own, and agree on the sign.
    [Fact]
    public async Task Property_ThroughATrainedNetwork_TheShiftHasTheTrueSign_AndTheMembersASpread()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("type: concatenated-linear", "type: network, members: 3", StringComparison.Ordinal).Replace("type: k-fold, folds: 4", "type: column, variable: side", StringComparison.Ordinal)
            + "\nperturb: { changes: [{ name: less, genes: [{ gene: CDKN1A, deviations: -1 }] }, { name: more, genes: [{ gene: CDKN1A, deviations: 1 }] }] }\n";
        var (code, output, error) = await linked.RunAsync(text, "r.json");

        Assert.Equal((0, string.Empty), (code, error));
        var rows = Rows(linked);
        Assert.Equal(["lowered", "raised"], new[] { "less", "more" }.Select(n => rows[n].GetProperty("verdict").GetString()));
        Assert.InRange(Mean(rows["more"]), 0.3, 1.2 * LinkedLayers.Slope);
        Assert.InRange(rows["more"].GetProperty("spread").GetDouble(), 1e-4, Mean(rows["more"]));
        Assert.DoesNotContain("has no network", output, StringComparison.Ordinal);
    }

    // One split: the interval is over the models inside, and one model alone has none.
    [Fact]
    public async Task Property_OnOneSplitTheIntervalIsOfTheModelsInside()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("type: k-fold, folds: 4", "type: column, variable: side", StringComparison.Ordinal)
            + "\nperturb: { changes: [{ name: driver, genes: [{ gene: CDKN1A, deviations: -0.5 }], signals: false }] }\n";
        var (_, output, _) = await linked.RunAsync(text, "r.json");

        var driver = Rows(linked)["driver"];
        Near(-0.5 * LinkedLayers.Slope * Deviation, driver, 0.08);
        Assert.Equal(JsonValueKind.Null, driver.GetProperty("shift").GetProperty("lower").ValueKind);
        Assert.Equal("cannot tell", driver.GetProperty("verdict").GetString());
        Assert.Contains("one split says nothing of another training set", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("models: [concatenated-linea], changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }]", "Did you mean 'concatenated-linear'?")]
    [InlineData("models: [baseline], changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }]", "'baseline', which looks at no layer")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }, { name: a, genes: [{ gene: KRAS, deviations: 1 }] }]", "perturb.changes holds 'a' twice")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }, { name: b, genes: [{ gene: ERBB1, deviations: 1 }] }]", "perturb.changes[2] 'b' does the same as 'a' (EGFR +1 SD)")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }, { gene: ERBB1, quantile: 0.5 }] }]", "holds 'ERBB1' twice (it is EGFR)")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR }] }]", "needs either 'deviations', such as -2, or 'quantile'")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1, quantile: 0.5 }] }]", "such as 0.01, not both")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 0 }] }]", "which changes nothing of EGFR")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, quantile: 1.5 }] }]", "a number from 0 to 1")]
    [InlineData("changes: [{ name: a }]", "'a' needs either 'genes' or 'drug'.")]
    [InlineData("changes: [{ name: a, drug: blocker, genes: [{ gene: EGFR, deviations: 1 }] }]", "needs either 'genes' or 'drug', not both")]
    [InlineData("changes: [{ name: a, dose: 2, genes: [{ gene: EGFR, deviations: 1 }] }]", "perturb.changes[1].dose is for a drug")]
    [InlineData("changes: [{ name: a, drug: bloker }]", "Did you mean 'blocker'?")]
    [InlineData("changes: [{ name: a, drug: riddle }]", "of which 'treatment' names no target")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }], layer: protei }]", "Did you mean 'protein'?")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }], layer: protein }]", "which 'concatenated-linear' does not see")]
    [InlineData("horizon: 1 year, changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }]", "perturb.horizon is given")]
    [InlineData("models: [concatenated-linear]", "perturb has no 'changes'")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }]", "perturb needs 'class'", "type: continuous, variable: score", "type: multi-class, variable: grade")]
    [InlineData("changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }]", "perturb has no model to ask: none of baseline looks at a layer", ", { type: concatenated-linear, layers: [rna] }", "")]
    [InlineData("changes: [{ name: a, drug: blocker }]", "the evaluation has no 'treatment'", "treatment: {", "# {")]
    [InlineData("changes: [{ name: a, drug: blocker }]", "whose dose differs between arms of 'treatment' (0.5, 1). Say which by 'dose'", "name: opener, targets: [+CDKN1A]", "name: blocker, targets: [CDKN1A, NOWHERE1]")]
    [InlineData("changes: [{ name: a, drug: blocker }]", "whose targets differ between arms", "name: opener", "name: blocker")]
    public void Error_WhatCannotBeAskedIsSaidBeforeAnyDataIsRead(string perturb, string expected, string part = "title: Linked", string replacement = "title: Linked")
    {
        using var linked = new LinkedLayers();
        var text = $"{LinkedLayers.Valid.Replace(part, replacement, StringComparison.Ordinal)}\nperturb: {{ {perturb} }}\n";
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(linked.Write(text))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_WithoutLayersNothingCanBeChanged()
    {
        using var linked = new LinkedLayers();
        var text = LinkedLayers.Valid.Replace("layers: [rna, protein]", "covariates: [age]", StringComparison.Ordinal).Replace(", { type: concatenated-linear, layers: [rna] }", string.Empty, StringComparison.Ordinal)
            + "\nperturb: { changes: [{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }] }\n";
        Assert.Contains("perturb changes genes in layers, but the evaluation has no 'layers'", Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(linked.Write(text))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ name: a, genes: [{ gene: EGFRR, deviations: 1 }] }", "perturb.changes 'a' cannot be asked of 'concatenated-linear'. No layer holds 'EGFRR', and no signed edge leads from it", "The nearest measured name is 'EGFR'.")]
    [InlineData("{ name: a, genes: [{ gene: TP53, deviations: 1 }], signals: false }", "No layer holds 'TP53', and no network was given", "no network")]
    [InlineData("{ name: a, genes: [{ gene: BRAF, deviations: 1 }], signals: false }", "No layer holds 'BRAF'", "cannot be asked of 'concatenated-linear'")] // in a layer that the model does not see
    [InlineData("{ name: a, drug: blocker, layer: rna, signals: false }", "No layer 'rna' holds 'NOWHERE2'", "No layer 'rna' holds 'NOWHERE1'", "targets: [CDKN1A, NOWHERE1]", "targets: [NOWHERE2, NOWHERE1]")]
    [InlineData("{ name: a, genes: [{ gene: EGFR, deviations: 1 }] }], class: middle, pathways: 3", "perturb.class is 'middle', which is not a class of the target", "Choose one of: high, low, mid", "type: continuous, variable: score", "type: ordinal, variable: grade")]
    public async Task Error_GenesThatTheDataDoNotHaveAreSaidBeforeTraining(string change, string expected, string also, string part = "title: Linked", string replacement = "title: Linked")
    {
        using var linked = new LinkedLayers();
        var closed = change.Contains("class:", StringComparison.Ordinal) ? change : change + "]";
        var (code, output, error) = await linked.RunAsync($"{LinkedLayers.Valid.Replace(part, replacement, StringComparison.Ordinal)}\nperturb: {{ changes: [{closed} }}\n");

        Assert.Equal(2, code);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.Contains(also, error, StringComparison.Ordinal);
        Assert.DoesNotContain("fit", output, StringComparison.Ordinal);
    }

    private static void Near(double expected, JsonElement row, double share)
    {
        Assert.InRange(Mean(row), Math.Min(expected * (1 - share), expected * (1 + share)), Math.Max(expected * (1 - share), expected * (1 + share)));
    }

    private static double Mean(JsonElement row) => row.GetProperty("shift").GetProperty("mean").GetDouble();

    private static Dictionary<string, JsonElement> Rows(LinkedLayers linked) =>
        linked.Read("r.json", "perturbation").GetProperty("rows").EnumerateArray().ToDictionary(r => r.GetProperty("change").GetString()!);
}
