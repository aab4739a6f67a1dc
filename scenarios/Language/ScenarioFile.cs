using System.Security.Cryptography;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>A scenario file that has passed every check.</summary>
/// <param name="Scenario">What it says.</param>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record ScenarioFile(Scenario Scenario, string FileName, string Sha256)
{
    /// <summary>Reads and checks a scenario. A run and <c>digitaltwin validate</c> both start here, so a run refuses what validate refuses.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static ScenarioFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        var fileName = Path.GetFileName(full);
        var bytes = InputFile.Read(full, "scenario");
        var document = ScenarioReader.Read(bytes, fileName);
        var scenario = ScenarioBinder.Bind(document, Path.GetDirectoryName(full)!, new BundleManifests());
        return new ScenarioFile(scenario, fileName, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
