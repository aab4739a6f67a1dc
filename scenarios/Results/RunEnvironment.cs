namespace DigitalTwin.Scenarios.Results;

/// <summary>What may differ between two runs of the same scenario; comparisons drop it.</summary>
/// <param name="StartedUtc">When the run started.</param>
/// <param name="Threads">Threads used.</param>
/// <param name="OperatingSystem">Description of the operating system.</param>
/// <param name="Runtime">Description of the .NET runtime.</param>
/// <param name="Timings">Seconds each step took, in order.</param>
public sealed record RunEnvironment(
    DateTimeOffset StartedUtc, int Threads, string OperatingSystem, string Runtime, IReadOnlyList<StepTiming> Timings)
{
    public double TotalSeconds => Timings.Sum(t => t.Seconds);
}

/// <param name="Step">Name of the step.</param>
/// <param name="Seconds">Wall-clock seconds.</param>
public sealed record StepTiming(string Step, double Seconds);
