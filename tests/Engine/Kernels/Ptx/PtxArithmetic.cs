namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>What each instruction of PTX computes, on registers as bits. Floats round to nearest; products and sums stay apart, as the text has them.</summary>
internal static class PtxArithmetic
{
    public const int Branch = 0;
    public const int Return = 1;
    public const int Barrier = 2;
    public const int Shuffle = 3;
    public const int Load = 4;
    public const int Store = 5;
    public const int TensorCore = 6;
    private const int FirstOperation = 7;

    private static readonly (string Opcode, Func<ulong, ulong, ulong, ulong> Compute)[] Operations =
    [
        ("mov.b32", (a, _, _) => (uint)a),
        ("mov.b64", (a, _, _) => a),
        ("mov.f32", (a, _, _) => (uint)a),
        ("mov.f64", (a, _, _) => a),
        ("cvta.to.global.u64", (a, _, _) => a),
        ("add.s32", (a, b, _) => (uint)(a + b)),
        ("sub.s32", (a, b, _) => (uint)(a - b)),
        ("mul.lo.s32", (a, b, _) => (uint)((uint)a * (uint)b)),
        ("div.s32", (a, b, _) => (uint)((int)a / (int)b)),
        ("rem.s32", (a, b, _) => (uint)((int)a % (int)b)),
        ("mul.wide.u32", (a, b, _) => (ulong)(uint)a * (uint)b),
        ("mad.lo.u64", (a, b, c) => (a * b) + c),
        ("add.s64", (a, b, _) => a + b),
        ("add.u64", (a, b, _) => a + b),
        ("sub.s64", (a, b, _) => a - b),
        ("mul.lo.s64", (a, b, _) => a * b),
        ("div.s64", (a, b, _) => (ulong)((long)a / (long)b)),
        ("shl.b32", (a, b, _) => b > 31 ? 0 : (uint)a << (int)b),
        ("shl.b64", (a, b, _) => b > 63 ? 0 : a << (int)b),
        ("shr.s32", (a, b, _) => (uint)((int)a >> (int)Math.Min(b, 31))),
        ("shr.s64", (a, b, _) => (ulong)((long)a >> (int)Math.Min(b, 63))),
        ("shr.u32", (a, b, _) => b > 31 ? 0 : (uint)a >> (int)b),
        ("shr.u64", (a, b, _) => b > 63 ? 0 : a >> (int)b),
        ("and.b32", (a, b, _) => (uint)(a & b)),
        ("or.b32", (a, b, _) => (uint)(a | b)),
        ("xor.b32", (a, b, _) => (uint)(a ^ b)),
        ("and.pred", (a, b, _) => a & b),
        ("or.pred", (a, b, _) => a | b),
        ("not.pred", (a, _, _) => a ^ 1),
        ("selp.b32", (a, b, c) => c != 0 ? (uint)a : (uint)b),
        ("selp.b64", (a, b, c) => c != 0 ? a : b),
        ("add.f32", (a, b, _) => Bits(Single(a) + Single(b))),
        ("sub.f32", (a, b, _) => Bits(Single(a) - Single(b))),
        ("mul.f32", (a, b, _) => Bits(Single(a) * Single(b))),
        ("div.rn.f32", (a, b, _) => Bits(Single(a) / Single(b))),
        ("rcp.rn.f32", (a, _, _) => Bits(1f / Single(a))),
        ("sqrt.rn.f32", (a, _, _) => Bits(MathF.Sqrt(Single(a)))),
        ("abs.f32", (a, _, _) => (uint)a & 0x7fffffffu),
        ("neg.f32", (a, _, _) => (uint)a ^ 0x80000000u),
        ("add.f64", (a, b, _) => Bits(Double(a) + Double(b))),
        ("mul.f64", (a, b, _) => Bits(Double(a) * Double(b))),
        ("cvt.f64.f32", (a, _, _) => Bits((double)Single(a))),
        ("cvt.s64.s32", (a, _, _) => (ulong)(long)(int)a),
        ("cvt.s32.s64", (a, _, _) => (uint)a),
        ("cvt.u32.u64", (a, _, _) => (uint)a),
        ("cvt.u64.u32", (a, _, _) => (uint)a),
        ("cvt.rn.f32.s32", (a, _, _) => Bits((float)(int)a)),
        ("cvt.rzi.s32.f32", (a, _, _) => (uint)(float.IsNaN(Single(a)) ? 0 : (int)Math.Clamp(Math.Truncate((double)Single(a)), int.MinValue, int.MaxValue))),
        ("cvt.rna.tf32.f32", (a, _, _) => (uint)((a + 0x1000) & ~0x1fffUL)),
        ("cvt.rn.bf16x2.f32", (a, b, _) => (uint)((NearestBfloat16(a) << 16) | NearestBfloat16(b))),
        ("setp.eq.s32", (a, b, _) => Bits((int)a == (int)b)),
        ("setp.ne.s32", (a, b, _) => Bits((int)a != (int)b)),
        ("setp.lt.s32", (a, b, _) => Bits((int)a < (int)b)),
        ("setp.le.s32", (a, b, _) => Bits((int)a <= (int)b)),
        ("setp.gt.s32", (a, b, _) => Bits((int)a > (int)b)),
        ("setp.ge.s32", (a, b, _) => Bits((int)a >= (int)b)),
        ("setp.eq.u32", (a, b, _) => Bits((uint)a == (uint)b)),
        ("setp.ne.u32", (a, b, _) => Bits((uint)a != (uint)b)),
        ("setp.lo.u32", (a, b, _) => Bits((uint)a < (uint)b)),
        ("setp.hs.u32", (a, b, _) => Bits((uint)a >= (uint)b)),
        ("setp.eq.s64", (a, b, _) => Bits(a == b)),
        ("setp.lt.s64", (a, b, _) => Bits((long)a < (long)b)),
        ("setp.le.s64", (a, b, _) => Bits((long)a <= (long)b)),
        ("setp.gt.s64", (a, b, _) => Bits((long)a > (long)b)),
        ("setp.ge.s64", (a, b, _) => Bits((long)a >= (long)b)),
        ("setp.eq.f32", (a, b, _) => Bits(Single(a) == Single(b))),
        ("setp.gt.f32", (a, b, _) => Bits(Single(a) > Single(b))),
        ("setp.ge.f32", (a, b, _) => Bits(Single(a) >= Single(b))),
        ("setp.lt.f32", (a, b, _) => Bits(Single(a) < Single(b))),
        ("setp.le.f32", (a, b, _) => Bits(Single(a) <= Single(b))),
        ("setp.neu.f32", (a, b, _) => Bits(!(Single(a) == Single(b)))),
        ("setp.ltu.f32", (a, b, _) => Bits(!(Single(a) >= Single(b)))),
        ("setp.leu.f32", (a, b, _) => Bits(!(Single(a) > Single(b)))),
        ("setp.gtu.f32", (a, b, _) => Bits(!(Single(a) <= Single(b)))),
        ("setp.geu.f32", (a, b, _) => Bits(!(Single(a) < Single(b)))),
    ];

