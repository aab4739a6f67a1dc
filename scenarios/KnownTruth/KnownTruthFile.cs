using System.Security.Cryptography;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>A known-truth file that has passed every check.</summary>
/// <param name="Plan">What it asks for.</param>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record KnownTruthFile(KnownTruthPlan Plan, string FileName, string Sha256)
{
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static KnownTruthFile Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        return Read(InputFile.Read(full, "known-truth"), Path.GetFileName(full));
    }

    /// <param name="utf8">The whole file.</param>
    /// <param name="fileName">Name used in faults.</param>
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static KnownTruthFile Read(byte[] utf8, string fileName)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        var node = YamlDocument.Parse(utf8, fileName);
        if (node is not YamlMapping root)
        {
            throw new InvalidInputException(
                node.Location, $"A known-truth file is a mapping of keys, but this file is {node.KindInWords}. Start with 'schema: {KnownTruthGrammar.Schema}'.");
        }

        var faults = new List<Fault>();
        new ShapeChecker(faults, "known-truth file").Check(root, KnownTruthGrammar.Root, path: string.Empty);
        var plan = KnownTruthBinder.Bind(new DocumentSection(root, KnownTruthGrammar.Root, Path: string.Empty), faults);
        return new KnownTruthFile(plan, fileName, Convert.ToHexStringLower(SHA256.HashData(utf8)));
    }
}
