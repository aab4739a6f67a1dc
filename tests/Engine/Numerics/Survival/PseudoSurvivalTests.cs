using CsCheck;
using DigitalTwin.Numerics.Survival;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Pseudo-observations of survival at a time.</summary>
public sealed class PseudoSurvivalTests
{
    private static readonly double[] s_times = [5, 3, 8, 8, 2, 9, 4, 7, 3, 6, 10, 1];
    private static readonly bool[] s_events = [true, true, false, true, false, true, true, false, true, true, false, true];

    // R 4.2.2, survival 3.5.3: n * S(time, status) - (n - 1) * S(time[-i], status[-i]) with S the summary of survfit(Surv(t, s) ~ 1) at the time, extend = TRUE.
    public static TheoryData<double, double[]> FromR => new()
    {
        { 4, [1.03333333333333, -0.0777777777777757, 1.03333333333333, 1.03333333333333, 0.700000000000001, 1.03333333333333, -0.0777777777777766, 1.03333333333333, -0.0777777777777757, 1.03333333333333, 1.03333333333333, 0] },
        { 7.5, [-0.0555555555555562, -0.0555555555555545, 1.05555555555556, 1.05555555555556, 0.5, 1.05555555555556, -0.0555555555555562, 1.05555555555556, -0.0555555555555545, -0.0555555555555562, 1.05555555555556, 0] },
        { 9, [-0.0208333333333335, -0.020833333333333, 0.581018518518519, -0.159722222222222, 0.1875, -0.900462962962963, -0.0208333333333335, 0.395833333333333, -0.020833333333333, -0.0208333333333335, 2.0625, 0] },
    };

    [Theory]
    [MemberData(nameof(FromR))]
    public void Reference_TiesAndCensoring_MatchR(double at, double[] expected)
    {
        var values = PseudoSurvival.Of(s_times, s_events, at);

        Assert.All(values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 12));
    }

    [Fact]
    public void Property_EachIsTheCurveLessTheCurveWithoutTheSubject() =>
        Gen.Select(Gen.Select(Gen.Int[0, 8], Gen.Bool).Array[2, 25], Gen.Int[0, 9]).Sample((subjects, at) =>
        {
            double[] times = [.. subjects.Select(s => (double)s.Item1)];
            bool[] events = [.. subjects.Select(s => s.Item2)];
            var values = PseudoSurvival.Of(times, events, at);
            for (var i = 0; i < times.Length; i++)
            {
                var expected = (times.Length * Survival(times, events, at)) - ((times.Length - 1) * Survival(Without(times, i), Without(events, i), at));
                Assert.Equal(expected, values[i], 10);
            }
        });

    [Fact]
    public void ClosedForm_WithoutCensoring_ItIsWhetherTheSubjectSurvived()
    {
        var values = PseudoSurvival.Of([1, 2, 2, 3, 5], [true, true, true, true, true], 2);

        Assert.All(values.Zip([0.0, 0, 0, 1, 1]), pair => Assert.Equal(pair.Second, pair.First, 12));
    }

    [Fact]
    public void Error_LengthsThatDifferAreRefused() => Assert.Throws<ArgumentException>(() => PseudoSurvival.Of([1, 2], [true], 1));

    private static double Survival(double[] times, bool[] events, double at)
    {
        var curve = KaplanMeier.Fit(times, events);
        var place = curve.Times.Count(t => t <= at);
        return place == 0 ? 1 : curve.Survival[place - 1];
    }

    private static T[] Without<T>(T[] values, int place) => [.. values.Where((_, k) => k != place)];
}
