namespace DigitalTwin.Estimation;

/// <summary>The data do not determine an estimate; the message says why, as a sentence that does not repeat the method's name.</summary>
public sealed class EstimationFailedException(string methodId, string reason)
    : Exception(reason)
{
    public string MethodId { get; } = methodId;
}
