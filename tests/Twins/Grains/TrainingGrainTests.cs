using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Models;

namespace DigitalTwin.Tests.Twins;

public sealed class TrainingGrainTests
{
    [Fact]
    public async Task Property_ATrainingShowsItsProgress_RefusesAnother_AndCanBeCancelled()
    {
        using var barrier = new PhaseBarrier();
        await using var silo = await TestSilo.Start(new LinearTrainer { OnTrain = barrier.Stop });
        await silo.Study.OpenAsync(SmallStudy.Plan);
        await silo.Study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(10));
        using var stop = new CancellationTokenSource();
        var training = silo.Study.TrainAsync(SmallStudy.Training, null, stop.Token);
        await barrier.Reached;

        var status = await silo.StudyGrain.Progress();
        Assert.Equal((TrainingPhase.Running, 0.5), (status.Phase, status.FractionDone));
        var other = new TrainingRequest(new OperationId("train-2"), 7);
        Assert.Equal(SmallStudy.Training.Operation, (await Assert.ThrowsAsync<TrainingInProgressException>(() => silo.StudyGrain.Train(other))).Running);
        await Assert.ThrowsAsync<TrainingInProgressException>(
            () => silo.StudyGrain.Enrol(new EnrolmentBatch(new OperationId("late"), [.. SmallStudy.Subjects(11).Skip(10)])));
        Assert.Equal(TrainingPhase.Running, (await silo.StudyGrain.Train(SmallStudy.Training)).Phase);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => training);
        var ended = await Final(silo.StudyGrain);
        Assert.Equal((TrainingPhase.Cancelled, null), (ended.Phase, ended.Model));

        barrier.Open();
        var model = await silo.Study.TrainAsync(other);
        Assert.Equal(10, model.TrainingSubjectCount);
    }

    [Fact]
    public async Task Error_DataThatCannotCarryAModel()
    {
        await using var silo = await TestSilo.Start(new LinearTrainer { OnTrain = _ => throw new TwinTrainingException("3 events are too few.") });
        var failed = await Assert.ThrowsAsync<TrainingFailedException>(() => SmallStudy.SetUp(silo.Client, 10));
        Assert.Equal("Study 'small' has no new model: 3 events are too few.", failed.Message);
    }

    [Fact]
    public async Task Error_AnUnforeseenFailureDoesNotLeakItsText()
    {
        await using var silo = await TestSilo.Start(new LinearTrainer { OnTrain = _ => throw new ArithmeticException("age 41.5 of subject 7") });
        var failed = await Assert.ThrowsAsync<TrainingFailedException>(() => SmallStudy.SetUp(silo.Client, 10));
        Assert.Contains("ArithmeticException", failed.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("41.5", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AnArmWithoutOutcomes()
    {
        await using var silo = await TestSilo.Start();
        await silo.Study.OpenAsync(SmallStudy.Plan);
        await silo.Study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(10).Where(s => s.Arm == SmallStudy.Treated));
        var failed = await Assert.ThrowsAsync<TrainingFailedException>(() => silo.Study.TrainAsync(SmallStudy.Training));
        Assert.Contains("Arm 'control' has no subject", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AKindOfModelNoTrainerKnows()
    {
        await using var silo = await TestSilo.Start();
        await silo.Study.OpenAsync(SmallStudy.Plan with { ModelKind = "oracle" });
        await silo.Study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(10));
        var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => silo.Study.TrainAsync(SmallStudy.Training));
        Assert.Contains("fake-linear", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_ATrainingCutShortByAStopIsFinishedByTheNextSilo()
    {
        using var folder = new TemporaryFolder();
        using (var barrier = new PhaseBarrier())
        {
            await using var first = await TestSilo.Start(new LinearTrainer { OnTrain = barrier.Stop }, folder.Path);
            await first.Study.OpenAsync(SmallStudy.Plan);
            await first.Study.EnrolAsync(SmallStudy.Enrolment, SmallStudy.Subjects(10));
            await first.StudyGrain.Train(SmallStudy.Training);
            await barrier.Reached;
        }

        await using var second = await TestSilo.Start(state: folder.Path);
        var ended = await Final(second.StudyGrain);

        Assert.Equal((TrainingPhase.Ready, SmallStudy.Training.Operation), (ended.Phase, ended.Operation));
        Assert.Equal(ended.Model!.Hash, (await second.Client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control)).ModelHash);
    }

    [Fact]
    public async Task Property_ASubjectEnrolledAfterTrainingForecastsAtOnce()
    {
        await using var silo = await TestSilo.Start();
        var model = await SmallStudy.SetUp(silo.Client, 10);
        await silo.Study.EnrolAsync(new OperationId("late"), SmallStudy.Subjects(11).Skip(10));
        Assert.Equal(model.Hash, (await silo.Client.ForecastAsync(SmallStudy.Key(10), SmallStudy.Control)).ModelHash);
    }

    private static async Task<TrainingStatus> Final(IStudyGrain study)
    {
        using var limit = new CancellationTokenSource(PhaseBarrier.Limit);
        TrainingStatus status;
        while (!(status = await study.Progress()).IsFinal)
        {
            await Task.Delay(5, limit.Token);
        }

        return status;
    }
}
