using DigitalTwin.Models.Explanation.Likeness;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Likeness;

public sealed class TrainingReferenceTests
{
    [Fact]
    public void ClosedForm_AFarAwaySubjectIsBeyondEverybody_AndTheSentenceSaysByWhat()
    {
        var reference = TrainingReference.Fit(new LayeredSubjects(150).Inputs);
        var far = With(new LayeredSubjects(1, seed: 77).Inputs, age: 130);

        var found = reference.Assess(far)[0];

        Assert.Equal(1, found.Percentile);
        Assert.Equal(1.0 / 151, found.PValue, 12);
        Assert.True(found.IsUnlike);
        Assert.Equal("age", found.Unusual[0].Feature.ToString());
        Assert.Equal(("130", 1.0), (found.Unusual[0].Value, found.Unusual[0].Quantile));
        Assert.Contains("unlike the training data", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("age is 130 (training ", found.Sentence, StringComparison.Ordinal);
        Assert.Equal(3, found.Unusual.Count);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    public void Property_PercentilesOfNewSubjectsOfTheSamePopulationAreUniform(double missingShare)
    {
        // More features (122) than a fold has components; subjects without layers are held against training subjects by what they have.
        var all = new LayeredSubjects(700, missingShare: missingShare).Inputs;
        var reference = TrainingReference.Fit(all.Take([.. Enumerable.Range(0, 300)]), threadCount: 2);

        double[] p = [.. reference.Assess(all.Take([.. Enumerable.Range(300, 400)])).Select(r => r.PValue).Order()];

        // Kolmogorov-Smirnov at 0.1 %, with room for the 300 training subjects that they share.
        var distance = p.Select((v, k) => Math.Max(Math.Abs(v - ((k + 1) / 400.0)), Math.Abs(v - (k / 400.0)))).Max();
        Assert.InRange(distance, 0, 1.95 * Math.Sqrt((1 / 400.0) + (1 / 300.0)));
        Assert.InRange(p.Count(v => v <= 0.05) / 400.0, 0.005, 0.11);
    }

    [Fact]
    public void Property_AThousandGenesDoNotDrownAge_AndAgeDoesNotDrownThem()
    {
        var training = new LayeredSubjects(150).Inputs;
        var reference = TrainingReference.Fit(training);
        var one = new LayeredSubjects(1, seed: 78).Inputs;
        var layer = one.Layers[0];
        var shifted = one.With(layers: [layer.With("1", layer.Layer.Features, [.. layer.Layer.Row(0).ToArray().Select((v, f) => f % 2 == 0 ? v + 4 : v - 4)]), one.Layers[1], one.Layers[2]]);

        var old = reference.Assess(With(one, age: 115))[0];
        var strange = reference.Assess(shifted)[0];

        Assert.True(old.PValue <= 0.05);
        Assert.True(strange.PValue <= 0.05);
        Assert.All(strange.Unusual, u => Assert.Equal("rna", u.Feature.Source));
        Assert.False(reference.Assess(one)[0].IsUnlike);
    }

    [Fact]
    public void Property_TheOrderOfTrainingAndThreadsChangeNothing()
    {
        var training = new LayeredSubjects(80, missingShare: 0.2).Inputs;
        int[] reversed = [.. Enumerable.Range(0, 80).Reverse()];
        var asked = new LayeredSubjects(10, seed: 3, missingShare: 0.2).Inputs;

        var one = TrainingReference.Fit(training).Assess(asked);
        var other = TrainingReference.Fit(training.Take(reversed), threadCount: 3).Assess(asked);

        Assert.Equal(one.Select(r => (r.Score, r.PValue, r.Sentence)), other.Select(r => (r.Score, r.PValue, r.Sentence)));
        Assert.Equal(one.SelectMany(r => r.Similar.Select(s => s.Subject)), other.SelectMany(r => r.Similar.Select(s => s.Subject)));
    }

    [Fact]
    public void Property_ACopyOfATrainingSubjectIsItsNearest_AndATrainingSubjectIsNotItsOwn()
    {
        var training = new LayeredSubjects(60).Inputs;
        var reference = TrainingReference.Fit(training);
        var copy = new SubjectInputs(
            [new SubjectId("copy")], training.Take([17]).Covariates, [.. training.Layers.Select(l => new SubjectLayer(l.Layer.Take([17]), [new SubjectId("copy")]))]);

        var nearest = reference.Assess(copy)[0].Similar;
        var itself = reference.Assess(training.Take([17]))[0].Similar;

        Assert.Equal(training.Subjects[17], nearest[0].Subject);
        Assert.Equal(0, nearest[0].Distance, 6);
        Assert.Empty(nearest[0].Different);
        Assert.Equal(["covariates", "rna", "protein", "noise"], nearest[0].SharedBlocks);
        Assert.DoesNotContain(training.Subjects[17], itself.Select(s => s.Subject));
        Assert.Equal(5, itself.Count);
    }

    [Fact]
    public void Property_WhatNobodyLackedOrHadInTrainingIsSaid()
    {
        var reference = TrainingReference.Fit(new LayeredSubjects(60, withTreatments: true).Inputs);
        var one = new LayeredSubjects(1, seed: 5, withTreatments: true).Inputs;
        var blank = one.Layers[1].With("1", one.Layers[1].Layer.Features, [.. Enumerable.Repeat(float.NaN, 40)]);
        var arms = new TreatmentColumn([new Treatment(new ArmId("radiation"), [])], [0]);

        var found = reference.Assess(one.With(layers: [one.Layers[0], blank, one.Layers[2]], treatments: arms))[0];

        Assert.Contains("it has no layer 'protein', which nobody in training lacked", found.Sentence, StringComparison.Ordinal);
        Assert.Contains("the arm 'radiation' was not given to anybody in training", found.Sentence, StringComparison.Ordinal);
        Assert.All(found.Similar, s => Assert.DoesNotContain("protein", s.SharedBlocks));
        Assert.True(found.IsUnlike);
    }

    [Fact]
    public void Error_NothingInCommon_NothingKnown_AndTooFewSubjects_AreSaid()
    {
        var training = new LayeredSubjects(60).Inputs;
        var reference = TrainingReference.Fit(training);
        var one = new LayeredSubjects(1, seed: 5).Inputs;
        var empty = With(one, double.NaN).With(layers: [.. one.Layers.Select(l => l.With("1", l.Layer.Features, [.. Enumerable.Repeat(float.NaN, l.FeatureCount)]))]);
        var other = new SubjectInputs(one.Subjects, [], [new SubjectLayer(new OmicsLayer("lipids", "1", ["a"], [1f]), one.Subjects)]);

        Assert.Contains("lipids", Assert.Throws<ArgumentException>(() => reference.Assess(other)).Message, StringComparison.Ordinal);
        Assert.Contains("Subject 'S0000'", Assert.Throws<ArgumentException>(() => reference.Assess(empty)).Message, StringComparison.Ordinal);
        Assert.Contains("from 20 on", Assert.Throws<UnlearnableException>(() => TrainingReference.Fit(training.Take([0, 1, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("is not the layer of training", Assert.Throws<ArgumentException>(() => reference.Assess(
            one.With(layers: [one.Layers[0].With("ug", one.Layers[0].Layer.Features, one.Layers[0].Layer.Row(0).ToArray()), one.Layers[1], one.Layers[2]]))).Message, StringComparison.Ordinal);
    }

    // With another age; a missing age has a missing stage too.
    private static SubjectInputs With(SubjectInputs inputs, double age) => inputs.With(covariates:
    [
        new NumericColumn(inputs.Covariates[0].Variable, [age]),
        double.IsNaN(age) ? new CategoricalColumn(inputs.Covariates[1].Variable, [CategoricalColumn.Missing]) : inputs.Covariates[1],
    ]);
}
