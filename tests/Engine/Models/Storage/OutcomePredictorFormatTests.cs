using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Engine.Models.Network;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Storage;

public sealed class OutcomePredictorFormatTests
{
    [Theory]
    [MemberData(nameof(StoredModels.All), MemberType = typeof(StoredModels))]
    public void Property_AModelReadBack_PredictsBitForBitAndIsWrittenAsTheSameBytes(string name, EndpointKind kind)
    {
        var (predictor, inputs) = StoredModels.Get(name, kind);

        var bytes = OutcomePredictorFormat.Write(predictor);
        var read = OutcomePredictorFormat.Read(bytes, 1);

        Assert.Equal(StoredCohort.Numbers(predictor.Predict(inputs)), StoredCohort.Numbers(read.Predict(inputs)));
        Assert.Equal(predictor.Findings, read.Findings);
        Assert.Equal(bytes, OutcomePredictorFormat.Write(predictor));
        Assert.Equal(bytes, OutcomePredictorFormat.Write(read));
    }

    /// <summary>Members without weight take no part in the predictions of a stack; they come back all the same. Networks on top of the linear model are among them.</summary>
    [Theory]
    [InlineData(EndpointKind.Binary)]
    [InlineData(EndpointKind.TimeToEvent)]
    [InlineData(EndpointKind.CompetingRisks)]
    public void Property_EachMemberOfAStackReadBack_PredictsBitForBit(EndpointKind kind)
    {
        var (predictor, inputs) = StoredModels.Get("twin", kind);
        var stack = (StackedPredictor)predictor;
        var read = (StackedPredictor)OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(stack), 2);

        Assert.Contains(stack.Members, m => m.Predictor.GetType().Name == "ResidualPredictor");
        Assert.Equal(stack.Members.Select(m => (m.Predictor.GetType(), m.Weight)), read.Members.Select(m => (m.Predictor.GetType(), m.Weight)));
        foreach (var (before, after) in EnsembleMembers.Of(stack).Zip(EnsembleMembers.Of(read)).Concat(Alone(stack).Zip(Alone(read))))
        {
            Assert.Equal(StoredCohort.Numbers(before.Member.Predict(inputs)), StoredCohort.Numbers(after.Member.Predict(inputs)));
        }

