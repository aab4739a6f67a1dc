using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.KnownTruth;

public sealed class KnownTruthGeneratorTests
{
    [Fact]
    public void Property_ARandomisedTrial_RecoversTheAverageEffectByADifferenceOfShares()
    {
        var generator = Generator(new KnownTruthOptions { TrialCount = 20_000, ExternalCount = 0 });
        var trial = generator.Draw(1, 0);
        var occurred = ((BinaryOutcome)trial.Trial.Outcome).Occurred;
        var arm = trial.Trial.Inputs.Treatments!;

        var difference = Share(1) - Share(0);

        var (truth, error) = generator.PopulationEffect(1, 20_000);
        Assert.InRange(difference, truth - 0.03, truth + 0.03); // four standard errors of a difference of two shares of 10,000
        Assert.InRange(trial.TrueEffects.Average(), truth - (6 * error), truth + (6 * error));
        Assert.True(truth < -0.1);

        double Share(int index)
        {
            var rows = Enumerable.Range(0, occurred.Length).Where(i => arm.Indices[i] == index).ToArray();
            return rows.Count(i => occurred[i]) / (double)rows.Length;
        }
    }

    [Fact]
    public void Property_ASubjectDoesNotDependOnWhoElseIsDrawn()
    {
        var few = Generator(new KnownTruthOptions { TrialCount = 20, ExternalCount = 0 }).Draw(3, 5);
        var many = Generator(new KnownTruthOptions { TrialCount = 50, ExternalCount = 10 }).Draw(3, 5);

        Assert.Equal(few.TrueEffects, many.TrueEffects.Take(20));
        Assert.Equal(few.Trial.Inputs.Layers[0].Layer.Row(7).ToArray(), many.Trial.Inputs.Layers[0].Layer.Row(7).ToArray());
    }

    [Fact]
    public void Property_TheExternalCohortIsOlderAndDrifts()
    {
        var trial = Generator(new KnownTruthOptions { TrialCount = 2000, ExternalCount = 2000 }).Draw(4, 0);

        Assert.True(MeanAge(trial.External!.Inputs) > MeanAge(trial.Trial.Inputs) + 0.2);
        Assert.True(trial.ExternalTrueRisks.Average() > trial.TrueRisks.Average(r => r.Control) + 0.05);

        static double MeanAge(DigitalTwin.Models.Prediction.SubjectInputs inputs) => ((NumericColumn)inputs.Covariates[0]).Values.ToArray().Average();
    }

    [Fact]
    public void Property_WithoutHeterogeneity_TheLogOddsRatioIsOneNumber()
    {
        var trial = Generator(new KnownTruthOptions { TrialCount = 50, EffectHeterogeneity = 0 }).Draw(5, 0);

        Assert.All(trial.TrueRisks, r => Assert.Equal(-0.7, Math.Log(r.Treated / (1 - r.Treated)) - Math.Log(r.Control / (1 - r.Control)), 9));
    }

    [Fact]
    public void Error_ATargetThatSignalsToNobody_IsNamed()
    {
        var network = new GeneNetworkBuilder().AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), EdgeType.Activation, EdgeSign.Positive, 1, "test", isDirected: true).Build();

        var error = Assert.Throws<ArgumentException>(() => new KnownTruthGenerator(network, new GeneSymbol("B"), new KnownTruthOptions()));

        Assert.Contains("'B'", error.Message, StringComparison.Ordinal);
    }

    // A drives T and C; T drives D and E; D inhibits C.
    internal static KnownTruthGenerator Generator(KnownTruthOptions options)
    {
        var builder = new GeneNetworkBuilder();
        foreach (var (source, target, sign) in new[] { ("A", "T", 1), ("A", "C", 1), ("T", "D", 1), ("T", "E", 1), ("D", "C", -1), ("B", "A", 1) })
        {
            builder.AddEdge(new GeneSymbol(source), new GeneSymbol(target), sign > 0 ? EdgeType.Activation : EdgeType.Inhibition, (EdgeSign)sign, 1, "test", isDirected: true);
        }

        return new KnownTruthGenerator(builder.Build(), new GeneSymbol("T"), options);
    }
}
