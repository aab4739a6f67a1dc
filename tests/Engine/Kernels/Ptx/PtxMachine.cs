using System.Runtime.CompilerServices;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

/// <summary>Runs PTX thread by thread, so that what the code generator made can be compared with float64 where there is no card. Global addresses are
/// addresses of this process. It refuses what would be undefined on a device: a barrier that only some threads reach.</summary>
internal sealed class PtxMachine(PtxProgram program)
{
    private const int WarpSize = 32;

    private readonly int[] _codes = [.. program.Instructions.Select(i => PtxArithmetic.CodeOf(i.Opcode))];

    /// <summary>Runs all groups, one after another.</summary>
    public void Run(int groupCount, int groupSize, byte[] parameters)
    {
        for (var group = 0; group < groupCount; group++)
        {
            RunGroup(group, groupCount, groupSize, parameters);
        }
    }

    private void RunGroup(int group, int groupCount, int groupSize, byte[] parameters)
    {
        var shared = new byte[program.SharedBytes];
        var threads = new Thread[groupSize];
        for (var t = 0; t < groupSize; t++)
        {
            threads[t] = new Thread(t, new ulong[program.RegisterCount]);
        }

        var place = new Place(group, groupCount, groupSize, parameters, shared);
        while (Array.Exists(threads, t => !t.HasEnded))
        {
            foreach (var thread in threads)
            {
                Continue(thread, place);
            }

            Meet(threads);
        }
    }

    /// <summary>Runs a thread until it ends or waits for others.</summary>
    private void Continue(Thread thread, Place place)
    {
        var registers = thread.Registers;
        while (!thread.HasEnded && thread.WaitsAt < 0)
        {
            var instruction = program.Instructions[thread.Next];
            var code = _codes[thread.Next];
            thread.Next++;
            if (instruction.Guard >= 0 && (registers[instruction.Guard] != 0) == instruction.GuardIsNegated)
            {
                continue;
            }

            switch (code)
            {
                case PtxArithmetic.Branch:
                    thread.Next = instruction.Target;
                    break;
                case PtxArithmetic.Return:
                    thread.HasEnded = true;
                    break;
                case PtxArithmetic.Barrier:
                case PtxArithmetic.Shuffle:
                case PtxArithmetic.TensorCore:
                    thread.WaitsAt = thread.Next - 1;
                    break;
                case PtxArithmetic.Load:
                    Load(instruction, registers, place);
                    break;
                case PtxArithmetic.Store:
                    Store(instruction, registers, place);
                    break;
                default:
                    var operands = instruction.Operands;
                    registers[operands[0].Register] = PtxArithmetic.Compute(
                        code,
                        operands.Length > 1 ? Read(operands[1], registers, thread, place) : 0,
                        operands.Length > 2 ? Read(operands[2], registers, thread, place) : 0,
                        operands.Length > 3 ? Read(operands[3], registers, thread, place) : 0);
                    break;
            }
        }
    }

    /// <summary>All threads of the group wait at one barrier, or all of a warp at one exchange.</summary>
    private void Meet(Thread[] threads)
    {
        var waiting = Array.FindAll(threads, t => !t.HasEnded);
        if (waiting.Length == 0)
        {
            return;
        }

        var at = waiting[0].WaitsAt;
        if (waiting.Length != threads.Length || Array.Exists(waiting, t => t.WaitsAt != at))
        {
            throw new InvalidOperationException($"Only some threads of a group reach instruction {at}, {program.Instructions[at].Opcode}.");
        }

        var instruction = program.Instructions[at];
        if (_codes[at] == PtxArithmetic.Shuffle)
        {
            var values = Array.ConvertAll(threads, t => t.Registers[instruction.Operands[1].Register]);
            foreach (var thread in threads)
            {
                var mask = (int)(instruction.Operands[2].Kind == PtxOperandKind.Register ? thread.Registers[instruction.Operands[2].Register] : instruction.Operands[2].Value);
                var other = (thread.Number / WarpSize * WarpSize) + ((thread.Number % WarpSize) ^ mask);
                thread.Registers[instruction.Operands[0].Register] = values[other];
            }
        }

        for (var warp = 0; _codes[at] == PtxArithmetic.TensorCore && warp < threads.Length; warp += WarpSize)
        {
            PtxTensorCore.Multiply(instruction, Array.ConvertAll(threads[warp..(warp + WarpSize)], t => t.Registers));
        }

        foreach (var thread in threads)
        {
            thread.WaitsAt = -1;
        }
    }

