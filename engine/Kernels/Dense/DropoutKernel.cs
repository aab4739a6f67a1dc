// Drops numbers by a keyed Philox block for each four of them.
//   thread    one Philox block: four neighbouring numbers of the matrix in row order
//   memory    row-major with any stride; output may be added to
//   numbers   float; words as in Numerics/Random/Philox4x32, so that every backend drops the same numbers
//   limits    2^34 numbers: the counter is 32 bits of blocks
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Kernels.Catalog;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

internal struct DropoutArguments
{
    public DeviceMatrix Input;
    public DeviceMatrix Output;
    public uint Threshold;
    public uint Key0;
    public uint Key1;
    public float Scale;
    public int Accumulate;
    public int IsContiguous;
    public long Count;
}

internal static class DropoutKernel
{
    public static readonly CatalogKernel<DropoutArguments> Kernel = new(Drop);

    private const int RoundCount = 10;

    public static void Drop(DropoutArguments a)
    {
        var block = ((long)Grid.IdxX * Group.DimX) + Group.IdxX;
        var first = block * 4;
        if (first >= a.Count)
        {
            return;
        }

        var c0 = (uint)block;
        var c1 = 0u;
        var c2 = 0u;
        var c3 = 0u;
        var key0 = a.Key0;
        var key1 = a.Key1;
        for (var round = 0; round < RoundCount; round++)
        {
            var product0 = (ulong)0xD2511F53u * c0;
            var product1 = (ulong)0xCD9E8D57u * c2;
            c0 = (uint)(product1 >> 32) ^ c1 ^ key0;
            c1 = (uint)product1;
            c2 = (uint)(product0 >> 32) ^ c3 ^ key1;
            c3 = (uint)product0;
            key0 += 0x9E3779B9u;
            key1 += 0xBB67AE85u;
        }

        Put(a, first, c0);
        Put(a, first + 1, c1);
        Put(a, first + 2, c2);
        Put(a, first + 3, c3);
    }

    private static void Put(DropoutArguments a, long place, uint word)
    {
        if (place >= a.Count)
        {
            return;
        }

        if (a.IsContiguous != 0)
        {
            var number = word >= a.Threshold ? a.Scale * a.Input.Data[place] : 0f;
            a.Output.Data[place] = a.Accumulate != 0 ? a.Output.Data[place] + number : number;
        }
        else
        {
            var row = (int)(place / a.Input.Columns);
            var column = (int)(place - ((long)row * a.Input.Columns));
            var kept = word >= a.Threshold ? a.Scale * a.Input.Get(row, column) : 0f;
            a.Output.Put(row, column, kept, a.Accumulate);
        }
    }
}
