using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

/// <summary>Covariates, a layer on a network, a layer beside it and arms, each missing for some subjects.</summary>
public sealed class ModalityTests
{
    private static readonly string[] Genes = [.. Enumerable.Range(0, 12).Select(g => $"GENE{g}")];

    public static TheoryData<FusionKind> FusionKinds() => [FusionKind.Early, FusionKind.Late, FusionKind.Bottleneck];

    [Theory]
    [MemberData(nameof(FusionKinds))]
    public void Property_Gradient_ReachesEveryParameterOfEveryEncoder(FusionKind fusion)
    {
        var (problem, options) = (Cohort(40), Options(fusion));
        using var backend = new SimdBackend(1);
        var inputs = InputEncoding.Fit(problem.Inputs, options, []);
        string[] expected = ["table", "molecular", "rna beside the network", "image beside the network", "treatment"];
        Assert.Equal(expected, inputs.Modalities.Select(m => m.Name));
        var head = OutcomeHeads.For(problem, options);
        using var network = new OutcomeNetwork(backend, 3, inputs, head, options, hasOffset: false);
        var numbers = inputs.Encode(problem.Inputs).Select(m => m with { IsPresent = [.. m.IsPresent.Select((p, i) => p && i != 5)] }).ToArray();
        using var data = new NetworkData(backend, numbers, [.. problem.Inputs.Subjects.Select(s => s.Value)]);
        var weights = problem.Weights.ToArray();
        using var model = new NetworkTraining(network, data, head, head.Targets(problem.Outcome, weights), weights);

        // Zero weights at the end let no gradient through at first: shake all numbers.
        var stream = MadeUpSubjects.Stream(9);
        network.Parameters.Restore([.. network.Parameters.Snapshot().Select(v => v + (float)(0.2 * stream.NextGaussian()))]);
        using var tape = new Tape(backend) { IsTraining = true, DropoutKey = 5 };
        network.Parameters.ClearGradients();
        tape.Backward(model.Loss(tape, [.. Enumerable.Range(0, 40)]));
        foreach (var parameter in network.Parameters.Parameters.Where(p => p.IsTrainable))
        {
            var gradient = new float[parameter.Rows * parameter.Columns];
            backend.Download(parameter.Gradient, gradient);
            Assert.True(gradient.Any(g => g != 0), $"no gradient reaches {parameter.Name}");
        }
    }

    /// <summary>Numbers of a modality that a subject does not have change not a bit of what is predicted.</summary>
    [Theory]
    [MemberData(nameof(FusionKinds))]
    public void Property_MaskedModality_HasNoInfluence(FusionKind fusion)
    {
        var (problem, options) = (Cohort(40), Options(fusion));
        using var backend = new SimdBackend(1);
        var inputs = InputEncoding.Fit(problem.Inputs, options, []);
        var head = OutcomeHeads.For(problem, options);
        using var network = new OutcomeNetwork(backend, 3, inputs, head, options, hasOffset: false);
        var stream = MadeUpSubjects.Stream(10);
        network.Parameters.Restore([.. network.Parameters.Snapshot().Select(v => v + (float)(0.2 * stream.NextGaussian()))]);
        var names = problem.Inputs.Subjects.Select(s => s.Value).ToArray();
        var numbers = inputs.Encode(problem.Inputs).ToArray();
        for (var m = 0; m < numbers.Length; m++)
        {
            var other = numbers[m] with { Values = [.. numbers[m].Values.Select(v => (3 * v) + 1)] };
            Assert.Equal(Outputs(m, numbers[m], false), Outputs(m, other, false));
            Assert.NotEqual(Outputs(m, numbers[m], true), Outputs(m, other, true));
        }

        float[] Outputs(int modality, ModalityNumbers with, bool isPresent)
        {
            ModalityNumbers[] all = [.. numbers];
            all[modality] = with with { IsPresent = [.. Enumerable.Repeat(isPresent, 40)] };
            using var data = new NetworkData(backend, all, names);
            return network.Outputs(data, 16);
        }
    }

    /// <summary>Trained on all modalities, it predicts from any of them, and from none.</summary>
    [Theory]
    [MemberData(nameof(FusionKinds))]
    public void Property_AnySubsetOfModalities_IsPredictedFrom(FusionKind fusion)
    {
        var problem = Cohort(60);
        var predictor = NetworkLearnerTests.Fit(problem, Options(fusion));
        var whole = problem.Inputs;
        var seen = new HashSet<double>();
        for (var subset = 0; subset < 16; subset++)
        {
            var inputs = new SubjectInputs(
                whole.Subjects,
                (subset & 1) != 0 ? whole.Covariates : [],
                [.. whole.Layers.Where((_, k) => (subset & (2 << k)) != 0)],
                null,
                (subset & 8) != 0 ? whole.Treatments : null);
            var predictions = NetworkLearnerTests.Numbers(predictor.Predict(inputs));
            Assert.All(predictions, p => Assert.InRange(p, 0, 1));
            seen.Add(predictions[3]);
        }

        Assert.Equal(16, seen.Count);
    }

