using ILGPU;
using ILGPU.Runtime.Cuda;

namespace DigitalTwin.Kernels.Products;

/// <summary>A tensor-core instruction. A warp multiplies [16, steps] by [steps, 8]; lane l has group l / 4 and place l % 4. Of the sum a thread holds row
/// group and row group + 8, columns 2 place and 2 place + 1. Operands lie in the registers of <see cref="TensorRegisters"/>.</summary>
/// <remarks>Source: [PTX8], section on mma.sync: the fragments of m16n8k8 (tf32) and m16n8k16 (bf16).</remarks>
internal interface ITensorCore
{
    /// <summary>Inner steps of one instruction.</summary>
    static abstract int Steps { get; }

    /// <summary>Brings 32 rows from <paramref name="row"/> to the registers, rounded.</summary>
    /// <param name="tile">Numbers of A in shared memory, step by step, <see cref="GemmKernel.Stride"/> apart.</param>
    /// <param name="row">First row.</param>
    /// <param name="step">First of the steps.</param>
    static abstract void LoadA(ArrayView<float> tile, int row, int step);

    /// <summary>Brings 8 columns to the registers, rounded.</summary>
    static abstract void LoadB(ArrayView<float> tile, int column, int step);

    /// <summary>Adds to the sums of a block of 8 columns, for 32 rows. The block is a constant.</summary>
    static abstract void MultiplyAdd(int block);
}

internal readonly struct Tf32Core : ITensorCore
{
    private const string Instruction = "mma.sync.aligned.m16n8k8.row.col.f32.tf32.tf32.f32 ";
    private const int FourSteps = 4 * GemmKernel.Stride;

    public static int Steps => 8;

    public static void LoadA(ArrayView<float> tile, int row, int step)
    {
        var first = ((step + (Group.IdxX & 3)) * GemmKernel.Stride) + row + ((Group.IdxX >> 2) & 7);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra0, %0;", tile[first]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra1, %0;", tile[first + 8]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra2, %0;", tile[first + FourSteps]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra3, %0;", tile[first + FourSteps + 8]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra4, %0;", tile[first + 16]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra5, %0;", tile[first + 24]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra6, %0;", tile[first + FourSteps + 16]);
        CudaAsm.Emit("cvt.rna.tf32.f32 fra7, %0;", tile[first + FourSteps + 24]);
    }

    public static void LoadB(ArrayView<float> tile, int column, int step)
    {
        var first = ((step + (Group.IdxX & 3)) * GemmKernel.Stride) + column + ((Group.IdxX >> 2) & 7);
        CudaAsm.Emit("cvt.rna.tf32.f32 frb0, %0;", tile[first]);
        CudaAsm.Emit("cvt.rna.tf32.f32 frb1, %0;", tile[first + FourSteps]);
    }

    public static void MultiplyAdd(int block)
    {
        switch (block)
        {
            case 0:
                CudaAsm.Emit(Instruction + "{acc0, acc1, acc2, acc3}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc0, acc1, acc2, acc3};");
                CudaAsm.Emit(Instruction + "{acc32, acc33, acc34, acc35}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc32, acc33, acc34, acc35};");
                break;
            case 1:
                CudaAsm.Emit(Instruction + "{acc4, acc5, acc6, acc7}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc4, acc5, acc6, acc7};");
                CudaAsm.Emit(Instruction + "{acc36, acc37, acc38, acc39}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc36, acc37, acc38, acc39};");
                break;
            case 2:
                CudaAsm.Emit(Instruction + "{acc8, acc9, acc10, acc11}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc8, acc9, acc10, acc11};");
                CudaAsm.Emit(Instruction + "{acc40, acc41, acc42, acc43}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc40, acc41, acc42, acc43};");
                break;
            case 3:
                CudaAsm.Emit(Instruction + "{acc12, acc13, acc14, acc15}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc12, acc13, acc14, acc15};");
                CudaAsm.Emit(Instruction + "{acc44, acc45, acc46, acc47}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc44, acc45, acc46, acc47};");
                break;
            case 4:
                CudaAsm.Emit(Instruction + "{acc16, acc17, acc18, acc19}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc16, acc17, acc18, acc19};");
                CudaAsm.Emit(Instruction + "{acc48, acc49, acc50, acc51}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc48, acc49, acc50, acc51};");
                break;
            case 5:
                CudaAsm.Emit(Instruction + "{acc20, acc21, acc22, acc23}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc20, acc21, acc22, acc23};");
                CudaAsm.Emit(Instruction + "{acc52, acc53, acc54, acc55}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc52, acc53, acc54, acc55};");
                break;
            case 6:
                CudaAsm.Emit(Instruction + "{acc24, acc25, acc26, acc27}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc24, acc25, acc26, acc27};");
                CudaAsm.Emit(Instruction + "{acc56, acc57, acc58, acc59}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc56, acc57, acc58, acc59};");
                break;
            default:
                CudaAsm.Emit(Instruction + "{acc28, acc29, acc30, acc31}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc28, acc29, acc30, acc31};");
                CudaAsm.Emit(Instruction + "{acc60, acc61, acc62, acc63}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc60, acc61, acc62, acc63};");
                break;
        }
    }
}

