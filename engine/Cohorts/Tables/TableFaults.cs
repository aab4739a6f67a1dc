using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>Collects what is wrong with the values of one table, up to a limit. Messages name subjects by id, never by value.</summary>
internal sealed class TableFaults(string file)
{
    private const int Most = 50;

    private readonly List<Fault> _faults = [];

    public bool IsFull => _faults.Count >= Most;

    public void Add(string message)
    {
        if (!IsFull)
        {
            _faults.Add(new Fault(new TextLocation(file, 0, 0), message));
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
