namespace DigitalTwin.Grains;

/// <summary>A trained model as storage keeps it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.StoredModel")]
internal sealed record StoredModel
{
    /// <summary>Kind of model, which names its reader.</summary>
    [Id(0)]
    public string Kind { get; init; } = "";

    /// <summary>The model as its trainer serialised it.</summary>
    [Id(1)]
    public byte[] Bytes { get; init; } = [];

    /// <summary>SHA-256 (hex) of <see cref="Bytes"/>, checked at every read.</summary>
    [Id(2)]
    public string Checksum { get; init; } = "";
}
