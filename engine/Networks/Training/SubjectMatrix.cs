using System.Globalization;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Training;

/// <summary>Data of all subjects on the host, such as [subjects x genes x channels], of which batches go to the backend; room is kept for the next batch.</summary>
public sealed class SubjectMatrix : IDisposable
{
    private readonly IComputeBackend _backend;
    private readonly string _name;
    private readonly float[] _numbers;
    private readonly IReadOnlyList<string>? _subjectNames;
    private float[] _staging = [];
    private ComputeBuffer? _buffer;

    /// <param name="backend">Where batches go.</param>
    /// <param name="name">Such as "expression", for messages.</param>
    /// <param name="numbers">Subject after subject, gene after gene, channel after channel; not copied.</param>
    /// <param name="rowsOfOne">Rows of a subject: genes.</param>
    /// <param name="columns">Columns: channels.</param>
    /// <param name="subjectNames">For messages; numbers if none.</param>
    /// <exception cref="ArgumentException">The numbers do not divide into subjects, or names are missing.</exception>
    public SubjectMatrix(IComputeBackend backend, string name, float[] numbers, int rowsOfOne, int columns, IReadOnlyList<string>? subjectNames = null)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(numbers);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rowsOfOne);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        var size = checked(rowsOfOne * columns);
        if (numbers.Length % size != 0 || (subjectNames is not null && subjectNames.Count != numbers.Length / size))
        {
            throw new ArgumentException($"'{name}' has {numbers.Length} numbers, {size} a subject, and {subjectNames?.Count ?? numbers.Length / size} names of subjects.", nameof(numbers));
        }

        (_backend, _name, _numbers, RowsOfOne, Columns, _subjectNames) = (backend, name, numbers, rowsOfOne, columns, subjectNames);
    }

    /// <summary>Rows of a subject.</summary>
    public int RowsOfOne { get; }

    public int Columns { get; }

    public int SubjectCount => _numbers.Length / (RowsOfOne * Columns);

    public string SubjectName(int subject) => _subjectNames?[subject] ?? subject.ToString(CultureInfo.InvariantCulture);

    /// <summary>The numbers of one subject.</summary>
    public ReadOnlySpan<float> Of(int subject) => _numbers.AsSpan(subject * RowsOfOne * Columns, RowsOfOne * Columns);

    /// <summary>Looks for missing and infinite numbers.</summary>
    /// <exception cref="NonFiniteException">There is one; its subject is named.</exception>
    public void CheckFinite(ReadOnlySpan<int> subjects)
    {
        foreach (var subject in subjects)
        {
            var numbers = Of(subject);
            for (var k = 0; k < numbers.Length; k++)
            {
                if (!float.IsFinite(numbers[k]))
                {
                    throw NonFiniteException.InInput(_name, SubjectName(subject), k / Columns, k % Columns, numbers[k]);
                }
            }
        }
    }

    /// <summary>The numbers of some subjects on a tape, shape [subjects * rows, columns]. Valid until the next call.</summary>
    public Tensor On(Tape tape, ReadOnlySpan<int> subjects)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var size = RowsOfOne * Columns;
        var count = checked(subjects.Length * size);
        if (_staging.Length < count)
        {
            _staging = new float[count];
        }

        if (_buffer is null || _buffer.Length < count)
        {
            _buffer?.Dispose();
            _buffer = null;
            _buffer = _backend.Rent(count);
        }

        for (var k = 0; k < subjects.Length; k++)
        {
            Of(subjects[k]).CopyTo(_staging.AsSpan(k * size));
        }

        var view = _buffer.AsMatrix(subjects.Length * RowsOfOne, Columns);
        _backend.Upload(_staging.AsSpan(0, count), view);
        return tape.Constant(view, _name);
    }

    public void Dispose() => _buffer?.Dispose();
}
