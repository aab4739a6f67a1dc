using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Perturbation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Engine.Models.Explanation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Perturbation;

public sealed class PerturbationStudyTests
{
    private static readonly ExplainedQuantity _mean = new();

    [Fact]
    public void ClosedForm_OfALinearModel_TheShiftIsCoefficientTimesStandardDeviation()
    {
        var training = Genes();
        var deviation = Deviation(training, 1);
        var study = new PerturbationStudy(new StatedModel(x => x[1] + (4 * x[2])), training);

        var found = study.Run(training.Take([0, 1, 2]), [GeneShift.By("G1", -2)], _mean);

        Assert.Equal(-8 * deviation, found.MeanShift, 4);
        Assert.All(found.Subjects, s => Assert.Equal(-8 * deviation, s.Shift, 4));
        Assert.Contains("G1 -2 SD", found.What, StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_ToAQuantile_EverySubjectEndsAtTheSameValue_AndTheChangeGoesOnAlongEdges()
    {
        var training = Genes();
        var signals = new SignalPropagation(SignalPropagationTests.Network(("G0", "G2", -1), ("HIDDEN", "G0", 1)), 0.5);
        var study = new PerturbationStudy(new StatedModel(x => x[1]), training);
        var on = new PerturbationStudy(new StatedModel(x => x[3]), training, new PerturbationOptions
        {
            Signals = signals,
            Pathways = new PathwaySets([new GeneSet("set", "", [new GeneSymbol("G0"), new GeneSymbol("G2")])]),
        });

        var at = study.Run(training, [GeneShift.ToQuantile("G0", 0.5)], _mean);
        var spread = on.Run(training, [GeneShift.By("G0", 1)], _mean);
        var hidden = on.Run(training, [GeneShift.By("HIDDEN", 1)], _mean);

        Assert.Single(at.Subjects.Select(s => Math.Round(s.After, 4)).Distinct());
        Assert.Equal(-0.5 * Deviation(training, 2), spread.MeanShift, 4);
        Assert.Equal((1 - 0.5) / 2, spread.Pathways[0].Shift, 6);
        Assert.Equal(-0.25 * Deviation(training, 2), hidden.MeanShift, 4); // half to G0, half of that on
        Assert.Contains("No layer holds HIDDEN", hidden.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ChangesAskedTogetherAreThoseAskedAlone_AndWhatIsMissingStays()
    {
        var training = Genes();
        var study = new PerturbationStudy(new StatedModel(x => double.IsNaN(x[1]) ? 7 : x[1] + x[2]), training);
        var layer = training.Layers[0];
        float[] values = [.. Enumerable.Range(0, training.Count).SelectMany(i => layer.Layer.Row(i).ToArray())];
        values[0] = float.NaN;
        var subjects = training.With(layers: [new SubjectLayer(new OmicsLayer(layer.Layer.Name, layer.Layer.Unit, layer.Layer.Features, values), training.Subjects)]);
        GeneShift[][] changes = [[GeneShift.By("G0", 1)], [GeneShift.ToQuantile("G1", 0.2), GeneShift.By("G0", -1)]];

        var together = study.RunEach(subjects, changes, _mean);

        Assert.All(changes.Zip(together), pair => Assert.Equal(study.Run(subjects, pair.First, _mean).Subjects.Select(s => s.After), pair.Second.Subjects.Select(s => s.After)));
        Assert.Equal((49, 50), (together[0].ChangedCount, together[1].ChangedCount));
        Assert.Equal(0, together[0].Subjects[0].Shift);
        Assert.Empty(study.RunEach(subjects, [], _mean));
    }

    [Fact]
    public void Error_WhatCannotBeDoneIsToldWithoutAModel()
    {
        var training = Genes();
        Assert.Equal("G1 is in rna.", Assert.Single(PerturbationStudy.Check(training, [GeneShift.Up("G1")])));
        Assert.Contains("nearest measured name is 'G1'", Assert.Throws<UnknownGeneException>(() => PerturbationStudy.Check(training, [GeneShift.Up("G11")])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_TheSpreadIsThatOfTheMembers()
    {
        var training = Genes();
        IOutcomePredictor[] members = [new StatedModel(x => x[1]), new StatedModel(x => 3 * x[1])];

        var found = new PerturbationStudy(members, training).Run(training, [GeneShift.By("G0", 1)], _mean);

        var deviation = Deviation(training, 0);
        Assert.Equal(2 * deviation, found.MeanShift, 4);
        Assert.Equal(Math.Sqrt(2) * deviation, found.Spread, 4);
        Assert.Equal(1, found.DegreesOfFreedom, 9);
        Assert.False(found.IsBeyondSpread);
    }

    [Fact]
    public void Property_OnAKnownTruth_ADriverMovesTheRiskTheTrueWay_AndAGeneWithoutAPathDoesNot()
    {
        // A drives the target T, T drives D and E, whose mean activity raises the risk; X and Y are apart and touch nothing.
        (string, string, int)[] edges = [("A", "T", 1), ("A", "C", 1), ("T", "D", 1), ("T", "E", 1), ("D", "C", -1), ("B", "A", 1), ("X", "Y", 1), ("R", "T", -1)];
        var network = SignalPropagationTests.Network(edges);
        var generator = new KnownTruthGenerator(network, new GeneSymbol("T"), new KnownTruthOptions { TrialCount = 2500, ExternalCount = 0, ProteinMissing = 0.2 });
        PerturbationStudy Study(uint replicate, out SubjectInputs inputs)
        {
            var drawn = generator.Draw(3, replicate).Trial;
            inputs = drawn.Inputs;
            return new PerturbationStudy(Bootstrap(drawn, 8), drawn.Inputs, new PerturbationOptions { Signals = new SignalPropagation(network) });
        }

        var study = Study(0, out var trial);
        var risk = new ExplainedQuantity { Scale = ExplainedScale.Natural };
        PerturbationResult Knock(GeneShift shift) => study.Run(trial, [shift], risk);

        var (up, down) = (Knock(GeneShift.By("A", 1.5)), Knock(GeneShift.By("A", -1.5)));
        var repressor = Knock(GeneShift.By("R", 1.5));
        var target = Knock(GeneShift.Down("T"));
        var apart = Knock(GeneShift.By("X", 1.5));
        var drug = study.Run(trial, GeneShift.OfDrugs(generator.Treatments[1]), risk);

        Assert.True(up.MeanShift > 0 && up.IsBeyondSpread, up.ToString());
        Assert.True(down.MeanShift < 0 && down.IsBeyondSpread, down.ToString());

        // Two steps from the outcome and bounded by the range of training, the repressor's shift is as large as what eight members disagree by: only its sign is claimed.
        Assert.True(repressor.MeanShift < 0, repressor.ToString());
        Assert.True(target.MeanShift < 0 && target.IsBeyondSpread, target.ToString());
        Assert.True(drug.MeanShift < 0 && drug.IsBeyondSpread, drug.ToString());
        Assert.False(apart.IsBeyondSpread, apart.ToString());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', new[] { up, down, repressor, target, drug, apart }.Select(r => r.ToString())));

        // A gene without a path is moved by chance: over other trials of the same truth it goes both ways, the driver does not.
        PerturbationResult[] drivers = new PerturbationResult[6], others = new PerturbationResult[6];
        for (var r = 0; r < 6; r++)
        {
            var again = Study((uint)r + 1, out var inputs);
            (drivers[r], others[r]) = (again.Run(inputs, [GeneShift.By("A", 1.5)], risk), again.Run(inputs, [GeneShift.By("X", 1.5)], risk));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', drivers.Concat(others).Select(r => r.ToString())));
        Assert.All(drivers, d => Assert.True(d.MeanShift > 0, d.ToString()));
        Assert.InRange(drivers.Count(d => d.IsBeyondSpread), 5, 6);
        Assert.InRange(others.Count(o => o.IsBeyondSpread), 0, 1);
        Assert.InRange(Math.Abs(others.Average(o => o.MeanShift)), 0, 0.3 * drivers.Average(d => d.MeanShift));
    }

    [Fact]
    public void Error_AGeneThatNothingLeadsFrom_IsNamedWithTheNearest()
    {
        var training = Genes();
        var study = new PerturbationStudy(new StatedModel(x => x[1]), training);
        var on = new PerturbationStudy(new StatedModel(x => x[1]), training, new PerturbationOptions { Signals = new SignalPropagation(SignalPropagationTests.Network(("TP53", "MDM2", 1))) });

        var unknown = Assert.Throws<UnknownGeneException>(() => study.Run(training, [GeneShift.Up("G11")], _mean));
        var leadsNowhere = Assert.Throws<UnknownGeneException>(() => on.Run(training, [GeneShift.Up("TP53")], _mean));

        Assert.Equal("G11", unknown.Symbol);
        Assert.Contains("nearest measured name is 'G1'", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("no signed edge leads from it", leadsNowhere.Message, StringComparison.Ordinal);
        Assert.Contains("each gene once", Assert.Throws<ArgumentException>(() => study.Run(training, [GeneShift.Up("G1"), GeneShift.Down("G1")], _mean)).Message, StringComparison.Ordinal);
        Assert.Contains("no layer 'dna'", Assert.Throws<ArgumentException>(() => study.Run(training, [GeneShift.Up("G1") with { Layer = "dna" }], _mean)).Message, StringComparison.Ordinal);
        Assert.Contains("known target", Assert.Throws<ArgumentException>(() => GeneShift.OfDrugs(
            new Treatment(new DigitalTwin.Vocabulary.ArmId("x"), [new DrugExposure("d", 1, [])]))).Message, StringComparison.Ordinal);
    }

    private static IOutcomePredictor[] Bootstrap(LearningProblem trial, int count)
    {
        using var backend = new SimdBackend(1);
        var learner = new LateFusedLinearLearner(new LinearTuningOptions { RepeatCount = 1, PenaltyCount = 6 });
        return
        [
            .. Enumerable.Range(0, count).Select(m =>
            {
                double[] weights = [.. trial.Inputs.Subjects.Select(s => new RandomStream(new StreamKey(6, StreamKey.HashOf(s.Value), 0, (uint)m, RandomPurpose.Bootstrap)).NextExponential())];
                return learner.Fit(trial.Reweighted(weights), new LearningContext((ulong)m, backend, 1, TestContext.Current.CancellationToken));
            }),
        ];
    }

    private static SubjectInputs Genes()
    {
        var stream = new RandomStream(new StreamKey(2, 0, 0, 0, RandomPurpose.Outcome));
        double[][] genes = [.. Enumerable.Range(0, 50).Select(_ => new[] { 3 * stream.NextGaussian(), stream.NextGaussian(), 0.5 * stream.NextGaussian() })];
        return StatedModel.Subjects("t", [.. genes.Select(_ => new[] { 0.0 })], genes);
    }

    private static double Deviation(SubjectInputs inputs, int gene)
    {
        double[] values = [.. Enumerable.Range(0, inputs.Count).Select(i => (double)inputs.Layers[0].Layer.Row(i)[gene])];
        return Math.Sqrt(values.Average(v => (v - values.Average()) * (v - values.Average())));
    }
}
