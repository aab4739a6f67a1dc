using DigitalTwin.Models.Prediction;
using DigitalTwin.Tests.Engine.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Prediction;

public sealed class UnderEachTests
{
    /// <summary>What is remembered from arm to arm must not carry anything of an arm.</summary>
    [Theory]
    [InlineData("twin")]
    [InlineData("network-of-pathways")]
    [InlineData("late-fused")]
    [InlineData("logistic")]
    [InlineData("treatment-means")]
    public void Property_SubjectsAskedUnderEachArm_AreToldWhatTheyAreToldUnderThatArmAlone(string model)
    {
        var (predictor, inputs) = StoredModels.Get(model, EndpointKind.Binary);
        var arms = inputs.Treatments!.Treatments;

        var together = inputs.UnderEach(arms).Select(under => ((ClassProbabilities)predictor.Predict(under)).Values).ToArray();

        Assert.Equal(arms.Count, together.Length);
        for (var arm = 0; arm < arms.Count; arm++)
        {
            var alone = inputs.With(treatments: TreatmentColumn.Everybody(arms, arm, inputs.Count));
            Assert.Equal(((ClassProbabilities)predictor.Predict(alone)).Values, together[arm]);
        }

        Assert.NotEqual(together[0], together[1]);
    }
}
