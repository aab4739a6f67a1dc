using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

// The vocabulary knows no Orleans: these carry its small value types over the wire and into storage.

[GenerateSerializer]
[Alias("dt.SubjectId")]
public struct SubjectIdSurrogate
{
    [Id(0)]
    public string Value { get; set; }
}

[RegisterConverter]
public sealed class SubjectIdConverter : IConverter<SubjectId, SubjectIdSurrogate>
{
    public SubjectId ConvertFromSurrogate(in SubjectIdSurrogate surrogate) => new(surrogate.Value);

    public SubjectIdSurrogate ConvertToSurrogate(in SubjectId value) => new() { Value = value.Value };
}

[GenerateSerializer]
[Alias("dt.ArmId")]
public struct ArmIdSurrogate
{
    [Id(0)]
    public string Value { get; set; }
}

[RegisterConverter]
public sealed class ArmIdConverter : IConverter<ArmId, ArmIdSurrogate>
{
    public ArmId ConvertFromSurrogate(in ArmIdSurrogate surrogate) => new(surrogate.Value);

    public ArmIdSurrogate ConvertToSurrogate(in ArmId value) => new() { Value = value.Value };
}

[GenerateSerializer]
[Alias("dt.Duration")]
public struct DurationSurrogate
{
    /// <summary>Length in days.</summary>
    [Id(0)]
    public double Days { get; set; }
}

[RegisterConverter]
public sealed class DurationConverter : IConverter<Duration, DurationSurrogate>
{
    public Duration ConvertFromSurrogate(in DurationSurrogate surrogate) => Duration.FromDays(surrogate.Days);

    public DurationSurrogate ConvertToSurrogate(in Duration value) => new() { Days = value.Days };
}
