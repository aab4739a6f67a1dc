using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Twins;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation;

public sealed class ModelExplanationTests
{
    [Fact]
    public void Property_AWholeTwinIsExplained_ItsPartsAreRead_AndValuesAddUpToItsPrediction()
    {
        var cohort = new LayeredSubjects(150);
        using var backend = new SimdBackend(2);
        var tuning = new LinearTuningOptions { RepeatCount = 1, PenaltyCount = 4 };
        var twin = new TwinLearner(new TwinLearnerOptions
        {
            Linear = new LateFusedLinearLearner(tuning),
            Network = new NetworkLearnerOptions { MemberCount = 2, InnerFoldCount = 2, EpochCount = 4, TokenWidth = 8, HiddenWidth = 8, WeighsResidual = false },
            Beside = [new RandomForestLearner()],
            Stack = new StackOptions { FoldCount = 2, LeavesOut = false },
        }).Fit(new LearningProblem(cohort.Inputs, cohort.Outcome(EndpointKind.Binary)), new LearningContext(1, backend, 2, TestContext.Current.CancellationToken));
        var subject = cohort.Inputs.Take([7]);
        var risk = new ExplainedQuantity { Scale = ExplainedScale.Natural };
        var sets = new PathwaySets([new GeneSet("p", "", [.. Enumerable.Range(0, 20).Select(k => new GeneSymbol($"rna{k}"))])]);

        var found = ModelExplanation.Of(twin, subject, cohort.Inputs, risk, new ExplanationOptions { TopCount = 4, Shapley = new ShapleyOptions { SampleCount = 20 }, Pathways = sets });

        var p = ((ClassProbabilities)twin.Predict(subject))[0, 1];
        Assert.Equal(p, found.Modalities.Output, 9);
        Assert.Equal(p - found.Modalities.Baseline, found.Modalities.Values.Sum(v => v.Value), 9);
        Assert.Equal(p - found.Features!.Baseline, found.Features.Values.Sum(v => v.Value), 9);
        Assert.Equal(["covariates", "noise", "protein", "rna"], found.Modalities.Values.Select(v => v.Name).Order(StringComparer.Ordinal));
        Assert.InRange(found.Features.Values.Count, 6, 8); // four features, and what is left of each modality
        Assert.Contains(found.Parts, part => part.Name == "linear");
        Assert.Contains(found.Parts, part => part.Name == "network on top of it");
        Assert.Contains(found.Findings, f => f.Contains("Shapley values only", StringComparison.Ordinal));
        Assert.Equal("p", found.Pathways!.Pathways[0].Set.Id);
        Assert.InRange(found.Pathways.OutsideShare, 0.3, 0.95);
        var members = EnsembleMembers.Of(twin);
        Assert.Equal(1, members.Sum(m => m.Weight), 9);
        Assert.True(members.Count >= 4);
        Assert.Equal(found.Parts.Where(part => part.Name.StartsWith("network", StringComparison.Ordinal)).Sum(part => part.Weight), EnsembleMembers.NetworkWeight(twin), 9);
        Assert.Equal(0, EnsembleMembers.NetworkWeight(new StatedModel(x => x[0])));
    }

    [Fact]
    public void Property_AModelThatCannotBeReadStillHasShapleyValues()
    {
        var training = StatedModel.Subjects("t", [[0, 0], [2, 2]], [[1], [3]]);
        var found = ModelExplanation.Of(new StatedModel(x => x[0] + x[2]), StatedModel.Subjects("s", [[5, 5]], [[0]]), training, new ExplainedQuantity());

        Assert.Equal(4, found.Modalities.Values.First(v => v.Name == "covariates").Value, 9);
        Assert.Equal(-2, found.Modalities.Values.First(v => v.Name == "rna").Value, 9);
        Assert.Null(found.Features);
        Assert.Contains("StatedModel", Assert.Single(found.Findings), StringComparison.Ordinal);
    }
}
