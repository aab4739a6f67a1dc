using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

public sealed class EvaluationFileTests
{
    [Fact]
    public void ClosedForm_DefaultsAreTheDocumentedOnes()
    {
        using var small = new SmallEvaluation();
        var plan = EvaluationFile.Load(small.Write(SmallEvaluation.Valid)).Plan;
        Assert.Equal(new EvaluationLimits(0.95, 1000, 20, false, false), plan.Limits);
        Assert.Equal([1UL], plan.Seeds);
        Assert.Equal("baseline", plan.Reference);
        Assert.Equal(8, plan.Metrics.Count);
        Assert.Equal(new KFoldSplit(4, 1, null), plan.Split);
        var all = EvaluationFile.Load(small.Write(SmallEvaluation.With("[age, sex]", "all").Replace("[rna]", "all", StringComparison.Ordinal))).Plan;
        Assert.Equal(["age", "sex", "copy", "empty", "renamed", "status2"], all.Covariates.Select(c => c.Name));
        Assert.Equal(["rna"], all.Layers.Select(l => l.Name));
    }

    [Fact]
    public void Error_EveryFaultWithLineAndColumn()
    {
        using var small = new SmallEvaluation();
        const string text = """
            schema: digitaltwin/evaluation/1
            titel: Small
            bundle: bundle
            population: "aeg > 50"
            target: { type: binary, variable: respons }
            covariates: [agee, age, age, arm, site]
            layers: [rnaa]
            group: ages
            split: { type: k-fold, folds: 1 }
            models: [baselin, { type: baseline, name: b, layers: [dna] }]
            reference: c
            metrics: [auk]
            """;
        var faults = Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write(text))).Faults;
        Assert.Equal(
            ["1:1", "2:1", "4:14", "5:35", "6:14", "6:25", "6:30", "6:35", "7:10", "8:8", "9:31", "10:10", "10:55", "11:12", "12:11"],
            faults.Select(f => $"{f.Location.Line}:{f.Location.Column}"));
        Assert.Contains(faults, f => f.Message.Contains("Did you mean 'response'?", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Message.Contains("Did you mean 'baseline'?", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Message.Contains("Did you mean 'rna'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[age, sex]", "[age, response]", "'response', which is the target")]
    [InlineData("[age, sex]", "[age, score]", "'score', which is an outcome")]
    [InlineData("[age, sex]", "[age, death]", "'death', which is an endpoint")]
    [InlineData("type: binary, variable: response }\ncovariates: [age", "type: survival, event: death }\ncovariates: [status2", "is read from the target's own column 'status'")]
    [InlineData("[age, sex]", "[age, arm]", "Name it under 'treatment'")]
    [InlineData("[age, sex]", "[age, site]", "role is administrative")]
    [InlineData("variable: response", "variable: grade", "target has no 'event', and 'grade' is categorical")]
    [InlineData("variable: response", "variable: grade, event: hihg", "Did you mean 'high'?")]
    [InlineData("variable: response", "variable: age", "needs a binary or categorical variable")]
    [InlineData("type: binary, variable: response", "type: multi-class, variable: grade, levels: [low]", "at least two levels")]
    [InlineData("type: binary, variable: response", "type: survival, event: deth", "Did you mean 'death'?")]
    [InlineData("type: binary, variable: response", "type: continuous, variable: grade", "needs a number on a scale")]
    [InlineData("bundle: bundle", "bundle: bundel", "Did you mean 'bundle'?")]
    [InlineData("bundle: bundle", "bundle: ../bundle", "leads out of")]
    [InlineData("models: [baseline]", "models: [baseline, baseline]", "Give one of them another 'name'")]
    [InlineData("models: [baseline]", "models: [baseline]\nmetrics: [c-index]", "does not measure this kind of target")]
    [InlineData("layers: [rna]", "layers: [rna]\nrequireLayers: [dna]", "is not under 'layers'")]
    [InlineData("layers: [rna]", "layers: [rna]\nobservations: true", "has no repeated measurements")]
    [InlineData("layers: [rna]", "layers: [rna]\ntreatment: { variable: arm, arms: [{ level: C, drugs: [] }] }", "'C' is not a level of 'arm'")]
    [InlineData("layers: [rna]", "layers: [rna]\ntreatment: { variable: sex }", "of role treatment")]
    public void Error_SaysWhatIsWrongBeforeAnyDataIsRead(string part, string replacement, string expected)
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With(part, replacement);
        Assert.NotEqual(SmallEvaluation.Valid, text);
        Assert.Contains(expected, Assert.Throws<InvalidInputException>(() => EvaluationFile.Load(small.Write(text))).Message, StringComparison.Ordinal);
    }
}
