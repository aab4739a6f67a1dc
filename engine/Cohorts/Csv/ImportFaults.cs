using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Csv;

/// <summary>What is wrong with a source, up to a limit that a reader still reads.</summary>
internal sealed class ImportFaults
{
    private const int Most = 100;

    private readonly List<Fault> _faults = [];

    public bool IsFull => _faults.Count >= Most;

    public void Add(TextLocation location, string message)
    {
        if (!IsFull)
        {
            _faults.Add(new Fault(location, message));
        }
    }

    /// <exception cref="InvalidInputException">Anything was added.</exception>
    public void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInputException([.. _faults]);
        }
    }
}