    [Fact]
    public void Error_OtherFeaturesThanInTraining_AreRefused()
    {
        var problem = Cohort(60);
        var predictor = NetworkLearnerTests.Fit(problem, Options(FusionKind.Early));
        var ids = problem.Inputs.Subjects.ToArray();
        var other = problem.Inputs.With(layers: [MadeUpSubjects.Layer("image", ids, ["e1", "e9"], (_, _) => 1)]);
        Assert.ThrowsAny<Exception>(() => predictor.Predict(other));
        var renamed = problem.Inputs.With(covariates: [MadeUpSubjects.Number("weight", new double[60])]);
        Assert.Contains("weight", Assert.Throws<ArgumentException>(() => predictor.Predict(renamed)).Message, StringComparison.Ordinal);
    }

    /// <summary>Numbers that place a value among the quantiles of training: by hand for 0 to 8 with two bins, standardised.</summary>
    [Fact]
    public void ClosedForm_PiecewiseLinearEmbedding_IsThePlaceAmongQuantiles()
    {
        var column = MadeUpSubjects.Number("a", [.. Enumerable.Range(0, 9).Select(v => (double)v), double.NaN]);
        var embedding = NumericEmbedding.Fit([column], NumericEmbeddingKind.PiecewiseLinear, 2);
        var encoded = embedding.Encode([column], 10);
        double[][] raw = [[.. Enumerable.Range(0, 9).Select(v => Math.Min(v / 4.0, 1))], [.. Enumerable.Range(0, 9).Select(v => Math.Max((v - 4) / 4.0, 0))]];
        for (var k = 0; k < 2; k++)
        {
            var mean = raw[k].Average();
            var scale = Math.Sqrt(raw[k].Average(r => (r - mean) * (r - mean)));
            for (var i = 0; i < 9; i++)
            {
                Assert.Equal((raw[k][i] - mean) / scale, encoded[(2 * i) + k], 1e-9);
            }

            Assert.Equal(0, encoded[18 + k]);
        }
    }

    /// <summary>Sine and cosine at two frequencies of a number with mean 4; the mean itself gives sine 0 and cosine 1, before they are standardised.</summary>
    [Fact]
    public void ClosedForm_PeriodicEmbedding_IsSineAndCosine()
    {
        var column = MadeUpSubjects.Number("a", [.. Enumerable.Range(0, 9).Select(v => (double)v)]);
        var encoded = NumericEmbedding.Fit([column], NumericEmbeddingKind.Periodic, 2).Encode([column], 9);
        var scale = Math.Sqrt(60.0 / 9);
        for (var k = 0; k < 4; k++)
        {
            var raw = Enumerable.Range(0, 9).Select(v => 2 * Math.PI * (v - 4) / scale / 8 * (k < 2 ? 1 : 2)).Select(angle => k % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle)).ToArray();
            var (mean, deviation) = (raw.Average(), Math.Sqrt(raw.Average(r => r * r) - Math.Pow(raw.Average(), 2)));
            for (var i = 0; i < 9; i++)
            {
                Assert.Equal((raw[i] - mean) / deviation, encoded[(4 * i) + k], 1e-9);
            }
        }
    }

    private static NetworkLearnerOptions Options(FusionKind fusion) => new()
    {
        MemberCount = 2,
        EpochCount = 3,
        TokenWidth = 8,
        HiddenWidth = 8,
        Fusion = fusion,
        Network = Ring(),
    };

    private static GeneNetwork Ring()
    {
        var builder = new GeneNetworkBuilder();
        for (var g = 0; g < Genes.Length; g++)
        {
            builder.AddEdge(new GeneSymbol(Genes[g]), new GeneSymbol(Genes[(g + 1) % Genes.Length]), EdgeType.Association, EdgeSign.Unknown, isDirected: false);
        }

        return builder.Build();
    }

    private static LearningProblem Cohort(int count)
    {
        var problem = NetworkLearnerTests.Problem("binary", count);
        var ids = problem.Inputs.Subjects.ToArray();
        var noise = MadeUpSubjects.Gaussians(count * 13, 6);
        string[] features = [.. Genes, "PROBE1"];
        var rna = MadeUpSubjects.Layer("rna", ids, features, (i, f) => i % 9 == 2 || (i + f) % 11 == 0 ? double.NaN : noise[(i * 13) + f]);
        Treatment[] arms =
        [
            new(new ArmId("none"), []),
            new(new ArmId("first"), [new DrugExposure("alphamab", 1, [new DrugTarget("GENE3")]), new DrugExposure("plain", 1, [])]),
            new(new ArmId("second"), [new DrugExposure("betanib", 0.5, [new DrugTarget("GENE7", Activates: true)])]),
        ];
        var given = new TreatmentColumn(arms, [.. Enumerable.Range(0, count).Select(i => i % 3)]);
        return new LearningProblem(problem.Inputs.With(layers: [rna, .. problem.Inputs.Layers], treatments: given), problem.Outcome);
    }
}
