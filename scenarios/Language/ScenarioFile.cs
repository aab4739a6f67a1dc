using System.Security.Cryptography;
using DigitalTwin.Cohorts.Yaml;
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
        var bytes = ReadBytes(full, fileName);
        var document = ScenarioReader.Read(bytes, fileName);
        var scenario = ScenarioBinder.Bind(document, Path.GetDirectoryName(full)!, new BundleManifests());
        return new ScenarioFile(scenario, fileName, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    private static byte[] ReadBytes(string path, string fileName)
    {
        var wholeFile = new TextLocation(fileName, 0, 0);
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(wholeFile, "This is a folder. Name the scenario file in it.");
        }

        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            if (!stream.CanSeek)
            {
                throw new InvalidInputException(wholeFile, "This is a pipe or a device. Name a plain file.");
            }

            if (stream.Length > YamlLimits.MaximumLength)
            {
                throw new InvalidInputException(wholeFile, $"The file is longer than {YamlLimits.MaximumLength / 1024} KiB, which no scenario needs. Shorten it.");
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidInputException(wholeFile, $"There is no such file.{SuggestSibling(path)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(wholeFile, $"The file cannot be read: {e.Message}");
        }
    }

    private static string SuggestSibling(string path)
    {
        var folder = Path.GetDirectoryName(path);
        if (!Directory.Exists(folder))
        {
            return " Its folder does not exist either.";
        }

        var nearest = Nearest.Find(Path.GetFileName(path), Directory.EnumerateFiles(folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        return nearest is null ? " Check the path." : $" Did you mean '{nearest}'?";
    }
}
