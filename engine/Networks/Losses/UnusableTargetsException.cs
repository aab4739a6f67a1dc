namespace DigitalTwin.Networks.Losses;

/// <summary>A loss cannot be computed from what was observed; the message says where, what is there and what to do.</summary>
public sealed class UnusableTargetsException(string message, int? subject = null) : ArgumentException(message)
{
    /// <summary>Number of the first offending subject in the batch, from 0; null where the fault is not one subject's.</summary>
    public int? Subject { get; } = subject;
}
