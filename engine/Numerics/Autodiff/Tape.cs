using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>Reverse-mode differentiation: operations write down what they did, <see cref="Backward"/> reads it from the end.</summary>
/// <remarks>
/// Each operation takes the next tensor of the tape, computes its value at once, and stores its inputs and a static function that turns the gradient of
/// the output into gradients of the inputs. <see cref="Backward"/> walks the tensors from the last to the first and calls that function.
/// Source: [Griewank2008] chapter 3. Not for use by two threads at once.
/// </remarks>
public sealed partial class Tape : IDisposable
{
    private readonly List<Tensor> _tensors = [];
    private int _count;
    private uint _dropoutCount;
    private bool _checksGradients;

    public Tape(IComputeBackend backend)
    {
        ArgumentNullException.ThrowIfNull(backend);
        Backend = backend;
    }

    public IComputeBackend Backend { get; }

    /// <summary>Patients in the batch, to name the patient of a faulty number; 0 where rows do not stand for patients.</summary>
    public int PatientCount { get; set; }

    /// <summary>Whether dropout drops and batch normalisation uses the batch.</summary>
    public bool IsTraining { get; set; }

    /// <summary>Whether batch normalisation moves its running statistics while training: not when a pass is computed a second time.</summary>
    public bool MovesStatistics { get; set; } = true;

    /// <summary>Key of the dropout masks of this pass: the same key drops the same numbers.</summary>
    public ulong DropoutKey { get; set; }

    /// <summary>Count of tensors on the tape.</summary>
    public int Count => _count;

    /// <summary>Forgets the operations and keeps the buffers for the next pass.</summary>
    public void Reset()
    {
        ReleaseGradients();
        (_count, _dropoutCount) = (0, 0);
    }

    /// <summary>Gives all buffers back to the backend.</summary>
    public void Dispose()
    {
        GiveBackBuffers();
        _tensors.Clear();
    }

    /// <summary>Gives all buffers back to the backend and keeps the tensors for the next pass.</summary>
    internal void GiveBackBuffers()
    {
        foreach (var tensor in _tensors)
        {
            tensor.OwnValue?.Dispose();
            tensor.OwnGradient?.Dispose();
            tensor.OwnSaved?.Dispose();
            tensor.Recomputation?.Inner.GiveBackBuffers();
            (tensor.OwnValue, tensor.OwnGradient, tensor.OwnSaved, tensor.HasGradient) = (null, null, null, false);
        }

        (_count, _dropoutCount) = (0, 0);
    }

    /// <summary>Numbers that the loss does not change: data. The caller keeps the buffer alive until the tape is reset.</summary>
    public Tensor Constant(MatrixView value, string name) => Leaf(value, name, needsGradient: false);

    /// <summary>Numbers whose gradient is wanted though they are no parameter: inputs that are to be explained.</summary>
    public Tensor Variable(MatrixView value, string name) => Leaf(value, name, needsGradient: true);

    /// <summary>A matrix of one number, without gradient.</summary>
    public Tensor Filled(int rows, int columns, float value, string name)
    {
        var tensor = Next(name, rows, columns);
        Backend.Fill(tensor.Value, value);
        return tensor;
    }

    /// <summary>A parameter, whose gradient is added to what its set has gathered.</summary>
    public Tensor Parameter(Parameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var tensor = Leaf(parameter.Value, parameter.Name, parameter.IsTrainable);
        (tensor.IsParameter, tensor.GradientView, tensor.HasGradient) = (true, parameter.Gradient, true);
        return tensor;
    }

    /// <summary>Adds the gradient of a loss to all parameters and variables it depends on.</summary>
    /// <param name="loss">A tensor of this tape, shape [1, 1].</param>
    /// <param name="checkFinite">Whether to look at each gradient as it is made: slow, to find where a fault begins.</param>
    /// <exception cref="ShapeMismatchException">The loss is not one number.</exception>
    /// <exception cref="NonFiniteException">With <paramref name="checkFinite"/>: a gradient is NaN or infinite.</exception>
    public void Backward(Tensor loss, bool checkFinite = false)
    {
        ArgumentNullException.ThrowIfNull(loss);
        if (loss.Rows != 1 || loss.Columns != 1)
        {
            throw new ShapeMismatchException($"The loss '{loss.Name}' is {loss.Value.ShapeText}; a gradient starts from [1, 1]. Take its sum or mean first.");
        }

        (var seed, _) = GradientOf(loss);
        Backend.Fill(seed, 1f);
        _checksGradients = checkFinite;
        Walk();
    }

