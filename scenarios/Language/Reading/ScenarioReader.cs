using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>Reads a scenario's text against the grammar.</summary>
public static class ScenarioReader
{
    /// <param name="utf8">The whole file.</param>
    /// <param name="fileName">Name used in faults, without folders.</param>
    /// <exception cref="InvalidInputException">The text is not YAML, or its root is not a mapping: nothing further can be said of it.</exception>
    public static ScenarioDocument Read(ReadOnlySpan<byte> utf8, string fileName)
    {
        var node = YamlDocument.Parse(utf8, fileName);
        if (node is not YamlMapping root)
        {
            throw new InvalidInputException(node.Location, $"A scenario is a mapping of keys, but this file is {node.KindInWords}. Start with 'schema: {Scenario.Schema}'.");
        }

        var faults = new List<Fault>();
        new ShapeChecker(faults, "scenario").Check(root, ScenarioGrammar.Root, path: string.Empty);
        return new ScenarioDocument(fileName, new DocumentSection(root, ScenarioGrammar.Root, Path: string.Empty), faults);
    }
}