    /// <summary>A small number for an opcode.</summary>
    /// <exception cref="NotSupportedException">No kernel has needed it so far: add it above.</exception>
    public static int CodeOf(string opcode)
    {
        var operation = Array.FindIndex(Operations, o => o.Opcode == opcode);
        return operation >= 0 ? FirstOperation + operation
            : opcode is "bra" or "bra.uni" ? Branch
            : opcode == "ret" ? Return
            : opcode == "bar.sync" ? Barrier
            : opcode == "shfl.sync.bfly.b32" ? Shuffle
            : opcode.StartsWith("mma.sync.", StringComparison.Ordinal) ? TensorCore
            : opcode.StartsWith("ld.", StringComparison.Ordinal) ? Load
            : opcode.StartsWith("st.", StringComparison.Ordinal) ? Store
            : throw new NotSupportedException($"The instruction {opcode} is not known here.");
    }

    public static ulong Compute(int code, ulong a, ulong b, ulong c) => Operations[code - FirstOperation].Compute(a, b, c);

    /// <summary>The upper half of a float, to nearest, ties to even.</summary>
    private static ulong NearestBfloat16(ulong bits) => ((uint)bits + 0x7fff + (((uint)bits >> 16) & 1)) >> 16;

    private static float Single(ulong bits) => BitConverter.UInt32BitsToSingle((uint)bits);

    private static double Double(ulong bits) => BitConverter.UInt64BitsToDouble(bits);

    private static ulong Bits(float value) => BitConverter.SingleToUInt32Bits(value);

    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(value);

    private static ulong Bits(bool value) => value ? 1UL : 0UL;
}
