using System.Runtime.InteropServices;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Turns the first Ctrl-C, or the first request to terminate, into a cancellation, so that a command can clean up before the
/// process ends. The second one ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int TerminatedBySigterm = 128 + 15;

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private int _isTerminated;

    public StopSignals() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
    ];

    public CancellationToken Token => _stop.Token;

    /// <summary>The exit code of a stopped command says which signal stopped it.</summary>
    public int Translate(int code) =>
        code == ExitCodes.Cancelled && Volatile.Read(ref _isTerminated) == 1 ? TerminatedBySigterm : code;

    public void Dispose()
    {
        foreach (var registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        Volatile.Write(ref _isTerminated, context.Signal == PosixSignal.SIGTERM ? 1 : 0);
        _stop.Cancel();
    }
}
