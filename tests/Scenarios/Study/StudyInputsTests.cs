using DigitalTwin.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.Study;

public sealed class StudyInputsTests
{
    [Fact]
    public void Of_the_hidden_arm_nothing_is_left_outside_its_seal()
    {
        var inputs = StudyInputs.Load(ScenarioRun.Shipped("gbsg-hormone-therapy.yaml"), seed: null);
        // 246 treated of GBSG and 1207 controls of Rotterdam are analysed; the 440 hidden controls of GBSG are in neither cohort.
        Assert.Equal(246, inputs.Treated.Count);
        Assert.Equal(1207, inputs.Control.Count);
        Assert.Equal(inputs.Assembly.Trial.Subjects.Order(), inputs.Treated.Subjects.Concat(inputs.Control.Subjects).Order());
        Assert.NotNull(inputs.Assembly.Hidden);
    }
}
