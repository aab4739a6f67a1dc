using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>What storage keeps of one twin.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.TwinState")]
internal sealed record TwinState
{
    /// <summary>The subject as enrolled; null when no such subject was.</summary>
    [Id(0)]
    public SubjectEnrolment? Subject { get; init; }

    /// <summary>The model it forecasts with; null before training.</summary>
    [Id(1)]
    public AdoptedModel? Model { get; init; }
}
