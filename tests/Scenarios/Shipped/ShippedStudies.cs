using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Tests.House;

namespace DigitalTwin.Tests.Scenarios.Shipped;

/// <summary>The studies beside the program, by what they are.</summary>
internal static class ShippedStudies
{
    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "scenarios");

    /// <summary>Every file.</summary>
    public static string[] All { get; } = [.. Directory.GetFiles(s_folder, "*.yaml").Order(StringComparer.Ordinal)];

    /// <summary>Scenarios, with or without their data.</summary>
    public static string[] Scenarios { get; } = [.. All.Where(f => DocumentSchema.Of(f) == DigitalTwin.Scenarios.Language.Scenario.Schema)];

    /// <summary>Files whose data are in the repository.</summary>
    public static string[] WithData { get; } = [.. All.Where(f => !Path.GetFileName(f).StartsWith("ispy2-", StringComparison.Ordinal))];
}