internal readonly struct Bfloat16Core : ITensorCore
{
    private const string Instruction = "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 ";
    private const int OneStep = GemmKernel.Stride;
    private const int EightSteps = 8 * GemmKernel.Stride;

    public static int Steps => 16;

    // Two neighbouring steps share a register, the earlier in the lower half, which is named last.
    public static void LoadA(ArrayView<float> tile, int row, int step)
    {
        var first = ((step + (2 * (Group.IdxX & 3))) * GemmKernel.Stride) + row + ((Group.IdxX >> 2) & 7);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra0, %0, %1;", tile[first + OneStep], tile[first]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra1, %0, %1;", tile[first + 8 + OneStep], tile[first + 8]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra2, %0, %1;", tile[first + EightSteps + OneStep], tile[first + EightSteps]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra3, %0, %1;", tile[first + EightSteps + 8 + OneStep], tile[first + EightSteps + 8]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra4, %0, %1;", tile[first + 16 + OneStep], tile[first + 16]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra5, %0, %1;", tile[first + 24 + OneStep], tile[first + 24]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra6, %0, %1;", tile[first + EightSteps + 16 + OneStep], tile[first + EightSteps + 16]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 fra7, %0, %1;", tile[first + EightSteps + 24 + OneStep], tile[first + EightSteps + 24]);
    }

    public static void LoadB(ArrayView<float> tile, int column, int step)
    {
        var first = ((step + (2 * (Group.IdxX & 3))) * GemmKernel.Stride) + column + ((Group.IdxX >> 2) & 7);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 frb0, %0, %1;", tile[first + OneStep], tile[first]);
        CudaAsm.Emit("cvt.rn.bf16x2.f32 frb1, %0, %1;", tile[first + EightSteps + OneStep], tile[first + EightSteps]);
    }

    public static void MultiplyAdd(int block)
    {
        switch (block)
        {
            case 0:
                CudaAsm.Emit(Instruction + "{acc0, acc1, acc2, acc3}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc0, acc1, acc2, acc3};");
                CudaAsm.Emit(Instruction + "{acc32, acc33, acc34, acc35}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc32, acc33, acc34, acc35};");
                break;
            case 1:
                CudaAsm.Emit(Instruction + "{acc4, acc5, acc6, acc7}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc4, acc5, acc6, acc7};");
                CudaAsm.Emit(Instruction + "{acc36, acc37, acc38, acc39}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc36, acc37, acc38, acc39};");
                break;
            case 2:
                CudaAsm.Emit(Instruction + "{acc8, acc9, acc10, acc11}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc8, acc9, acc10, acc11};");
                CudaAsm.Emit(Instruction + "{acc40, acc41, acc42, acc43}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc40, acc41, acc42, acc43};");
                break;
            case 3:
                CudaAsm.Emit(Instruction + "{acc12, acc13, acc14, acc15}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc12, acc13, acc14, acc15};");
                CudaAsm.Emit(Instruction + "{acc44, acc45, acc46, acc47}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc44, acc45, acc46, acc47};");
                break;
            case 4:
                CudaAsm.Emit(Instruction + "{acc16, acc17, acc18, acc19}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc16, acc17, acc18, acc19};");
                CudaAsm.Emit(Instruction + "{acc48, acc49, acc50, acc51}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc48, acc49, acc50, acc51};");
                break;
            case 5:
                CudaAsm.Emit(Instruction + "{acc20, acc21, acc22, acc23}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc20, acc21, acc22, acc23};");
                CudaAsm.Emit(Instruction + "{acc52, acc53, acc54, acc55}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc52, acc53, acc54, acc55};");
                break;
            case 6:
                CudaAsm.Emit(Instruction + "{acc24, acc25, acc26, acc27}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc24, acc25, acc26, acc27};");
                CudaAsm.Emit(Instruction + "{acc56, acc57, acc58, acc59}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc56, acc57, acc58, acc59};");
                break;
            default:
                CudaAsm.Emit(Instruction + "{acc28, acc29, acc30, acc31}, {fra0, fra1, fra2, fra3}, {frb0, frb1}, {acc28, acc29, acc30, acc31};");
                CudaAsm.Emit(Instruction + "{acc60, acc61, acc62, acc63}, {fra4, fra5, fra6, fra7}, {frb0, frb1}, {acc60, acc61, acc62, acc63};");
                break;
        }
    }
}
