using System.Reflection;

namespace DigitalTwin.Scenarios.Results;

/// <summary>The version of this program, as results and model files name it.</summary>
internal static class EngineVersion
{
    public static string Text { get; } =
        typeof(EngineVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? throw new InvalidOperationException("The engine carries no version.");
}
