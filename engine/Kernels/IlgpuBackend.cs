using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Kernels.Graphs;
using DigitalTwin.Kernels.Memory;
using DigitalTwin.Numerics.Compute;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;

namespace DigitalTwin.Kernels;

/// <summary>Computes on a CUDA or OpenCL device through ILGPU. Work is queued on one stream and runs in order.</summary>
/// <remarks>No kernel adds to a number that another thread may add to, so the same inputs give the same bytes on the same device and settings. Kernels are
/// compiled when first used.</remarks>
public sealed partial class IlgpuBackend : IComputeBackend
{
    private readonly Context _context;
    private readonly Accelerator _accelerator;
    private readonly AcceleratorStream _stream;
    private readonly DevicePool _pool;
    private readonly ScratchMemory _scratch;
    private readonly IlgpuOptions _options;
    private readonly IKernelLauncher _launcher;
    private MemoryBuffer1D<double, Stride1D.Dense>? _doubles;
    private MemoryBuffer1D<long, Stride1D.Dense>? _places;
    private bool _isDisposed;

    /// <param name="context">An ILGPU context; owned from here on.</param>
    /// <param name="device">A device of that context.</param>
    /// <param name="options">Settings.</param>
    /// <param name="launcher">What starts kernels; null for the device itself.</param>
    internal IlgpuBackend(Context context, Device device, IlgpuOptions options, IKernelLauncher? launcher = null)
    {
        options.Check();
        if (options.ProductPrecision != Products.ProductPrecision.Single && device.AcceleratorType != AcceleratorType.Cuda && launcher is null)
        {
            throw new ArgumentException($"{device.Name} has no tensor cores that ILGPU reaches. Use ProductPrecision.Single, or a CUDA device.", nameof(options));
        }

        (_context, _options) = (context, options);
        _accelerator = device.CreateAccelerator(context);
        _stream = _accelerator.DefaultStream;
        _launcher = launcher ?? new DeviceLauncher(_accelerator);
        Name = $"ILGPU, {device.AcceleratorType}, {device.Name.Trim()}";
        _pool = new DevicePool(_accelerator, Name, Math.Min(options.MemoryBudgetBytes ?? long.MaxValue, _accelerator.MemorySize));
        _scratch = new ScratchMemory(_pool);
    }

    public string Name { get; }

    public MemoryReport Memory => _pool.Report;

    /// <summary>The kernels on ILGPU's CPU accelerator: a debugger, about a microsecond for each thread of a kernel. For tests only.</summary>
    public static IlgpuBackend OnDebugger(IlgpuOptions options) => OnDebugger(options, null);

    /// <summary>As <see cref="OnDebugger(IlgpuOptions)"/>, with kernels started elsewhere.</summary>
    internal static IlgpuBackend OnDebugger(IlgpuOptions options, IKernelLauncher? launcher)
    {
        ArgumentNullException.ThrowIfNull(options);
        var context = IlgpuContext.Create(b => b.CPU(new CPUDevice(32, 8, 1)));
        return new IlgpuBackend(context, context.GetCPUDevice(0), options, launcher);
    }

    public ComputeBuffer Rent(long length, bool cleared = true)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var buffer = new DeviceBuffer(_pool, length);
        if (cleared)
        {
            buffer.Numbers.MemSetToZero(_stream);
        }

        return buffer;
    }

    public SparseOperand Load(CsrMatrix matrix)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new DeviceGraph(_accelerator, matrix, _options.LongRowEdges);
    }

    public void Upload(ReadOnlySpan<float> source, MatrixView destination)
    {
        CheckCount(source.Length, destination);
        if (source.IsEmpty)
        {
            return;
        }

        if (destination.IsContiguous)
        {
            NumbersOf(destination).SubView(0, source.Length).CopyFromCPU(_stream, source);
            _stream.Synchronize();
            return;
        }

        using var staged = _scratch.Rent(source.Length);
        var view = staged.AsMatrix(destination.Rows, destination.Columns);
        Upload(source, view);
        Copy(view, destination);
    }

    public void Download(MatrixView source, Span<float> destination)
    {
        CheckCount(destination.Length, source);
        if (destination.IsEmpty)
        {
            return;
        }

        if (source.IsContiguous)
        {
            NumbersOf(source).SubView(0, destination.Length).CopyToCPU(_stream, destination);
            _stream.Synchronize();
            return;
        }

        using var staged = _scratch.Rent(destination.Length);
        var view = staged.AsMatrix(source.Rows, source.Columns);
        Copy(source, view);
        Download(view, destination);
    }

    public void Synchronize() => _stream.Synchronize();

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _pool.Dispose();
            _doubles?.Dispose();
            _places?.Dispose();
            _accelerator.Dispose();
            _context.Dispose();
        }
    }

    private static void CheckCount(int count, MatrixView view)
    {
        if (count != view.Length)
        {
            throw new ShapeMismatchException($"There are {count} numbers on the host and the matrix is {view.ShapeText}.");
        }
    }

    /// <summary>Queues a kernel; one without groups does nothing.</summary>
    private void Launch<TArguments>(CatalogKernel<TArguments> kernel, long groupCount, int groupSize, in TArguments arguments)
        where TArguments : struct
    {
        if (groupCount == 0)
        {
            return;
        }

        if (groupCount > int.MaxValue)
        {
            throw new ArgumentOutOfRangeException(nameof(groupCount), groupCount, $"{kernel} would need more than {int.MaxValue} groups of threads. Use a smaller patient batch.");
        }

        _launcher.Launch(kernel, (int)groupCount, groupSize, arguments);
    }

    private static long GroupsFor(long threads, int groupSize) => (threads + groupSize - 1) / groupSize;

    private ArrayView<float> NumbersOf(MatrixView view)
    {
        var buffer = view.Buffer as DeviceBuffer;
        if (buffer is null || buffer.Pool != _pool)
        {
            throw new ArgumentException("The buffer belongs to another backend.", nameof(view));
        }

        var numbers = buffer.Numbers;
        return numbers.SubView(view.Offset, numbers.Length - view.Offset);
    }

    private DeviceMatrix MatrixOf(MatrixView view) =>
        new() { Data = NumbersOf(view), Rows = view.Rows, Columns = view.Columns, RowStride = view.RowStride };

    /// <summary>An operand that may be absent: then any memory that is there.</summary>
    private DeviceMatrix MatrixOf(MatrixView? view, DeviceMatrix otherwise) => view is { } present ? MatrixOf(present) : otherwise;

    private static DeviceMatrix MatrixOf(ArrayView<float> numbers, int rows, int columns) =>
        new() { Data = numbers, Rows = rows, Columns = columns, RowStride = columns };

    /// <summary>Whether rows begin and end at multiples of four numbers, so that 16-byte access is allowed.</summary>
    private static bool IsAligned(MatrixView view) => ((view.Offset | (uint)view.RowStride | (uint)view.Columns) & 3) == 0;

    /// <summary>The least power of two that is not below a number.</summary>
    private static int PowerOfTwoAbove(int number) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, number));
}