    private static ulong Read(PtxOperand operand, ulong[] registers, Thread thread, Place place) => operand.Kind switch
    {
        PtxOperandKind.Register => registers[operand.Register],
        PtxOperandKind.Constant => operand.Value,
        PtxOperandKind.Special => operand.Text switch
        {
            "%tid.x" => (ulong)thread.Number,
            "%ctaid.x" => (ulong)place.Group,
            "%ntid.x" => (ulong)place.GroupSize,
            "%nctaid.x" => (ulong)place.GroupCount,
            _ => throw new NotSupportedException(operand.Text),
        },
        _ => throw new NotSupportedException(operand.Text),
    };

    private static void Load(PtxInstruction instruction, ulong[] registers, Place place)
    {
        var bytes = BytesOf(instruction.Opcode);
        var address = instruction.Operands[instruction.DestinationCount];
        ref var memory = ref Memory(instruction, address, registers, place, bytes * instruction.DestinationCount);
        for (var i = 0; i < instruction.DestinationCount; i++)
        {
            ref var cell = ref Unsafe.AddByteOffset(ref memory, i * bytes);
            registers[instruction.Operands[i].Register] = bytes == 8 ? Unsafe.ReadUnaligned<ulong>(ref cell) : Unsafe.ReadUnaligned<uint>(ref cell);
        }
    }

    private static void Store(PtxInstruction instruction, ulong[] registers, Place place)
    {
        var bytes = BytesOf(instruction.Opcode);
        var count = instruction.Operands.Length - 1;
        ref var memory = ref Memory(instruction, instruction.Operands[0], registers, place, bytes * count);
        for (var i = 0; i < count; i++)
        {
            var operand = instruction.Operands[i + 1];
            var value = operand.Kind == PtxOperandKind.Register ? registers[operand.Register] : operand.Value;
            ref var cell = ref Unsafe.AddByteOffset(ref memory, i * bytes);
            if (bytes == 8)
            {
                Unsafe.WriteUnaligned(ref cell, value);
            }
            else
            {
                Unsafe.WriteUnaligned(ref cell, (uint)value);
            }
        }
    }

    private static int BytesOf(string opcode) => opcode.EndsWith("64", StringComparison.Ordinal) ? 8
        : opcode.EndsWith("32", StringComparison.Ordinal) ? 4
        : throw new NotSupportedException(opcode);

    private static ref byte Memory(PtxInstruction instruction, PtxOperand address, ulong[] registers, Place place, int bytes)
    {
        if (address.Kind == PtxOperandKind.Parameter)
        {
            return ref place.Parameters[address.Value];
        }

        var target = registers[address.Register] + address.Value;
        if (target % (ulong)bytes != 0)
        {
            throw new InvalidOperationException($"{instruction.Opcode} of {bytes} bytes at an address that is no multiple of it.");
        }

        if (instruction.Opcode.Contains(".shared", StringComparison.Ordinal))
        {
            return ref place.Shared.AsSpan((int)target, bytes)[0];
        }

        return ref Unsafe.AddByteOffset(ref Unsafe.NullRef<byte>(), (nint)target);
    }

    private sealed record Place(int Group, int GroupCount, int GroupSize, byte[] Parameters, byte[] Shared);

    private sealed class Thread(int number, ulong[] registers)
    {
        public int Number => number;

        public ulong[] Registers => registers;

        public int Next { get; set; }

        public bool HasEnded { get; set; }

        public int WaitsAt { get; set; } = -1;
    }
}
