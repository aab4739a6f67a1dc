using System.Collections.Concurrent;
using DigitalTwin.Contracts;
using DigitalTwin.Grains;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;
using Microsoft.Extensions.Options;

namespace DigitalTwin.Tests.Twins;

public sealed class ForecastBatcherTests
{
    private static readonly Duration Horizon = Duration.FromDays(1000);

    [Fact]
    public async Task Property_WhatWaitsDuringALaunchSharesTheNext_OneAnArmAndHorizon()
    {
        using var barrier = new PhaseBarrier();
        var launches = new ConcurrentQueue<int>();
        using var batcher = Batcher();
        var model = Model(count =>
        {
            launches.Enqueue(count);
            barrier.Stop();
        });

        var first = batcher.Forecast(Work(model, 0, SmallStudy.Control, Horizon));
        await barrier.Reached;
        Task<ForecastAnswer>[] waiting =
        [
            .. Enumerable.Range(1, 10).Select(i => batcher.Forecast(Work(model, i, SmallStudy.Control, Horizon))),
            .. Enumerable.Range(1, 3).Select(i => batcher.Forecast(Work(model, i, SmallStudy.Treated, Horizon))),
            batcher.Forecast(Work(model, 1, SmallStudy.Control, Duration.FromDays(500))),
        ];
        barrier.Open();
        await Task.WhenAll([first, .. waiting]).WaitAsync(PhaseBarrier.Limit);

        Assert.Equal([1, 10, 3, 1], launches);
    }

    [Fact]
    public async Task Property_ABatchNeverPassesItsBound()
    {
        using var barrier = new PhaseBarrier();
        var launches = new ConcurrentQueue<int>();
        using var batcher = Batcher(bounds => bounds.MaximumBatch = 4);
        var model = Model(count =>
        {
            launches.Enqueue(count);
            barrier.Stop();
        });

        var first = batcher.Forecast(Work(model, 0, SmallStudy.Control, Horizon));
        await barrier.Reached;
        var waiting = Enumerable.Range(1, 10).Select(i => batcher.Forecast(Work(model, i, SmallStudy.Control, Horizon))).ToArray();
        barrier.Open();
        await Task.WhenAll([first, .. waiting]).WaitAsync(PhaseBarrier.Limit);

        Assert.Equal([1, 4, 4, 2], launches);
    }

    [Fact]
    public async Task Error_ALaunchThatFailsFailsItsCallersOnly()
    {
        using var batcher = Batcher();
        var broken = Model(_ => throw new ArithmeticException("broken model"));

        await Assert.ThrowsAsync<ArithmeticException>(() => batcher.Forecast(Work(broken, 0, SmallStudy.Control, Horizon)));
        var answer = await batcher.Forecast(Work(Model(_ => { }), 0, SmallStudy.Control, Horizon)).WaitAsync(PhaseBarrier.Limit);

        Assert.Equal(20, answer.MemberCount);
    }

    [Fact]
    public async Task Error_StoppingFailsWhatWaits()
    {
        using var barrier = new PhaseBarrier();
        var batcher = Batcher();
        var model = Model(_ => barrier.Stop());
        var running = batcher.Forecast(Work(model, 0, SmallStudy.Control, Horizon));
        await barrier.Reached;
        var waiting = batcher.Forecast(Work(model, 1, SmallStudy.Control, Horizon));

        var stopping = Task.Run(batcher.Dispose);
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(PhaseBarrier.Limit));
        barrier.Open();
        await stopping.WaitAsync(PhaseBarrier.Limit);

        Assert.Equal(20, (await running).MemberCount);
        await Assert.ThrowsAsync<OperationCanceledException>(() => batcher.Forecast(Work(model, 2, SmallStudy.Control, Horizon)));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    public void Error_BoundsArePositive(int capacity, int batch, int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => Batcher(bounds =>
    {
        bounds.QueueCapacity = capacity;
        bounds.MaximumBatch = batch;
        bounds.ThreadCount = threads;
    }));

    private static ForecastBatcher Batcher(Action<ForecastBatcherOptions>? set = null)
    {
        var bounds = new ForecastBatcherOptions();
        set?.Invoke(bounds);
        return new ForecastBatcher(Options.Create(bounds));
    }

    private static LinearModel Model(Action<int> onForecast) => new(
        new LinearParameters(SmallStudy.Treated.Value, 400, SmallStudy.Control.Value, 300, 1, SmallStudy.Plan.Columns), onForecast);

    private static ForecastWork Work(ITwinModel model, int i, ArmId arm, Duration horizon) =>
        new(model, new SubjectEnrolment(SmallStudy.Subject(i), arm, [i, 0], null), arm, horizon, ForecastDetail.Band, "");
}
