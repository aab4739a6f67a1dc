using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>All parameters of a model in one buffer, and their gradients in another, so that an optimiser step, a norm or a copy is one operation.</summary>
/// <remarks>Layers add their parameters when they are made; the first use of the numbers puts them on the backend, after which none can be added.</remarks>
public sealed class ParameterSet(IComputeBackend backend) : IDisposable
{
    /// <summary>Parameters start at multiples of this many numbers, one cache line.</summary>
    private const int Alignment = 16;

    private readonly List<Parameter> _parameters = [];
    private readonly List<float[]> _initial = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private ComputeBuffer? _values;
    private ComputeBuffer? _gradients;
    private long _length;

    public IComputeBackend Backend => backend;

    /// <summary>Most numbers that parameters and the gaps between them may come to. A layer that asks for more is refused before it has made its first values, so that
    /// sizes from a file cannot ask for more memory than their numbers take.</summary>
    public long LengthLimit { get; init; } = long.MaxValue;

    /// <summary>Numbers of all parameters with the gaps between them.</summary>
    public long Length => _length;

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>Count of numbers that training changes.</summary>
    public long TrainableCount => _parameters.Where(p => p.IsTrainable).Sum(p => (long)p.Rows * p.Columns);

    /// <summary>All numbers with the gaps between parameters, shape [1, length].</summary>
    public MatrixView AllValues => new(Values, 0, 1, checked((int)_length));

    /// <summary>All gradients in the same places, shape [1, length].</summary>
    public MatrixView AllGradients => new(Gradients, 0, 1, checked((int)_length));

    internal ComputeBuffer Values => _values ?? Place().Values;

    internal ComputeBuffer Gradients => _gradients ?? Place().Gradients;

    /// <summary>Refuses a parameter that would pass <see cref="LengthLimit"/>.</summary>
    /// <exception cref="ArgumentException">It would.</exception>
    public void RequireRoom(string name, int rows, int columns)
    {
        if (_length + ((long)rows * columns) > LengthLimit)
        {
            throw new ArgumentException($"Parameter '{name}' [{rows}, {columns}] comes after {_length} numbers, and the limit is {LengthLimit}. Choose smaller sizes.", nameof(name));
        }
    }

    /// <summary>Adds a parameter.</summary>
    /// <param name="name">Unique in the set.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns.</param>
    /// <param name="initial">First values, row after row; empty for zeros.</param>
    /// <param name="isTrainable">Whether gradients flow to it.</param>
    /// <param name="decays">Whether weight decay shrinks it.</param>
    /// <exception cref="ArgumentException">The name is taken, or the count of values is wrong.</exception>
    /// <exception cref="InvalidOperationException">The set is in use already.</exception>
    public Parameter Add(string name, int rows, int columns, ReadOnlySpan<float> initial = default, bool isTrainable = true, bool decays = true)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        if (_values is not null)
        {
            throw new InvalidOperationException($"Parameter '{name}' comes too late: the set is in use. Make all layers before the first forward pass.");
        }

        if (!_names.Add(name))
        {
            throw new ArgumentException($"There are two parameters named '{name}'. Give each layer a name of its own.", nameof(name));
        }

        RequireRoom(name, rows, columns);
        var count = checked(rows * columns);
        if (!initial.IsEmpty && initial.Length != count)
        {
            throw new ArgumentException($"Parameter '{name}' [{rows}, {columns}] got {initial.Length} first values.", nameof(initial));
        }

        var parameter = new Parameter(this, name, rows, columns, _length) { IsTrainable = isTrainable, Decays = decays && isTrainable };
        _parameters.Add(parameter);
        _initial.Add(initial.IsEmpty ? new float[count] : initial.ToArray());
        _length += (count + Alignment - 1) / Alignment * Alignment;
        return parameter;
    }

    /// <summary>Sets all gradients to 0. Without it gradients of several batches add up: gradient accumulation.</summary>
    public void ClearGradients() => backend.Fill(AllGradients, 0f);

    /// <summary>The numbers of all parameters with the gaps between them, to keep the best so far.</summary>
    public float[] Snapshot()
    {
        var numbers = new float[_length];
        backend.Download(AllValues, numbers);
        return numbers;
    }

    /// <summary>Puts back what <see cref="Snapshot"/> returned.</summary>
    public void Restore(ReadOnlySpan<float> snapshot) => backend.Upload(snapshot, AllValues);

    public void Dispose()
    {
        _values?.Dispose();
        _gradients?.Dispose();
    }

    private (ComputeBuffer Values, ComputeBuffer Gradients) Place()
    {
        _values = backend.Rent(_length);
        _gradients = backend.Rent(_length);
        for (var i = 0; i < _parameters.Count; i++)
        {
            backend.Upload(_initial[i], new MatrixView(_values, _parameters[i].Offset, _parameters[i].Rows, _parameters[i].Columns));
        }

        _initial.Clear();
        return (_values, _gradients);
    }
}