        static IEnumerable<(IOutcomePredictor Member, double Weight)> Alone(StackedPredictor stack) => stack.Members;
    }

    /// <summary>Two twins of two folds: the network is made anew for each and is the same in both.</summary>
    [Fact]
    public void Property_SeveralModels_ShareWhatIsTheSameInThem()
    {
        var (first, inputs) = StoredModels.Get("network", EndpointKind.Binary);
        var (second, _) = StoredModels.Get("network", EndpointKind.Continuous);
        var all = OutcomePredictorFormat.WriteAll([first, second, first]);

        var read = OutcomePredictorFormat.ReadAll(all, 1);

        Assert.Same(read[0], read[2]);
        Assert.Equal(StoredCohort.Numbers(first.Predict(inputs)), StoredCohort.Numbers(read[0].Predict(inputs)));
        Assert.Equal(StoredCohort.Numbers(second.Predict(inputs)), StoredCohort.Numbers(read[1].Predict(inputs)));
        Assert.Equal(all, OutcomePredictorFormat.WriteAll(read));
        Assert.Equal(1, Count(all, "other source"u8));
        Assert.Equal(2, Count([.. OutcomePredictorFormat.Write(first), .. OutcomePredictorFormat.Write(second)], "other source"u8));
    }

    [Fact]
    public void Property_AStreamGetsTheSameBytes_AndAListHasAnyLength()
    {
        var predictor = StoredModels.Get("boosted-trees", EndpointKind.Categorical).Predictor;
        using var stream = new MemoryStream();

        OutcomePredictorFormat.WriteAll([predictor], stream);

        Assert.Equal(OutcomePredictorFormat.Write(predictor), stream.ToArray());
        Assert.Empty(OutcomePredictorFormat.ReadAll(OutcomePredictorFormat.WriteAll([]), 1));
        Assert.Contains("2 models", Assert.Throws<ModelFormatException>(() => OutcomePredictorFormat.Read(OutcomePredictorFormat.WriteAll([predictor, predictor]), 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ThreadsOfAReaderPlayNoPart()
    {
        var (predictor, inputs) = StoredModels.Get("twin", EndpointKind.Ordinal);
        var bytes = OutcomePredictorFormat.Write(predictor);

        var one = OutcomePredictorFormat.Read(bytes, 1).Predict(inputs);
        var three = OutcomePredictorFormat.Read(bytes, 3).Predict(inputs);

        Assert.Equal(StoredCohort.Numbers(one), StoredCohort.Numbers(three));
        Assert.Throws<ArgumentOutOfRangeException>(() => OutcomePredictorFormat.Read(bytes, 0));
    }

    /// <summary>A model of training subjects must not tell who they were.</summary>
    [Fact]
    public void Property_NoIdOfATrainingSubjectIsInTheBytes()
    {
        foreach (var (name, kind) in new[] { ("summarised-twin", EndpointKind.Binary), ("twin", EndpointKind.TimeToEvent), ("rewired-network", EndpointKind.Longitudinal) })
        {
            var (predictor, inputs) = StoredModels.Get(name, kind);
            var bytes = OutcomePredictorFormat.Write(predictor);

            Assert.All(inputs.Subjects, subject => Assert.Equal(0, Count(bytes, System.Text.Encoding.UTF8.GetBytes(subject.Value))));
        }
    }

    [Theory]
    [InlineData("late-fused")]
    [InlineData("concatenated")]
    [InlineData("logistic")]
    [InlineData("boosted-trees")]
    [InlineData("random-forest")]
    [InlineData("network")]
    [InlineData("twin")]
    [InlineData("summarised-twin")]
    public void Error_OtherColumnsThanInTraining_AreRefusedByNameAfterReadingToo(string name)
    {
        var (predictor, inputs) = StoredModels.Get(name, EndpointKind.Binary);
        var read = OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1);
        var other = inputs.With(covariates: [MadeUpSubjects.Number("weight", new double[inputs.Count]), .. inputs.Covariates.Skip(1)]);

        var before = Assert.Throws<ArgumentException>(() => predictor.Predict(other));
        var after = Assert.Throws<ArgumentException>(() => read.Predict(other));

        Assert.Contains("'weight'", after.Message, StringComparison.Ordinal);
        Assert.Equal(before.Message, after.Message);
    }

    [Theory]
    [InlineData("late-fused")]
    [InlineData("boosted-trees")]
    [InlineData("network")]
    [InlineData("twin")]
    public void Error_OtherFeaturesOfALayer_AreRefusedAfterReadingToo(string name)
    {
        var (predictor, inputs) = StoredModels.Get(name, EndpointKind.Binary);
        var read = OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1);
        var ids = inputs.Subjects.ToArray();
        SubjectLayer[] layers = [inputs.Layers[0], MadeUpSubjects.Layer("image", ids, ["e1", "e2", "e9"], (_, _) => 1)];

        var before = Assert.ThrowsAny<Exception>(() => predictor.Predict(inputs.With(layers: layers)));
        var after = Assert.ThrowsAny<Exception>(() => read.Predict(inputs.With(layers: layers)));

        Assert.Equal((before.GetType(), before.Message), (after.GetType(), after.Message));
    }

    [Fact]
    public void Error_OtherLevelsOfAnObservedVariable_AreRefusedAfterReadingToo()
    {
        var (predictor, inputs) = StoredModels.Get("summarised-twin", EndpointKind.Binary);
        var read = OutcomePredictorFormat.Read(OutcomePredictorFormat.Write(predictor), 1);
        var table = inputs.Observations!;
        var more = new ObservationTable(
            [table.Variables[0], table.Variables[1] with { Levels = ["a", "b", "c"] }], table.Subjects.ToArray(), table.Days.ToArray(), table.VariableIndices.ToArray(), table.Values.ToArray());

        var error = Assert.Throws<ArgumentException>(() => read.Predict(new SubjectInputs(inputs.Subjects, inputs.Covariates, inputs.Layers, more, inputs.Treatments)));

        Assert.Contains("levels are not those of training", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_APredictorOfAnotherMaker_IsNamed()
    {
        var stranger = new SummarizedPredictor(new Stranger(), ObservationSummary.Fit(StoredCohort.Inputs(true).Observations!), false);

        Assert.Contains(nameof(Stranger), Assert.Throws<NotSupportedException>(() => OutcomePredictorFormat.Write(stranger)).Message, StringComparison.Ordinal);
    }

    /// <summary>By hand: magic, version, one model; no part met before, tag 9; kind 0 (classes), two of them; no other bytes but the SHA-256.</summary>
    [Fact]
    public void ClosedForm_TheBytesOfABaseline_AreLaidOutAsDocumented()
    {
        var problem = StoredCohort.Training(EndpointKind.Binary);
        var share = ((BinaryOutcome)problem.Outcome).Occurred.Count(o => o) / (double)problem.Count;
        var none = ((BinaryOutcome)problem.Outcome).Occurred.Count(o => !o) / (double)problem.Count;
        using var expected = new MemoryStream();
        using (var writer = new BinaryWriter(expected, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write("DTmodels"u8);
            foreach (var number in new[] { OutcomePredictorFormat.Version, 1, 0, 9, 0, 2 })
            {
                writer.Write(number);
            }

            writer.Write(none);
            writer.Write(share);
            writer.Flush();
            writer.Write(System.Security.Cryptography.SHA256.HashData(expected.ToArray()));
        }

        Assert.Equal(expected.ToArray(), OutcomePredictorFormat.Write(StoredModels.Get("baseline", EndpointKind.Binary).Predictor));
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> text)
    {
        var count = 0;
        for (int place; (place = bytes.IndexOf(text)) >= 0; count++)
        {
            bytes = bytes[(place + 1)..];
        }

        return count;
    }

    private sealed class Stranger : IOutcomePredictor
    {
        public OutcomePredictions Predict(SubjectInputs inputs) => throw new NotSupportedException();
    }
}
