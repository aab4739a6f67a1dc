using System.Security.Cryptography;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>An evaluation file that has passed every check that needs no data.</summary>
/// <param name="Plan">What it asks for.</param>
/// <param name="FileName">Its name without folders.</param>
/// <param name="Sha256">SHA-256 of its bytes, lower-case hexadecimal.</param>
public sealed record EvaluationFile(EvaluationPlan Plan, string FileName, string Sha256)
{
    /// <param name="path">The file.</param>
    /// <param name="bundle">Folder of a bundle to use instead of the file's, or null.</param>
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static EvaluationFile Load(string path, string? bundle = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        var bytes = InputFile.Read(full, "evaluation");
        return Read(bytes, Path.GetFileName(full), Path.GetDirectoryName(full)!, new BundleManifests(), bundle);
    }

    /// <param name="utf8">The whole file.</param>
    /// <param name="fileName">Name used in faults.</param>
    /// <param name="folder">Absolute folder of the file.</param>
    /// <param name="manifests">What the bundle holds.</param>
    /// <param name="bundle">Folder of a bundle to use instead of the file's, or null.</param>
    /// <exception cref="InvalidInputException">With every fault, in the order of their places.</exception>
    public static EvaluationFile Read(byte[] utf8, string fileName, string folder, ICohortManifests manifests, string? bundle = null)
    {
        ArgumentNullException.ThrowIfNull(utf8);
        var node = YamlDocument.Parse(utf8, fileName);
        if (node is not YamlMapping root)
        {
            throw new InvalidInputException(
                node.Location, $"An evaluation is a mapping of keys, but this file is {node.KindInWords}. Start with 'schema: {EvaluationGrammar.Schema}'.");
        }

        var faults = new List<Fault>();
        new ShapeChecker(faults, "evaluation").Check(root, EvaluationGrammar.Root, path: string.Empty);
        var document = new ScenarioDocument(fileName, new DocumentSection(root, EvaluationGrammar.Root, Path: string.Empty), faults);
        return new EvaluationFile(
            EvaluationBinder.Bind(document, new BindingContext(folder, manifests), bundle), fileName, Convert.ToHexStringLower(SHA256.HashData(utf8)));
    }
}
