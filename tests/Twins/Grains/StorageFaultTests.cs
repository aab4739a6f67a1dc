using DigitalTwin.Contracts;
using DigitalTwin.Hosting;

namespace DigitalTwin.Tests.Twins;

/// <summary>A silo that dies between a write and its reply leaves the caller not knowing: the resend must find the truth.</summary>
public sealed class StorageFaultTests
{
    private static readonly EnrolmentBatch Batch = new(SmallStudy.Enrolment, SmallStudy.Subjects(10));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Property_AnEnrolmentWhoseWriteFailedCountsOnceAfterTheResend(bool reachesDisk)
    {
        var storage = new FaultyStorage(new MemoryStorage(TestSilo.Serializer()));
        await using var silo = await TestSilo.Start(storage: storage);
        await silo.StudyGrain.Open(SmallStudy.Plan);

        storage.FailNextWrite("study", reachesDisk);
        await Assert.ThrowsAsync<IOException>(() => silo.StudyGrain.Enrol(Batch));
        Assert.Equal(reachesDisk ? 10 : 0, (await silo.StudyGrain.Summarize()).SubjectCount);
        var receipt = await silo.StudyGrain.Enrol(Batch);

        Assert.Equal(new EnrolmentReceipt(SmallStudy.Enrolment, 10, 10, WasRepeated: reachesDisk), receipt);
    }

    [Fact]
    public async Task Property_ATwinThatCouldNotBeSavedLeavesTheStudyWithoutTheBatch()
    {
        var storage = new FaultyStorage(new MemoryStorage(TestSilo.Serializer()));
        await using var silo = await TestSilo.Start(storage: storage);
        await silo.StudyGrain.Open(SmallStudy.Plan);

        storage.FailNextWrite("twin", reachesDisk: false);
        await Assert.ThrowsAsync<IOException>(() => silo.StudyGrain.Enrol(Batch));
        Assert.Equal(0, (await silo.StudyGrain.Summarize()).SubjectCount);

        // The caller may correct the batch before sending it again: twins the roster does not know are overwritten.
        var corrected = Batch with { Subjects = [.. Batch.Subjects.Select(s => s with { Covariates = [5, 1] })] };
        Assert.False((await silo.StudyGrain.Enrol(corrected)).WasRepeated);
        Assert.All(
            await Task.WhenAll(Enumerable.Range(0, 10).Select(i => silo.Client.DescribeAsync(SmallStudy.Key(i)))),
            d => Assert.Equal([5, 1], d.Covariates.Select(c => c.Value)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Property_AStudyThatCouldNotBeOpenedIsOpenedByTheResend(bool reachesDisk)
    {
        var storage = new FaultyStorage(new MemoryStorage(TestSilo.Serializer()));
        await using var silo = await TestSilo.Start(storage: storage);

        storage.FailNextWrite("study", reachesDisk);
        await Assert.ThrowsAsync<IOException>(() => silo.StudyGrain.Open(SmallStudy.Plan));
        await silo.StudyGrain.Open(SmallStudy.Plan);

        Assert.Equal(SmallStudy.Plan, await silo.StudyGrain.Describe());
    }

    [Fact]
    public async Task Property_AModelThatCouldNotBeStoredIsNotAdopted()
    {
        var storage = new FaultyStorage(new MemoryStorage(TestSilo.Serializer()));
        await using var silo = await TestSilo.Start(storage: storage);
        await silo.StudyGrain.Open(SmallStudy.Plan);
        await silo.StudyGrain.Enrol(Batch);

        storage.FailNextWrite("model", reachesDisk: false);
        await Assert.ThrowsAsync<Client.TrainingFailedException>(() => silo.Study.TrainAsync(SmallStudy.Training));
        await Assert.ThrowsAsync<NotTrainedException>(() => silo.Client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control));
        await silo.Study.TrainAsync(new TrainingRequest(new OperationId("again"), 7));

        Assert.Equal(20, (await silo.Client.ForecastAsync(SmallStudy.Key(1), SmallStudy.Control)).MemberCount);
    }
}
