namespace DigitalTwin.Hosting;

/// <summary>Names one stored record.</summary>
/// <param name="StateName">Name of the state inside the grain.</param>
/// <param name="Grain">Type and key of the grain.</param>
internal readonly record struct RecordKey(string StateName, string Grain)
{
    public static RecordKey Of(string stateName, GrainId grain) => new(stateName, grain.ToString());
}

/// <summary>What storage holds under a key.</summary>
/// <param name="Version">Rises by one with each write; its text is the ETag.</param>
/// <param name="Payload">The state, or null when it was cleared.</param>
internal sealed record StoredRecord(long Version, byte[]? Payload);
