using DigitalTwin.Grains;
using DigitalTwin.Hosting;
using Microsoft.Data.Sqlite;
using Orleans.Storage;

namespace DigitalTwin.Tests.Twins;

public sealed class StorageTests
{
    private static readonly GrainId Grain = GrainId.Create("study", "small");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Property_WhatIsWrittenIsRead(bool durable)
    {
        using var folder = new TemporaryFolder();
        await using var storage = Open(folder, durable);
        var written = new GrainState<StudyState>(new StudyState { Plan = SmallStudy.Plan });
        var missing = new GrainState<StudyState>();

        await storage.Value.ReadStateAsync("study", Grain, missing);
        await storage.Value.WriteStateAsync("study", Grain, written);
        var read = new GrainState<StudyState>();
        await storage.Value.ReadStateAsync("study", Grain, read);

        Assert.False(missing.RecordExists);
        Assert.Null(missing.ETag);
        Assert.True(read.RecordExists);
        Assert.Equal(written.ETag, read.ETag);
        Assert.Equal(SmallStudy.Plan, read.State!.Plan);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Error_AWriteUnderAnOldETagIsRefusedAndStoresNothing(bool durable)
    {
        using var folder = new TemporaryFolder();
        await using var storage = Open(folder, durable);
        var mine = new GrainState<StudyState>(new StudyState { Plan = SmallStudy.Plan });
        await storage.Value.WriteStateAsync("study", Grain, mine);
        var theirs = new GrainState<StudyState>(new StudyState { Plan = SmallStudy.Plan with { Title = "theirs" } }, mine.ETag);
        await storage.Value.WriteStateAsync("study", Grain, theirs);

        mine.State = new StudyState { Plan = SmallStudy.Plan with { Title = "mine" } };
        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Value.WriteStateAsync("study", Grain, mine));
        await Assert.ThrowsAsync<InconsistentStateException>(
            () => storage.Value.WriteStateAsync("study", Grain, new GrainState<StudyState>(new StudyState())));

        var read = new GrainState<StudyState>();
        await storage.Value.ReadStateAsync("study", Grain, read);
        Assert.Equal("theirs", read.State!.Plan!.Title);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Error_AnETagFromBeforeAClearFitsNoRecordMadeAfterIt(bool durable)
    {
        using var folder = new TemporaryFolder();
        await using var storage = Open(folder, durable);
        var state = new GrainState<StudyState>(new StudyState { Plan = SmallStudy.Plan });
        await storage.Value.WriteStateAsync("study", Grain, state);
        var old = new GrainState<StudyState>(new StudyState(), state.ETag);

        await storage.Value.ClearStateAsync("study", Grain, state);
        var cleared = new GrainState<StudyState>();
        await storage.Value.ReadStateAsync("study", Grain, cleared);
        Assert.False(cleared.RecordExists);
        cleared.State = new StudyState { Plan = SmallStudy.Plan };
        await storage.Value.WriteStateAsync("study", Grain, cleared);

        await Assert.ThrowsAsync<InconsistentStateException>(() => storage.Value.WriteStateAsync("study", Grain, old));
    }

    [Fact]
    public async Task Property_AThousandConcurrentWritesAllSurviveReopening()
    {
        using var folder = new TemporaryFolder();
        await using (var storage = Open(folder, durable: true))
        {
            await Task.WhenAll(Enumerable.Range(0, 1000).Select(i => storage.Value.WriteStateAsync(
                "twin", GrainId.Create("twin", $"t{i}"), new GrainState<TwinState>(new TwinState { Subject = SmallStudy.Subjects(1000)[i] }))));
        }

        await using var reopened = Open(folder, durable: true);
        for (var i = 0; i < 1000; i++)
        {
            var read = new GrainState<TwinState>();
            await reopened.Value.ReadStateAsync("twin", GrainId.Create("twin", $"t{i}"), read);
            Assert.Equal(SmallStudy.Subject(i), read.State!.Subject!.Subject);
        }
    }

    [Fact]
    public async Task Property_StartedInsideAGrainTurnItDoesNotTakeTheGrainsScheduler()
    {
        // A grain runs one task at a time on a scheduler of its own. A pump that ran there would wait for work while the grain waits for the pump.
        using var folder = new TemporaryFolder();
        var grainScheduler = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;
        var turn = Task.Factory.StartNew(
            async () =>
            {
                await using var storage = Open(folder, durable: true);
                await storage.Value.WriteStateAsync("study", Grain, new GrainState<StudyState>(new StudyState()));
            },
            CancellationToken.None,
            TaskCreationOptions.None,
            grainScheduler).Unwrap();

        await turn.WaitAsync(PhaseBarrier.Limit);
    }

    [Fact]
    public void Error_AFileThatIsNoDatabase()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "twins.sqlite");
        File.WriteAllText(file, new string('x', 8192));
        var refused = Assert.Throws<IOException>(() => new SqliteStorage(file, TestSilo.Serializer()));
        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_AStateOfAnotherVersion()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "twins.sqlite");
        using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            command.ExecuteNonQuery();
        }

        var refused = Assert.Throws<IOException>(() => new SqliteStorage(file, TestSilo.Serializer()));
        Assert.Contains("version 99", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AModelWhoseBytesChangedIsNotUsed()
    {
        using var folder = new TemporaryFolder();
        await using var storage = Open(folder, durable: true);
        var key = GrainId.Create("model", "abc");
        await storage.Value.WriteStateAsync(
            "model", key, new GrainState<StoredModel>(new StoredModel { Kind = "fake-linear", Bytes = [1, 2, 3], Checksum = "of other bytes" }));

        var refused = await Assert.ThrowsAsync<InvalidDataException>(() => new ModelStore(storage.Value).Read("abc"));
        Assert.Contains("changed in storage", refused.Message, StringComparison.Ordinal);
    }

    private static Opened Open(TemporaryFolder folder, bool durable) => new(durable
        ? new SqliteStorage(Path.Combine(folder.Path, "twins.sqlite"), TestSilo.Serializer())
        : new MemoryStorage(TestSilo.Serializer()));

    private sealed class Opened(IGrainStorage value) : IAsyncDisposable
    {
        public IGrainStorage Value { get; } = value;

        // Off the caller's scheduler: closing waits for the pump.
        public async ValueTask DisposeAsync() => await Task.Run(() => (Value as IDisposable)?.Dispose());
    }
}
