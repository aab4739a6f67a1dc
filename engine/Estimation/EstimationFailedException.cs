namespace DigitalTwin.Estimation;

/// <summary>The data do not determine an estimate; the message says why, as a sentence.</summary>
public sealed class EstimationFailedException(string methodId, string reason)
    : Exception($"{methodId}: {reason}")
{
    public string MethodId { get; } = methodId;
}
