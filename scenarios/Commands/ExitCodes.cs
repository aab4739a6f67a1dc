namespace DigitalTwin.Scenarios.Commands;

/// <summary>What the program's exit code means.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A service did not answer, or something failed that is not the input's fault.</summary>
    public const int Failure = 1;

    /// <summary>The input cannot be used; every fault was named.</summary>
    public const int InvalidInput = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Cancelled = 130;
}
