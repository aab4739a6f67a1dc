namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>What mma.sync does, from the description of its fragments: lane l of a warp has group l / 4 and place l % 4.</summary>
/// <remarks>Source: [PTX8].</remarks>
internal static class PtxTensorCore
{
    private const int Lanes = 32;

    /// <summary>Adds the product of a warp's fragments to its sums, in place of the instruction's first four registers.</summary>
    /// <param name="instruction">Four results, four registers of A, two of B, four sums.</param>
    /// <param name="lanes">Registers of the 32 threads.</param>
    public static void Multiply(PtxInstruction instruction, ReadOnlySpan<ulong[]> lanes)
    {
        var isBfloat16 = instruction.Opcode.Contains("bf16", StringComparison.Ordinal);
        var steps = isBfloat16 ? 16 : 8;
        var (a, b) = (new float[16, steps], new float[steps, 8]);
        for (var lane = 0; lane < Lanes; lane++)
        {
            var (group, place) = (lane / 4, lane % 4);
            for (var register = 0; register < 4; register++)
            {
                var row = group + (8 * (register % 2));
                Put(lanes[lane][instruction.Operands[4 + register].Register], register / 2, place, isBfloat16, (step, value) => a[row, step] = value);
            }

            for (var register = 0; register < 2; register++)
            {
                Put(lanes[lane][instruction.Operands[8 + register].Register], register, place, isBfloat16, (step, value) => b[step, group] = value);
            }
        }

        for (var lane = 0; lane < Lanes; lane++)
        {
            for (var register = 0; register < 4; register++)
            {
                var (row, column) = ((lane / 4) + (8 * (register / 2)), (2 * (lane % 4)) + (register % 2));
                var sum = BitConverter.UInt32BitsToSingle((uint)lanes[lane][instruction.Operands[10 + register].Register]);
                for (var step = 0; step < steps; step++)
                {
                    sum += a[row, step] * b[step, column];
                }

                lanes[lane][instruction.Operands[register].Register] = BitConverter.SingleToUInt32Bits(sum);
            }
        }
    }

    /// <summary>A register holds one TF32 number of the lower or upper four steps, or two bf16 numbers of the lower or upper eight.</summary>
    private static void Put(ulong bits, int half, int place, bool isBfloat16, Action<int, float> put)
    {
        if (isBfloat16)
        {
            put((8 * half) + (2 * place), BitConverter.UInt32BitsToSingle((uint)bits << 16));
            put((8 * half) + (2 * place) + 1, BitConverter.UInt32BitsToSingle((uint)bits & 0xffff0000u));
        }
        else
        {
            // The hardware ignores what does not fit.
            put((4 * half) + place, BitConverter.UInt32BitsToSingle((uint)bits & 0xffffe000u));
        }
    }
}
