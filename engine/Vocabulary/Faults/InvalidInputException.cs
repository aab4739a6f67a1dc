namespace DigitalTwin.Vocabulary;

/// <summary>An input cannot be used; carries every fault found, in the order of their places.</summary>
public class InvalidInputException : Exception
{
    public InvalidInputException(IReadOnlyList<Fault> faults)
        : base(string.Join("\n", faults ?? throw new ArgumentNullException(nameof(faults)))) => Faults = faults;

    public InvalidInputException(Fault fault)
        : this([fault])
    {
    }

    public InvalidInputException(TextLocation location, string message)
        : this(new Fault(location, message))
    {
    }

    /// <summary>With the exception of a library that led to the fault.</summary>
    public InvalidInputException(Fault fault, Exception cause)
        : base((fault ?? throw new ArgumentNullException(nameof(fault))).ToString(), cause) => Faults = [fault];

    public IReadOnlyList<Fault> Faults { get; }
}
