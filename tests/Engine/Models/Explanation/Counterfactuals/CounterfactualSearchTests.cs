using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Counterfactuals;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Counterfactuals;

public sealed class CounterfactualSearchTests
{
    private static readonly ExplainedQuantity _mean = new();

    [Fact]
    public void ClosedForm_OfALinearModel_TheStrongestFeatureChangesJustAsFarAsNeeded()
    {
        // 0 to 10 in training; x1 counts three times as much as x0, so that it takes the smallest change: (6 - 0) / 3 = 2 above.
        var (training, subject) = Subjects([1, 1]);
        var model = new StatedModel(x => x[0] + (3 * x[1]));

        var found = CounterfactualSearch.Find(model, subject, training, Names("x0", "x1"), _mean, threshold: 10);

        Assert.True(found.IsFound);
        var change = Assert.Single(found.Changes);
        Assert.Equal("x1", change.Feature.Feature);
        Assert.Equal((4.0, true), (found.Before, found.After > 10));
        Assert.InRange(found.After, 10, 10.01); // 12 halvings of what lies between two training values
        Assert.Contains("across 10", found.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Property_TwoFeaturesAreUsedWhereOneIsNotEnough_AndBothWaysAreFound()
    {
        var (training, subject) = Subjects([5, 5]);
        var model = new StatedModel(x => x[0] + x[1]);

        var up = CounterfactualSearch.Find(model, subject, training, Names("x0", "x1"), _mean, threshold: 17);
        var down = CounterfactualSearch.Find(model, subject, training, Names("x0", "x1"), _mean, threshold: 3);

        Assert.Equal((true, 2), (up.IsFound, up.Changes.Count));
        Assert.Equal((true, 2), (down.IsFound, down.Changes.Count));
        Assert.InRange(up.After, 17, 17.1);
        Assert.InRange(down.After, 2.9, 3);
    }

    [Fact]
    public void Property_WhatTrainingNeverHadIsNotProposed_AndThatNoneWasFoundIsSaid()
    {
        var (training, subject) = Subjects([5, 5]);

        var found = CounterfactualSearch.Find(new StatedModel(x => x[0] + x[1]), subject, training, Names("x0", "x1"), _mean, threshold: 21);

        Assert.False(found.IsFound);
        Assert.Equal(20, found.After, 9);
        Assert.StartsWith("None found", found.ToString(), StringComparison.Ordinal);
    }

    // Half a mutation would be enough, but there is none.
    [Fact]
    public void Property_AFeatureOfWholeNumbersStaysWhole()
    {
        var training = StatedModel.Subjects("t", [.. Enumerable.Range(0, 20).Select(i => new[] { (double)i })], [.. Enumerable.Range(0, 20).Select(i => new[] { i % 2.0, i / 7.0 })]);
        var subject = StatedModel.Subjects("s", [[0]], [[0, 0]]);

        var whole = CounterfactualSearch.Find(new StatedModel(x => x[1]), subject, training, [new FeatureName("rna", "G0")], _mean, threshold: 0.3);
        var between = CounterfactualSearch.Find(new StatedModel(x => x[2]), subject, training, [new FeatureName("rna", "G1")], _mean, threshold: 0.3);

        Assert.Equal("1", Assert.Single(whole.Changes).To);
        Assert.StartsWith("0.3", Assert.Single(between.Changes).To, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_OnlyTheGivenFeaturesChange()
    {
        var (training, subject) = Subjects([1, 1]);

        var found = CounterfactualSearch.Find(new StatedModel(x => x[0] + (3 * x[1])), subject, training, Names("x0"), _mean, threshold: 10);

        Assert.Equal("x0", Assert.Single(found.Changes).Feature.Feature);
        Assert.InRange(found.After, 10, 10.01);
    }

    [Fact]
    public void Error_UnknownAndUnmeasuredFeaturesAreSaidByName()
    {
        var (training, subject) = Subjects([double.NaN, 1]);
        var model = new StatedModel(x => x[1]);

        Assert.Contains("nearest name is 'x0'", Fault("x00"), StringComparison.Ordinal);
        Assert.Contains("the subject has no value of them", Fault("x0"), StringComparison.Ordinal);

        string Fault(string name) => Assert.Throws<ArgumentException>(() => CounterfactualSearch.Find(model, subject, training, Names(name), _mean, 3)).Message;
    }

    private static FeatureName[] Names(params string[] names) => [.. names.Select(n => new FeatureName(FeatureName.Covariates, n))];

    private static (SubjectInputs Training, SubjectInputs Subject) Subjects(double[] own)
    {
        double[][] training = [.. Enumerable.Range(0, 41).Select(i => new[] { i / 4.0, (i * 7 % 41) / 4.0 })];
        return (StatedModel.Subjects("t", training), StatedModel.Subjects("s", [own]));
    }
}
