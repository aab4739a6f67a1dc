namespace DigitalTwin.Omics.Features;

/// <summary>Name of a feature that has been checked for its kind. Made by <see cref="FeatureIdParser"/> only.</summary>
public sealed record FeatureId
{
    internal FeatureId(FeatureKind kind, string value, string qualifier)
    {
        Kind = kind;
        Value = value;
        Qualifier = qualifier;
    }

    public FeatureKind Kind { get; }

    /// <summary>What the name stands for, without version, isoform or retention time.</summary>
    public string Value { get; }

    /// <summary>Ensembl version, UniProt isoform, replicate of a probe, or retention time; empty where there is none.</summary>
    public string Qualifier { get; }

    public override string ToString() => Kind switch
    {
        _ when Qualifier.Length == 0 => Value,
        FeatureKind.Ensembl => $"{Value}.{Qualifier}",
        FeatureKind.UniProt => $"{Value}-{Qualifier}",
        FeatureKind.CpG => $"{Value}_{Qualifier}",
        _ => $"{Value}@{Qualifier}",
    };
}
