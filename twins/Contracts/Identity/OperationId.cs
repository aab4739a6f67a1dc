namespace DigitalTwin.Contracts;

/// <summary>Names one request that changes something, chosen by the caller. A request sent again under the same
/// id is answered from what was stored and not applied a second time.</summary>
/// <param name="Value">1 to 200 characters; the same on every resend.</param>
[GenerateSerializer]
[Alias("dt.OperationId")]
public readonly record struct OperationId([property: Id(0)] string Value)
{
    /// <summary>Most characters an operation id may have.</summary>
    public const int MaximumLength = 200;

    /// <summary>Whether the text can serve as an operation id.</summary>
    public bool IsValid => Value is { Length: > 0 and <= MaximumLength };

    public override string ToString() => Value;
}
