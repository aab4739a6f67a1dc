using ILGPU.Runtime.Cuda;

namespace DigitalTwin.Kernels.Products;

/// <summary>The registers of a tensor-core product, with names of their own. Sums acc0 to acc63: block j of 8 columns has acc4j to acc4j+3 for the lower 16
/// rows of a warp, acc32+4j to acc32+4j+3 for the upper. Operands fra0 to fra7 (lower rows, then upper) and frb0, frb1.</summary>
/// <remarks>ILGPU 1.5.3 hands results of inline PTX back through local memory only. So nothing is handed back: registers are declared, used and stored to
/// shared memory by PTX. That memory must be the kernel's only allocation, which ILGPU names __shared_alloca0.</remarks>
internal static class TensorRegisters
{
    public static void Clear()
    {
        CudaAsm.Emit(".reg .f32 acc<64>;");
        CudaAsm.Emit(".reg .b32 fra<8>;");
        CudaAsm.Emit(".reg .b32 frb<2>;");
        CudaAsm.Emit(".reg .b64 adr<2>;");
        CudaAsm.Emit("mov.b64 adr0, __shared_alloca0;");
        CudaAsm.Emit("mov.f32 acc0, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc1, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc2, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc3, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc4, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc5, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc6, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc7, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc8, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc9, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc10, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc11, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc12, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc13, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc14, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc15, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc16, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc17, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc18, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc19, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc20, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc21, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc22, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc23, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc24, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc25, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc26, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc27, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc28, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc29, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc30, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc31, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc32, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc33, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc34, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc35, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc36, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc37, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc38, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc39, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc40, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc41, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc42, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc43, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc44, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc45, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc46, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc47, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc48, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc49, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc50, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc51, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc52, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc53, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc54, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc55, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc56, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc57, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc58, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc59, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc60, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc61, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc62, 0f00000000;");
        CudaAsm.Emit("mov.f32 acc63, 0f00000000;");
    }

    /// <summary>Stores the sums of a block: <paramref name="place"/> is the byte of shared memory for the first of this thread; its other rows lie 8, 16 and 24
    /// rows below. The block is a constant.</summary>
    public static void Store(int block, long place)
    {
        CudaAsm.Emit("add.s64 adr1, adr0, %0;", place);
        switch (block)
        {
            case 0:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc0, acc1};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc2, acc3};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc32, acc33};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc34, acc35};");
                break;
            case 1:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc4, acc5};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc6, acc7};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc36, acc37};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc38, acc39};");
                break;
            case 2:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc8, acc9};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc10, acc11};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc40, acc41};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc42, acc43};");
                break;
            case 3:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc12, acc13};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc14, acc15};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc44, acc45};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc46, acc47};");
                break;
            case 4:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc16, acc17};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc18, acc19};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc48, acc49};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc50, acc51};");
                break;
            case 5:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc20, acc21};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc22, acc23};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc52, acc53};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc54, acc55};");
                break;
            case 6:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc24, acc25};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc26, acc27};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc56, acc57};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc58, acc59};");
                break;
            default:
                CudaAsm.Emit("st.shared.v2.f32 [adr1], {acc28, acc29};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+2176], {acc30, acc31};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+4352], {acc60, acc61};");
                CudaAsm.Emit("st.shared.v2.f32 [adr1+6528], {acc62, acc63};");
                break;
        }
    }
}
