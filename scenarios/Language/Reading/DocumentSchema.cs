using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>Which of the languages a file says it is written in.</summary>
internal static class DocumentSchema
{
    /// <summary>Value of the key <c>schema</c>, or null where there is none or the file cannot be read: whoever reads it in full says what is wrong.</summary>
    public static string? Of(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            return YamlDocument.Parse(InputFile.Read(full, "input"), Path.GetFileName(full)) is YamlMapping root && root.TryGet("schema", out var schema)
                ? (schema as YamlScalar)?.Text
                : null;
        }
        catch (InvalidInputException)
        {
            return null;
        }
    }
}
