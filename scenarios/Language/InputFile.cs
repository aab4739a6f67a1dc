using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>Reads a YAML file of the user into memory, within the limits of the language.</summary>
internal static class InputFile
{
    /// <param name="path">Full path.</param>
    /// <param name="what">What it should be: "scenario", "evaluation".</param>
    /// <exception cref="InvalidInputException">It is absent, no plain file, or too long.</exception>
    public static byte[] Read(string path, string what)
    {
        var fileName = Path.GetFileName(path);
        var wholeFile = new TextLocation(fileName, 0, 0);
        if (Directory.Exists(path))
        {
            throw new InvalidInputException(wholeFile, $"This is a folder. Name the {what} file in it.");
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
                throw new InvalidInputException(wholeFile, $"The file is longer than {YamlLimits.MaximumLength / 1024} KiB, which no {what} needs. Shorten it.");
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
