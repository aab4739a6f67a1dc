using System.Reflection;
using System.Runtime.InteropServices;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>Starts kernels as PTX text on <see cref="PtxMachine"/>, over the memory of ILGPU's CPU accelerator.</summary>
internal sealed class PtxLauncher(PtxCompiler compiler) : IKernelLauncher
{
    private readonly Dictionary<CatalogKernel, PtxMachine> _machines = [];

    /// <summary>Kernels that were run.</summary>
    public IReadOnlyCollection<CatalogKernel> Launched => _machines.Keys;

    public void Launch<TArguments>(CatalogKernel<TArguments> kernel, int groupCount, int groupSize, in TArguments arguments)
        where TArguments : struct
    {
        if (!_machines.TryGetValue(kernel, out var machine))
        {
            _machines.Add(kernel, machine = new PtxMachine(new PtxProgram(compiler.Compile(kernel))));
        }

        var bytes = new List<byte>();
        Append(bytes, arguments);
        machine.Run(groupCount, groupSize, [.. bytes]);
    }

    /// <summary>Lays a struct out as a device sees it: a view is its address and its length, fields stand at multiples of their size.</summary>
    private static void Append(List<byte> bytes, object value)
    {
        switch (value)
        {
            case int number:
                Pad(bytes, sizeof(int));
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case uint number:
                Pad(bytes, sizeof(uint));
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case float number:
                Pad(bytes, sizeof(float));
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case long number:
                Pad(bytes, sizeof(long));
                bytes.AddRange(BitConverter.GetBytes(number));
                break;
            case IContiguousArrayView view:
                Pad(bytes, sizeof(long));
                bytes.AddRange(BitConverter.GetBytes(AddressOf(view)));
                bytes.AddRange(BitConverter.GetBytes(view.Length));
                break;
            default:
                Pad(bytes, AlignmentOf(value.GetType()));
                foreach (var field in FieldsOf(value.GetType()))
                {
                    Append(bytes, field.GetValue(value)!);
                }

                Pad(bytes, AlignmentOf(value.GetType()));
                break;
        }
    }

    private static long AddressOf(IContiguousArrayView view) => view.Buffer is null ? 0 : (long)view.Buffer.NativePtr + view.IndexInBytes;

    private static FieldInfo[] FieldsOf(Type type) =>
        [.. type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).OrderBy(f => f.MetadataToken)];

    private static int AlignmentOf(Type type) => type.IsPrimitive ? Marshal.SizeOf(type)
        : typeof(IContiguousArrayView).IsAssignableFrom(type) ? sizeof(long)
        : FieldsOf(type).Max(f => AlignmentOf(f.FieldType));

    private static void Pad(List<byte> bytes, int alignment)
    {
        while (bytes.Count % alignment != 0)
        {
            bytes.Add(0);
        }
    }
}
