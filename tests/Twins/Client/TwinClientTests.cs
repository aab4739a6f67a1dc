using DigitalTwin.Client;
using DigitalTwin.Contracts;

namespace DigitalTwin.Tests.Twins;

public sealed class TwinClientTests
{
    [Fact]
    public async Task Property_AClientOutlivesARestartOfTheSilo()
    {
        using var folder = new TemporaryFolder();
        var first = await TestSilo.Start(state: folder.Path, gateway: 0);
        await SmallStudy.SetUp(first.Client, 20);
        var port = first.Silo.GatewayPort!.Value;
        await using var client = await TwinClient.ConnectAsync(new TwinClientOptions { Port = port, RetryFor = PhaseBarrier.Limit });
        var before = await client.ForecastAsync(SmallStudy.Key(3), SmallStudy.Treated);

        await first.DisposeAsync();
        var asked = client.ForecastAsync(SmallStudy.Key(3), SmallStudy.Treated);
        await using var second = await TestSilo.Start(state: folder.Path, gateway: port);
        var after = await asked.WaitAsync(2 * PhaseBarrier.Limit);

        Assert.Equivalent(before, after, strict: true);
    }

    [Fact]
    public async Task Error_NoSiloAnswers()
    {
        int port;
        await using (var gone = await TestSilo.Start(gateway: 0))
        {
            port = gone.Silo.GatewayPort!.Value;
            Assert.True(await TwinHealth.ProbeAsync(port, PhaseBarrier.Limit));
        }

        Assert.False(await TwinHealth.ProbeAsync(port, PhaseBarrier.Limit));
        var refused = await Assert.ThrowsAsync<TwinServiceUnavailableException>(
            () => TwinClient.ConnectAsync(new TwinClientOptions { Port = port, ConnectFor = TimeSpan.FromMilliseconds(300) }));
        Assert.Contains($"127.0.0.1:{port}", refused.Message, StringComparison.Ordinal);
        Assert.Contains("digitaltwin serve", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_UnansweredRequestsAreSentAgain_RefusalsAreNot()
    {
        var retry = new RequestRetry(new TwinClientOptions { RetryPause = TimeSpan.FromMilliseconds(1) });
        var sent = 0;
        var answer = await retry.Send(() => ++sent < 3 ? throw new TimeoutException() : Task.FromResult(sent), CancellationToken.None);
        Assert.Equal(3, answer);

        sent = 0;
        await Assert.ThrowsAsync<NotTrainedException>(() => retry.Send<int>(() => throw Count(new NotTrainedException(SmallStudy.Id)), CancellationToken.None));
        Assert.Equal(1, sent);

        Exception Count(Exception cause)
        {
            sent++;
            return cause;
        }
    }

    [Fact]
    public async Task Error_PatienceEnds()
    {
        var retry = new RequestRetry(new TwinClientOptions { RetryFor = TimeSpan.FromMilliseconds(20), RetryPause = TimeSpan.FromMilliseconds(1) });
        var cause = new TimeoutException();
        var gaveUp = await Assert.ThrowsAsync<TwinServiceUnavailableException>(() => retry.Send<int>(() => throw cause, CancellationToken.None));
        Assert.Same(cause, gaveUp.InnerException);
    }
}
