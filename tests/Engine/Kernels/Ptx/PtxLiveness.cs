namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>How many 32-bit registers a kernel needs at the least: the greatest number of values that are alive at one instruction, by a backward
/// data-flow pass over the PTX. A device compiler may need a few more for addresses, or fewer where it makes a value again.</summary>
internal static class PtxLiveness
{
    public static int GreatestWords(PtxProgram program)
    {
        var instructions = program.Instructions;
        var words = Enumerable.Range(0, program.RegisterCount).Select(program.WordsOf).ToArray();
        // Parameters sit in constant memory: a copy of one is read where it is needed and holds no register.
        var constant = ConstantsOf(program);
        var (uses, definitions) = (instructions.Select(i => Reads(i).Where(r => !constant[r]).ToArray()).ToArray(), instructions.Select(Writes).ToArray());
        var blocks = new ulong[instructions.Count + 1][];
        var width = (program.RegisterCount + 63) / 64;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new ulong[width];
        }

        var greatest = 0;
        bool changed;
        do
        {
            changed = false;
            for (var i = instructions.Count - 1; i >= 0; i--)
            {
                var alive = Successors(instructions, i).Aggregate(new ulong[width], (set, next) => Union(set, blocks[next]));
                greatest = Math.Max(greatest, WordsIn(alive, words));
                foreach (var register in definitions[i])
                {
                    // A guarded write may leave the old value.
                    if (instructions[i].Guard < 0)
                    {
                        alive[register / 64] &= ~(1UL << (register % 64));
                    }
                }

                foreach (var register in uses[i])
                {
                    alive[register / 64] |= 1UL << (register % 64);
                }

                changed |= !alive.AsSpan().SequenceEqual(blocks[i]);
                blocks[i] = alive;
            }
        }
        while (changed);
        return greatest;
    }

    /// <summary>Registers that only ever hold a parameter, or the global address made from one.</summary>
    private static bool[] ConstantsOf(PtxProgram program)
    {
        var (isConstant, isOther) = (new bool[program.RegisterCount], new bool[program.RegisterCount]);
        foreach (var instruction in program.Instructions)
        {
            foreach (var register in Writes(instruction))
            {
                var kept = instruction.Opcode.StartsWith("ld.param", StringComparison.Ordinal) || instruction.Opcode.StartsWith("cvta", StringComparison.Ordinal);
                (kept ? isConstant : isOther)[register] = true;
            }
        }

        return [.. isConstant.Zip(isOther, (c, o) => c && !o)];
    }

    private static IEnumerable<int> Successors(IReadOnlyList<PtxInstruction> instructions, int i)
    {
        var instruction = instructions[i];
        if (instruction.Target >= 0)
        {
            yield return instruction.Target;
        }

        var ends = instruction.Guard < 0 && (instruction.Target >= 0 || instruction.Opcode == "ret");
        if (!ends)
        {
            yield return i + 1;
        }
    }

    private static IEnumerable<int> Reads(PtxInstruction instruction) => instruction.Operands.Skip(instruction.DestinationCount)
        .Where(o => o.Kind is PtxOperandKind.Register or PtxOperandKind.Address).Select(o => o.Register)
        .Concat(instruction.Guard >= 0 ? [instruction.Guard] : []);

    private static int[] Writes(PtxInstruction instruction) => [.. instruction.Operands.Take(instruction.DestinationCount).Select(o => o.Register)];

    private static ulong[] Union(ulong[] left, ulong[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            left[i] |= right[i];
        }

        return left;
    }

    private static int WordsIn(ulong[] set, int[] words)
    {
        var sum = 0;
        for (var i = 0; i < set.Length; i++)
        {
            for (var bits = set[i]; bits != 0; bits &= bits - 1)
            {
                sum += words[(i * 64) + System.Numerics.BitOperations.TrailingZeroCount(bits)];
            }
        }

        return sum;
    }
}
