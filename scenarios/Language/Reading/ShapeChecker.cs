using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>Walks a document beside its shape and reports every key and value that does not fit.</summary>
/// <param name="faults">Collects them.</param>
/// <param name="document">What the whole file is: "scenario", "evaluation".</param>
internal sealed class ShapeChecker(ICollection<Fault> faults, string document)
{
    /// <param name="node">What stands there.</param>
    /// <param name="shape">What should.</param>
    /// <param name="path">Keys from the root, joined by dots; empty for the root.</param>
    public void Check(YamlNode node, ValueShape shape, string path)
    {
        switch (shape, node)
        {
            case (EitherShape either, _):
                Check(node, Choose(either, node), path);
                break;
            case (MappingShape mapping, YamlMapping m):
                CheckFields(m, mapping, path, ignoredKey: null);
                break;
            case (VariantShape variants, YamlMapping m):
                CheckVariant(m, variants, path);
                break;
            case (NamedShape named, YamlMapping m):
                CheckNamed(m, named, path);
                break;
            case (ListShape list, YamlSequence s):
                CheckItems(s, list, path);
                break;
            case (MappingShape or VariantShape or NamedShape or ListShape, _):
            case (_, not YamlScalar):
                Report(node.Location, $"{path} is {node.KindInWords}. Write {shape.InWords}.");
                break;
            default:
                if (ScalarReading.Complaint((YamlScalar)node, shape) is { } complaint)
                {
                    Report(node.Location, $"{path} {complaint}");
                }

                break;
        }
    }

    /// <summary>The form a node takes: the long one for a mapping or a list that only the long one allows.</summary>
    public static ValueShape Choose(EitherShape either, YamlNode node) => (node, either.Long) switch
    {
        (YamlMapping, MappingShape or VariantShape) or (YamlSequence, ListShape) => either.Long,
        _ => either.Short,
    };

    private void CheckFields(YamlMapping mapping, MappingShape shape, string path, string? ignoredKey)
    {
        foreach (var entry in mapping.Entries)
        {
            var key = entry.Key.Text;
            if (shape.TryGet(key, out var field))
            {
                Check(entry.Value, field.Shape, Join(path, key));
            }
            else if (key != ignoredKey)
            {
                var known = shape.Fields.Select(f => f.Key).Where(k => !mapping.Contains(k));
                Report(entry.Key.Location, $"'{Shorten(key)}' is not a key {(path.Length == 0 ? $"of {(document[0] is 'e' ? "an" : "a")} {document}" : $"of {path}")}.{Nearest.Suggest(key, known)}");
            }
        }

        foreach (var field in shape.Fields.Where(f => f.IsRequired && !mapping.Contains(f.Key)))
        {
            Report(mapping.Location, $"{(path.Length == 0 ? $"The {document}" : path)} has no '{field.Key}'. Add it: {field.Text}");
        }
    }

    private void CheckVariant(YamlMapping mapping, VariantShape variants, string path)
    {
        if (!mapping.TryGet(VariantShape.Discriminator, out var node))
        {
            Report(mapping.Location, $"{path} has no '{VariantShape.Discriminator}'. Add one of: {string.Join(", ", variants.Types)}.");
        }
        else if (node is not YamlScalar type || !variants.TryGet(type.Text, out var variant))
        {
            Check(node, new ChoiceShape(variants.Types), Join(path, VariantShape.Discriminator));
        }
        else
        {
            CheckFields(mapping, variant.Shape, path, VariantShape.Discriminator);
        }
    }

    private void CheckNamed(YamlMapping mapping, NamedShape shape, string path)
    {
        if (mapping.Entries.Count == 0)
        {
            Report(mapping.Location, $"{path} is empty. Name at least one {shape.Thing}.");
        }

        foreach (var entry in mapping.Entries)
        {
            if (ScalarReading.Complaint(entry.Key, new NameShape()) is { } complaint)
            {
                Report(entry.Key.Location, $"A name in {path} {complaint}");
            }

            Check(entry.Value, shape.Item, Join(path, Shorten(entry.Key.Text)));
        }
    }

    private void CheckItems(YamlSequence sequence, ListShape shape, string path)
    {
        if (sequence.Items.Count < shape.MinimumCount)
        {
            Report(sequence.Location, $"{path} is empty. Write at least one item.");
        }

        for (var i = 0; i < sequence.Items.Count; i++)
        {
            Check(sequence.Items[i], shape.Item, $"{path}[{i + 1}]");
        }
    }

    private void Report(TextLocation location, string message) => faults.Add(new Fault(location, message));

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string Shorten(string key) => key.Length <= 60 ? key : key[..60] + "...";
}
