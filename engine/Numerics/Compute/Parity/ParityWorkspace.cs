using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Compute.Parity;

/// <summary>Makes the inputs of a parity case, the same on every backend, and gathers its outputs.</summary>
public sealed class ParityWorkspace(IComputeBackend backend) : IDisposable
{
    private const ulong Seed = 20260401;

    private readonly List<IDisposable> _owned = [];
    private uint _matrixCount;

    public IComputeBackend Backend => backend;

    /// <summary>Outputs in the order in which they were collected.</summary>
    public List<float> Outputs { get; } = [];

    /// <summary>A matrix of numbers between <paramref name="low"/> and <paramref name="high"/>; with a gap, rows lie further apart than they are long.</summary>
    public MatrixView Random(int rows, int columns, int gap = 0, float low = -1f, float high = 1f)
    {
        var stream = new RandomStream(new StreamKey(Seed, _matrixCount++, 0, 0, RandomPurpose.Permutation));
        var numbers = new float[(long)rows * (columns + gap)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = low + ((high - low) * (float)stream.NextDouble());
        }

        return Place(numbers, rows, columns, gap);
    }

    /// <summary>A matrix of given numbers.</summary>
    public MatrixView Of(int rows, int columns, params ReadOnlySpan<float> numbers) => Place(numbers.ToArray(), rows, columns, 0);

    /// <summary>A sparse matrix with random weights between 0.1 and 1 unless it has its own.</summary>
    public SparseOperand Graph(CsrMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var stream = new RandomStream(new StreamKey(Seed, _matrixCount++, 1, 0, RandomPurpose.Permutation));
        var weights = matrix.Values ?? Array.ConvertAll(matrix.ColumnIndices, _ => (float)(0.1 + (0.9 * stream.NextDouble())));
        var graph = backend.Load(new CsrMatrix(matrix.RowCount, matrix.ColumnCount, matrix.RowOffsets, matrix.ColumnIndices, weights));
        _owned.Add(graph);
        return graph;
    }

    /// <summary>Adds a matrix to the outputs, with the gaps between its rows: a kernel that writes there is found out.</summary>
    public void Collect(MatrixView output)
    {
        var whole = new MatrixView(output.Buffer, output.Offset, output.Rows, output.RowStride);
        var numbers = new float[whole.Length];
        backend.Download(whole, numbers);
        Outputs.AddRange(numbers);
    }

    /// <summary>Adds one number to the outputs.</summary>
    public void Collect(double output) => Outputs.Add((float)output);

    public void Dispose()
    {
        foreach (var owned in _owned)
        {
            owned.Dispose();
        }
    }

    private MatrixView Place(float[] numbers, int rows, int columns, int gap)
    {
        var buffer = backend.Rent(numbers.Length);
        _owned.Add(buffer);
        backend.Upload(numbers, buffer.AsMatrix(rows, columns + gap));
        return new MatrixView(buffer, 0, rows, columns, columns + gap);
    }
}
