using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class LinearAttributionTests
{
    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.Continuous)]
    [InlineData(EndpointKind.TimeToEvent)]
    public void ClosedForm_TermsAddUpToTheDifferenceOfPredictions(EndpointKind kind)
    {
        var (model, inputs, _) = Fitted(kind, missingShare: 0.2);
        var quantity = new ExplainedQuantity { Horizon = Duration.FromDays(300) };
        int[] rows = [.. Enumerable.Range(0, 20)];
        var links = quantity.Of(model.Predict(inputs.Take(rows)));

        var outputs = rows.Select(r => LinearAttribution.Explain(model, inputs.Take([r]), quantity)).ToArray();

        // Everything but the intercept (or log baseline hazard), which is the same for all.
        Assert.All(rows, r => Assert.Equal(links[r] - links[0], outputs[r].Output - outputs[0].Output, 6));
        Assert.All(outputs, o => Assert.Equal(o.Output, o.Features.Sum(f => f.Value), 9));
        Assert.Contains(outputs, o => o.Features.Any(f => f.Feature.Feature.StartsWith("not measured", StringComparison.Ordinal)));
    }

    // Half of the terms are features behind principal components.
    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.TimeToEvent)]
    public void ClosedForm_TermsOfAPlainRegression_AddUpToTheDifferenceOfPredictions(EndpointKind kind)
    {
        var cohort = new LayeredSubjects(150, withTreatments: true);
        using var backend = new SimdBackend(1);
        var options = new PlainRegressionOptions { ComponentCount = 5, ComponentLayer = "rna" };
        IOutcomeLearner learner = kind == EndpointKind.Binary ? new LogisticLearner(options) : new CoxLearner(options);
        var model = learner.Fit(new LearningProblem(cohort.Inputs, cohort.Outcome(kind)), new LearningContext(1, backend, 1, TestContext.Current.CancellationToken));
        var quantity = new ExplainedQuantity { Horizon = Duration.FromDays(300) };
        int[] rows = [.. Enumerable.Range(0, 20)];
        var links = quantity.Of(model.Predict(cohort.Inputs.Take(rows)));

        var outputs = rows.Select(r => LinearAttribution.Explain(model, cohort.Inputs.Take([r]), quantity)).ToArray();

        Assert.All(rows, r => Assert.Equal(links[r] - links[0], outputs[r].Output - outputs[0].Output, 6));
        Assert.Equal(40, outputs[0].Features.Count(f => f.Feature.Source == "rna"));
        Assert.DoesNotContain(outputs[0].Features, f => f.Feature.Source == "protein");
        Assert.True(links.Max() - links.Min() > 1);
    }

    [Fact]
    public void ClosedForm_AFeatureChangesItsOwnTermInProportion()
    {
        // In proportion to the number that the model reads, the normal score of the value.
        var (model, inputs, _) = Fitted(EndpointKind.Binary, missingShare: 0);
        var encoding = LayerEncoding.Fit(inputs.Layers[0]);
        var one = inputs.Take([5]);
        var layer = one.Layers[0];
        var values = layer.Layer.Row(0).ToArray();
        (double Number, double Term) At(float value)
        {
            var changed = values.ToArray();
            changed[3] = value;
            var with = one.With(layers: [layer.With("1", layer.Layer.Features, changed), one.Layers[1], one.Layers[2]]);
            return (encoding.Encode(with.Layers[0]).Row(0)[3], LinearAttribution.Explain(model, with, new ExplainedQuantity()).Features.First(f => f.Feature == new FeatureName("rna", "rna3")).Value);
        }

        var (low, middle, high) = (At(-1), At(0), At(2));

        Assert.NotEqual(0, high.Term - middle.Term);
        Assert.Equal((middle.Term - low.Term) / (middle.Number - low.Number), (high.Term - middle.Term) / (high.Number - middle.Number), 9);
    }

    [Fact]
    public void Error_AModelWithoutCoefficientsIsRefused() =>
        Assert.Contains("Shapley", Assert.Throws<ArgumentException>(() => LinearAttribution.Explain(
            new StatedModel(x => x[0]), StatedModel.Subjects("s", [[1]]), new ExplainedQuantity())).Message, StringComparison.Ordinal);

    internal static (IOutcomePredictor Model, SubjectInputs Inputs, LayeredSubjects Cohort) Fitted(EndpointKind kind, double missingShare)
    {
        var cohort = new LayeredSubjects(150, missingShare: missingShare);
        using var backend = new SimdBackend(1);
        var options = new LinearTuningOptions { RepeatCount = 1, PenaltyCount = 5 };
        var model = new LateFusedLinearLearner(options).Fit(
            new LearningProblem(cohort.Inputs, cohort.Outcome(kind)), new LearningContext(1, backend, 1, TestContext.Current.CancellationToken));
        return (model, cohort.Inputs, cohort);
    }
}
