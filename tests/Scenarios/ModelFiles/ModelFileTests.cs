using System.Globalization;
using DigitalTwin.Cohorts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Tests.Scenarios.Evaluation;
using DigitalTwin.Tests.Scenarios.Output.Terminal;

namespace DigitalTwin.Tests.Scenarios.ModelFiles;

/// <summary>A model is trained, kept, and asked about the subjects of a bundle.</summary>
public sealed class ModelFileTests
{
    private const string WithArms = "treatment: { variable: arm }\n";

    [Theory]
    [InlineData("type: binary, variable: response", "subject,probability")]
    [InlineData("type: multi-class, variable: grade", "subject,probability_low,probability_mid,probability_high")]
    [InlineData("type: continuous, variable: score", "subject,mean,standard_deviation")]
    [InlineData("type: survival, event: death, horizon: 60 days", "subject,survival_30_days,survival_60_days")]
    public async Task Property_AKeptModelPredictsAsTheModelInMemory(string target, string header)
    {
        using var small = new SmallEvaluation();
        var text = SmallEvaluation.With("type: binary, variable: response", target).Replace("[baseline]", "[late-fused-linear]", StringComparison.Ordinal);
        string[] times = target.Contains("survival", StringComparison.Ordinal) ? ["30 days", "60 days"] : [];

        Assert.Equal((0, ""), await Train(small, text));
        Assert.Equal((0, ""), await Predict(small, small, times: times));

        var lines = File.ReadAllLines(small["p.csv"]);
        Assert.Equal(header, lines[0]);
        Assert.Equal(81, lines.Length);
        Assert.Equal(Direct(small, text), lines.Skip(1).SelectMany(l => l.Split(',').Skip(1)).Select(v => double.Parse(v, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Property_EverySubjectIsAskedAboutUnderEveryArm()
    {
        using var small = new SmallEvaluation();
        Assert.Equal((0, ""), await Train(small, SmallEvaluation.Valid.Replace("[baseline]", "[late-fused-linear]", StringComparison.Ordinal) + "\n" + WithArms));
        await Predict(small, small);
        var both = File.ReadAllLines(small["p.csv"]);
        await Predict(small, small, arms: ["B"]);
        var one = File.ReadAllLines(small["p.csv"]);

        Assert.Equal("subject,arm,probability", both[0]);
        Assert.Equal(161, both.Length);
        Assert.Equal(both.Where(l => l.Contains(",B,", StringComparison.Ordinal)), one.Skip(1));
        Assert.Contains("an arm 'C'; it knows 'A', 'B'", (await Predict(small, small, arms: ["C"])).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: age, type: continuous, unit: a", "name: age, type: continuous, unit: mo", "'age' is in 'mo', and the model was trained with 'a'")]
    [InlineData("name: age,", "name: years, column: age,", "The bundle has no variable 'age', which the model was trained with.")]
    [InlineData("levels: [f, m] }", "levels: [f, m, x] }\n  - { name: unused, column: sex, type: categorical, levels: [f, m, x] }", null)]
    [InlineData("id,G1,G2", "id,G1,TP53", "no 1 of 2 features of layer 'rna': 'G2', which the model was trained with.")]
    [InlineData("id,G1,G2", "id,ENSG1,ENSG2", "Its own begin with 'ENSG1': is that the same kind of id?")]
    public async Task Error_OtherVariablesUnitsAndFeaturesAreRefusedByName(string part, string replacement, string? expected)
    {
        using var small = new SmallEvaluation();
        using var other = new SmallEvaluation(change: text => text.Replace(part, replacement, StringComparison.Ordinal));
        await Train(small, SmallEvaluation.Valid.Replace("[baseline]", "[late-fused-linear]", StringComparison.Ordinal));

        var (code, error) = await Predict(small, other);

        Assert.Equal(expected is null ? 0 : 2, code);
        Assert.Contains(expected ?? "", error, StringComparison.Ordinal);
        Assert.Equal(expected is null, File.Exists(small["p.csv"]));
    }

    [Fact]
    public async Task Error_ALevelThatTheModelHasNotSeen_AndWhatMayBeTakenAsMissing()
    {
        using var small = new SmallEvaluation();
        using var other = new SmallEvaluation(change: text => text
            .Replace("levels: [f, m]", "levels: [m, f, x]", StringComparison.Ordinal).Replace("p04,108,f", "p04,108,x", StringComparison.Ordinal));
        using var without = new SmallEvaluation(change: text => text.Replace("id,G1,G2", "id,G1,TP53", StringComparison.Ordinal));
        await Train(small, SmallEvaluation.Valid.Replace("[baseline]", "[late-fused-linear]", StringComparison.Ordinal));

        Assert.Contains("'sex' holds 'x', which the model has not seen: it knows [f, m]", (await Predict(small, other)).Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), await Predict(small, without, allowMissing: true));
    }

    [Fact]
    public async Task Error_ASubjectWithoutAnyValue_IsNamed_AndPredictedOnlyWhenAllowed()
    {
        using var small = new SmallEvaluation();
        using var other = new SmallEvaluation(emptySubject: true);
        await Train(small, SmallEvaluation.Valid.Replace("[baseline]", "[late-fused-linear]", StringComparison.Ordinal));

        Assert.Contains("1 of 80 subjects have no value of anything that the model reads: 'p03'. Leave them out", (await Predict(small, other)).Error, StringComparison.Ordinal);
        var (code, output) = await Printed(small, other);
        Assert.Equal(0, code);
        Assert.Contains("1 of 80 subjects have no value of layer 'rna': 'p03'. They are predicted by what else is known.", output, StringComparison.Ordinal);
        Assert.Contains("'p03'. Their prediction says nothing of them.", output, StringComparison.Ordinal);
    }

    // The version is a text of the description; the hash at the end is made anew, so that only the version differs.
    [Fact]
    public async Task Error_AModelOfAnotherEngineInThisFormat_IsReadAndSaid()
    {
        using var small = new SmallEvaluation();
        await Train(small, SmallEvaluation.Valid);
        Assert.DoesNotContain("trained by version", (await Printed(small, small)).Output, StringComparison.Ordinal);
        var file = DigitalTwin.Models.Storage.ModelFile.Read(File.ReadAllBytes(small["m.model"]), 1);
        File.WriteAllBytes(small["m.model"], (file with { Description = file.Description with { EngineVersion = "0.0.1" } }).Write());

        var (code, output) = await Printed(small, small);
        Assert.Equal(0, code);
        Assert.StartsWith("The model was trained by version 0.0.1 of the engine, and this is ", output, StringComparison.Ordinal);
    }

    // A layer of no gene is said before the training, not after it.
    [Fact]
    public async Task Property_TrainSaysBeforeTrainingThatALayerIsNotOnTheNetwork()
    {
        using var small = new SmallEvaluation(change: text => text.Replace("id,G1,G2", "id,hsa-miR-20-5p,hsa-miR-21-5p", StringComparison.Ordinal));
        var text = SmallEvaluation.Valid.Replace("[baseline]", "[{ type: network, members: 1 }, { type: twin-rewired-network, members: 1 }]", StringComparison.Ordinal);
        var (console, output) = PlainConsole.Create();
        await TrainCommand.RunAsync(new TrainRequest(small.Write(text), small["m.model"], "network", null, 2), console, TestContext.Current.CancellationToken);

        var said = output.ToString();
        Assert.InRange(said.IndexOf("data: network: Layer 'rna' is not laid on the gene network", StringComparison.Ordinal), 0, said.IndexOf("Training network", StringComparison.Ordinal));
        Assert.DoesNotContain("twin-rewired-network", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_FilesThatAreNoModelOfThisVersion_AndQuestionsItCannotAnswer()
    {
        using var small = new SmallEvaluation();
        await Train(small, SmallEvaluation.Valid);
        var bytes = File.ReadAllBytes(small["m.model"]);

        Assert.Contains("leave --at out", (await Predict(small, small, times: ["1 year"])).Error, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("knows no arm", (await Predict(small, small, arms: ["A"])).Error, StringComparison.Ordinal);
        Assert.Contains("format version 77, and this engine reads version", await With(b => b[8] = 77), StringComparison.Ordinal);
        Assert.Contains("damaged or cut", await With(b => b[^40] ^= 1), StringComparison.Ordinal);
        Assert.Contains("are not a trained model", await With(b => b[0] = 0), StringComparison.Ordinal);
        File.Delete(small["m.model"]);
        Assert.Contains("no such file", (await Predict(small, small)).Error, StringComparison.Ordinal);
        Assert.Contains("'twin' is not a model of e.yaml", (await Train(small, SmallEvaluation.Valid.Replace("[baseline]", "[baseline, late-fused-linear]", StringComparison.Ordinal))).Error, StringComparison.Ordinal);

        async Task<string> With(Action<byte[]> damage)
        {
            var copy = (byte[])bytes.Clone();
            damage(copy);
            File.WriteAllBytes(small["m.model"], copy);
            var (code, error) = await Predict(small, small);
            Assert.Equal(2, code);
            return error;
        }
    }

    private static Task<(int Code, string Error)> Train(SmallEvaluation small, string text) => Told(
        (console, stop) => TrainCommand.RunAsync(new TrainRequest(small.Write(text), small["m.model"], null, null, 2), console, stop));

    private static Task<(int Code, string Error)> Predict(
        SmallEvaluation small, SmallEvaluation subjects, string[]? arms = null, string[]? times = null, bool allowMissing = false)
    {
        File.Delete(small["p.csv"]);
        return Told((console, stop) => PredictCommand.Run(
            new PredictRequest(small["m.model"], subjects["bundle"], small["p.csv"], arms ?? [], times ?? [], allowMissing, 1), console, stop));
    }

    private static async Task<(int Code, string Output)> Printed(SmallEvaluation small, SmallEvaluation subjects)
    {
        var (console, output) = PlainConsole.Create();
        var code = await PredictCommand.Run(
            new PredictRequest(small["m.model"], subjects["bundle"], small["p.csv"], [], [], AllowMissing: true, 1), console, TestContext.Current.CancellationToken);
        return (code, output.ToString());
    }

    private static async Task<(int Code, string Error)> Told(Func<Spectre.Console.IAnsiConsole, CancellationToken, Task<int>> work)
    {
        var (console, _) = PlainConsole.Create();
        using var error = new StringWriter();
        var code = await InputFailures.TellAsync("e.yaml", error, () => work(console, TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        return (code, error.ToString());
    }

    private static double[] Direct(SmallEvaluation small, string text)
    {
        var plan = EvaluationFile.Load(small.Write(text)).Plan;
        var data = new EvaluationAssembler(plan).Assemble(CohortStore.Read(plan.Folder).Cohort);
        using var backend = new SimdBackend(1);
        var predictor = plan.Models[0].Learner.Fit(data.Problem, new LearningContext(1, backend, 1, TestContext.Current.CancellationToken));
        return predictor.Predict(data.Problem.Inputs) switch
        {
            ClassProbabilities { ClassCount: 2 } binary => [.. Enumerable.Range(0, binary.Count).Select(i => binary[i, 1])],
            ClassProbabilities classes => classes.Values,
            ContinuousPredictions continuous => [.. continuous.Mean.Zip(continuous.StandardDeviation, (m, s) => new[] { m, s }).SelectMany(v => v)],
            SurvivalPredictions survival => [.. Enumerable.Range(0, survival.Count).SelectMany(i => new[] { survival.At(i, 30), survival.At(i, 60) })],
            _ => [],
        };
    }
}
