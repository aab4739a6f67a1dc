using System.Diagnostics.CodeAnalysis;

namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>One key of a mapping.</summary>
/// <param name="Key">The key.</param>
/// <param name="Shape">What may stand at it.</param>
/// <param name="Text">What it says, one sentence for editors.</param>
/// <param name="IsRequired">Whether it must stand there.</param>
/// <param name="Default">Value, in YAML, when it is absent; null when absence means something of its own.</param>
public sealed record Field(string Key, ValueShape Shape, string Text, bool IsRequired = false, string? Default = null);

/// <summary>A mapping with a closed list of keys.</summary>
/// <param name="Fields">The keys.</param>
public sealed record MappingShape(IReadOnlyList<Field> Fields) : ValueShape
{
    public override string InWords => $"a mapping with {string.Join(", ", Fields.Select(f => f.Key))}";

    public bool TryGet(string key, [NotNullWhen(true)] out Field? field) =>
        (field = Fields.FirstOrDefault(f => f.Key == key)) is not null;
}

/// <summary>A mapping whose key <c>type</c> decides which other keys it has.</summary>
/// <param name="Variants">Keys for each type; <c>type</c> itself is not among them.</param>
public sealed record VariantShape(IReadOnlyList<Variant> Variants) : ValueShape
{
    public const string Discriminator = "type";

    public override string InWords => $"a mapping with type ({string.Join(", ", Variants.Select(v => v.Type))})";

    public IReadOnlyList<string> Types => [.. Variants.Select(v => v.Type)];

    public bool TryGet(string type, [NotNullWhen(true)] out Variant? variant) =>
        (variant = Variants.FirstOrDefault(v => v.Type == type)) is not null;
}

/// <param name="Type">Value of the key <c>type</c>.</param>
/// <param name="Text">What this type is, one sentence for editors.</param>
/// <param name="Shape">The other keys.</param>
public sealed record Variant(string Type, string Text, MappingShape Shape);