    /// <summary>The first tensor, in the order of computation, that holds a NaN or an infinite number; null when all are finite.</summary>
    public NonFiniteException? FindNonFinite()
    {
        for (var i = 0; i < _count; i++)
        {
            var place = Backend.FirstNonFinite(_tensors[i].Value);
            if (place >= 0)
            {
                return NonFiniteException.InValue(_tensors[i].Name, _tensors[i].Value, place, _tensors[i].IsParameter ? 0 : PatientCount);
            }
        }

        return null;
    }

    /// <summary>Takes the next tensor of the tape, with room for its numbers.</summary>
    private Tensor Next(string name, int rows, int columns)
    {
        var tensor = NextWithoutValue(name);
        tensor.OwnValue = Fit(tensor.OwnValue, (long)rows * columns);
        tensor.Value = new MatrixView(tensor.OwnValue, 0, rows, columns);
        return tensor;
    }

    private Tensor NextWithoutValue(string name)
    {
        if (_count == _tensors.Count)
        {
            _tensors.Add(new Tensor());
        }

        var tensor = _tensors[_count++];
        (tensor.Name, tensor.Backward, tensor.Graph, tensor.Settings) = (name, null, null, default);
        (tensor.First, tensor.Second, tensor.Third, tensor.Fourth) = (null, null, null, null);
        (tensor.NeedsGradient, tensor.HasGradient, tensor.IsParameter) = (false, false, false);
        return tensor;
    }

    /// <summary>Room for what an operation keeps for its gradient.</summary>
    private MatrixView Save(Tensor tensor, int rows, int columns)
    {
        tensor.OwnSaved = Fit(tensor.OwnSaved, (long)rows * columns);
        tensor.Saved = new MatrixView(tensor.OwnSaved, 0, rows, columns);
        return tensor.Saved;
    }

    private ComputeBuffer Fit(ComputeBuffer? buffer, long length)
    {
        if (buffer is not null && buffer.Length >= length && buffer.Length <= Math.Max(64, 2 * length))
        {
            return buffer;
        }

        buffer?.Dispose();
        return Backend.Rent(length, cleared: false);
    }

    private Tensor Leaf(MatrixView value, string name, bool needsGradient)
    {
        var tensor = NextWithoutValue(name);
        (tensor.Value, tensor.NeedsGradient) = (value, needsGradient);
        return tensor;
    }

    /// <summary>Writes down how a tensor was made; kept only if a gradient can flow to one of its inputs.</summary>
    private static Tensor Record(
        Tensor tensor, Action<Tape, Tensor> backward, Tensor first, Tensor? second = null, Tensor? third = null, Tensor? fourth = null, OperationSettings settings = default)
    {
        (tensor.First, tensor.Second, tensor.Third, tensor.Fourth) = (first, second, third, fourth);
        tensor.Settings = settings;
        tensor.NeedsGradient = first.NeedsGradient || second is { NeedsGradient: true } || third is { NeedsGradient: true } || fourth is { NeedsGradient: true };
        tensor.Backward = tensor.NeedsGradient ? backward : null;
        return tensor;
    }

    /// <summary>Where the gradient of a tensor gathers, and whether something is there already to be added to.</summary>
    private (MatrixView View, bool Accumulate) GradientOf(Tensor tensor)
    {
        if (tensor.HasGradient)
        {
            return (tensor.GradientView, true);
        }

        tensor.OwnGradient = Backend.Rent(tensor.Value.Length, cleared: false);
        tensor.GradientView = new MatrixView(tensor.OwnGradient, 0, tensor.Rows, tensor.Columns);
        tensor.HasGradient = true;
        return (tensor.GradientView, false);
    }

    private void Walk()
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var tensor = _tensors[i];
            if (!tensor.HasGradient || tensor.Backward is null)
            {
                continue;
            }

            if (_checksGradients && Backend.FirstNonFinite(tensor.GradientView) is >= 0 and var place)
            {
                throw NonFiniteException.InGradient(tensor.Name, tensor.GradientView, place, PatientCount);
            }

            tensor.Backward(this, tensor);
            Release(tensor);
        }
    }

    /// <summary>The gradient of an inner tensor has been passed on: the next one can have its room.</summary>
    private static void Release(Tensor tensor)
    {
        if (!tensor.IsParameter)
        {
            tensor.OwnGradient?.Dispose();
            (tensor.OwnGradient, tensor.HasGradient) = (null, false);
        }
    }

    private void ReleaseGradients()
    {
        for (var i = 0; i < _count; i++)
        {
            Release(_tensors[i]);
        }
    }

    private ulong NextDropoutKey()
    {
        var block = Philox4x32.Block(new PhiloxBlock(_dropoutCount++, 0, 0, 0), (uint)DropoutKey, (uint)(DropoutKey >> 32));
        return block.Word0 | ((ulong)block.Word1 << 32);
    }
}
