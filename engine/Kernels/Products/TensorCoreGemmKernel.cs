// C = activation(alpha op(A) op(B) + beta C + bias) on tensor cores, in tiles of 64 by 64. CUDA only.
//   thread    a warp has 32 rows of the tile, in two blocks of 16, and all 64 columns, in eight blocks of 8; two warps a tile
//   memory    as GemmKernel: 16 inner steps at a time through shared memory; the finished tile goes through it too; sums lie in named PTX registers
//   numbers   operands rounded to TF32 or bf16, sums float; the order of sums is the hardware's, the same on every run
//   limits    as GemmKernel; compute capability 8.0
//   checked   tests/Engine/Kernels/TensorCoreTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Products;

internal static class TensorCoreGemmKernel
{
    public static void Multiply<TLoaderOfA, TLoaderOfB, TFunction, TCore>(GemmKernelArguments a)
        where TLoaderOfA : struct, ITileLoader
        where TLoaderOfB : struct, ITileLoader
        where TFunction : struct, ILaneFunction
        where TCore : struct, ITensorCore
    {
        var shared = SharedMemory.Allocate<QuadCell>(GemmKernel.Tile * GemmKernel.StrideInCells);
        var tileOfA = shared.SubView(0, GemmKernel.Depth * GemmKernel.StrideInCells);
        var tileOfB = shared.SubView(GemmKernel.Depth * GemmKernel.StrideInCells, GemmKernel.Depth * GemmKernel.StrideInCells);
        var (numbersOfA, numbersOfB) = (tileOfA.Cast<float>(), tileOfB.Cast<float>());
        var place = GemmPlace.Of(a);
        var warpRow = (Group.IdxX >> 5) * 32;

        TensorRegisters.Clear();
        for (var inner = place.First; inner < place.End; inner += GemmKernel.Depth)
        {
            TLoaderOfA.Load(a.A, place.FirstRowOfA, tileOfA, place.Row, a.Rows, inner, place.End, a.IsAlignedA);
            TLoaderOfB.Load(a.B, place.FirstRowOfB, tileOfB, place.Column, a.Columns, inner, place.End, a.IsAlignedB);
            Group.Barrier();
            for (var step = 0; step < GemmKernel.Depth; step += TCore.Steps)
            {
                TCore.LoadA(numbersOfA, warpRow, step);
                TCore.LoadB(numbersOfB, 0, step);
                TCore.MultiplyAdd(0);
                TCore.LoadB(numbersOfB, 8, step);
                TCore.MultiplyAdd(1);
                TCore.LoadB(numbersOfB, 16, step);
                TCore.MultiplyAdd(2);
                TCore.LoadB(numbersOfB, 24, step);
                TCore.MultiplyAdd(3);
                TCore.LoadB(numbersOfB, 32, step);
                TCore.MultiplyAdd(4);
                TCore.LoadB(numbersOfB, 40, step);
                TCore.MultiplyAdd(5);
                TCore.LoadB(numbersOfB, 48, step);
                TCore.MultiplyAdd(6);
                TCore.LoadB(numbersOfB, 56, step);
                TCore.MultiplyAdd(7);
            }

            Group.Barrier();
        }

        var first = 4L * (((warpRow + ((Group.IdxX >> 2) & 7)) * GemmKernel.Stride) + (2 * (Group.IdxX & 3)));
        TensorRegisters.Store(0, first);
        TensorRegisters.Store(1, first + 32);
        TensorRegisters.Store(2, first + 64);
        TensorRegisters.Store(3, first + 96);
        TensorRegisters.Store(4, first + 128);
        TensorRegisters.Store(5, first + 160);
        TensorRegisters.Store(6, first + 192);
        TensorRegisters.Store(7, first + 224);
        Group.Barrier();
        GemmKernel.Write<TFunction>(a, shared, place.FirstRowOfC, place.Row, place.Column);
    }
}
