using DigitalTwin.Tests.Reference;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Trials;

public sealed class IndividualEffectTests
{
    [Fact]
    public void ClosedForm_PairsMemberWithMember()
    {
        var subject = new VirtualSubject(
            new SubjectId("s"), new BinaryForecast(0.5, [0.4, 0.5, 0.6]), new BinaryForecast(0.2, [0.1, 0.2, 0.3]));
        var effect = IndividualEffect.Of(subject, 0.95);
        // Every member sees the same difference, so the ensemble has no doubt although both forecasts vary.
        Agreement.Close(0.3, effect.Difference);
        Agreement.Close(0, effect.StandardDeviation, floor: 1e-12);
    }

    [Fact]
    public void ClosedForm_NormalLimitsAndProbability()
    {
        var subject = new VirtualSubject(new SubjectId("s"), new ContinuousForecast(2, 1, [1, 2, 3]), new ContinuousForecast(1, 1, [1, 1, 1]));
        var effect = IndividualEffect.Of(subject, 0.95);
        Agreement.Close(1, effect.StandardDeviation);
        Agreement.Close(1 - 1.9599639845400545, effect.Lower);
        Agreement.Close(0.8413447460685429, effect.ProbabilityPositive); // Phi(1)
    }

    [Fact]
    public void Error_MembersMustPair() => Assert.Throws<ArgumentException>(() => IndividualEffect.Of(
        new VirtualSubject(new SubjectId("s"), new BinaryForecast(0.5, [0.5]), new BinaryForecast(0.5, [0.5, 0.5])), 0.95));
}
