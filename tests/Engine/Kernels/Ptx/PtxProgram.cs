using System.Globalization;
using System.Text.RegularExpressions;

namespace DigitalTwin.Tests.Engine.Kernels.Ptx;

internal enum PtxOperandKind
{
    Register,
    Special,
    Constant,

    /// <summary>[register + offset].</summary>
    Address,

    /// <summary>[parameter + offset].</summary>
    Parameter,
}

/// <summary>An operand: a register by its number in the register file, or a constant.</summary>
internal readonly record struct PtxOperand(PtxOperandKind Kind, int Register, ulong Value, string Text);

/// <summary>One instruction.</summary>
/// <param name="Opcode">With all its suffixes, such as ld.global.v4.f32.</param>
/// <param name="Operands">Vectors are spread out.</param>
/// <param name="DestinationCount">How many of the first operands are written.</param>
/// <param name="Guard">Predicate register, or -1.</param>
/// <param name="GuardIsNegated">Whether it runs where the predicate is false.</param>
/// <param name="Target">Instruction that a branch goes to, or -1.</param>
internal sealed record PtxInstruction(string Opcode, PtxOperand[] Operands, int DestinationCount, int Guard, bool GuardIsNegated, int Target);

/// <summary>A kernel read back from its PTX text.</summary>
internal sealed partial class PtxProgram
{
    // The last four are declared by inline PTX of tensor-core products.
    private static readonly string[] RegisterKinds = ["%p", "%r", "%rd", "%f", "%fd", "acc", "fra", "frb", "adr"];

    private readonly Dictionary<string, int> _firstRegister = [];
    private readonly Dictionary<string, ulong> _sharedOffsets = [];
    private readonly List<PtxInstruction> _instructions = [];

    public PtxProgram(string text)
    {
        var lines = text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal)).ToArray();
        ReadDeclarations(lines);
        var labels = new Dictionary<string, int>();
        var statements = new List<string>();
        foreach (var line in lines.SkipWhile(l => l != "{"))
        {
            if (line.EndsWith(':'))
            {
                labels.Add(line[..^1], statements.Count);
            }
            else if (line.EndsWith(';') && !line.StartsWith('.'))
            {
                statements.Add(line[..^1]);
            }
        }

        _instructions.AddRange(statements.Select(s => Read(s, labels)));
    }

    public IReadOnlyList<PtxInstruction> Instructions => _instructions;

    /// <summary>Size of the register file.</summary>
    public int RegisterCount { get; private set; }

    /// <summary>Bytes of shared memory of a group.</summary>
    public int SharedBytes { get; private set; }

    /// <summary>32-bit registers that a register of the file takes; 0 for a predicate.</summary>
    public int WordsOf(int register)
    {
        var kind = _firstRegister.Where(k => k.Value <= register).MaxBy(k => k.Value).Key;
        return kind switch { "%p" => 0, "%rd" or "%fd" or "adr" => 2, _ => 1 };
    }

    private void ReadDeclarations(string[] lines)
    {
        var counts = new Dictionary<string, int>();
        foreach (var line in lines)
        {
            if (RegisterDeclaration().Match(line) is { Success: true } registers)
            {
                counts[registers.Groups["kind"].Value] = int.Parse(registers.Groups["count"].Value, CultureInfo.InvariantCulture);
            }
            else if (SharedDeclaration().Match(line) is { Success: true } shared)
            {
                var align = int.Parse(shared.Groups["align"].Value, CultureInfo.InvariantCulture);
                SharedBytes = (SharedBytes + align - 1) / align * align;
                _sharedOffsets.Add(shared.Groups["name"].Value, (ulong)SharedBytes);
                SharedBytes += int.Parse(shared.Groups["bytes"].Value, CultureInfo.InvariantCulture);
            }
        }

        foreach (var kind in RegisterKinds)
        {
            _firstRegister.Add(kind, RegisterCount);
            RegisterCount += Math.Max(1, counts.GetValueOrDefault(kind));
        }
    }

    private PtxInstruction Read(string statement, Dictionary<string, int> labels)
    {
        var (guard, negated) = (-1, false);
        if (statement.StartsWith('@'))
        {
            var space = statement.IndexOfAny([' ', '\t']);
            negated = statement[1] == '!';
            guard = Register(statement[(negated ? 2 : 1)..space]);
            statement = statement[space..].Trim();
        }

        var end = statement.IndexOfAny([' ', '\t']);
        var opcode = end < 0 ? statement : statement[..end];
        var texts = end < 0 ? [] : statement[end..].Split([',', '{', '}'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (opcode is "bra" or "bra.uni")
        {
            return new PtxInstruction(opcode, [], 0, guard, negated, labels[texts[0]]);
        }

        var operands = Array.ConvertAll(texts, Operand);
        var destinations = opcode.StartsWith("st.", StringComparison.Ordinal) || opcode.StartsWith("bar", StringComparison.Ordinal) || opcode == "ret" ? 0
            : opcode.Contains(".v4", StringComparison.Ordinal) || opcode.StartsWith("mma.", StringComparison.Ordinal) ? 4
            : opcode.Contains(".v2", StringComparison.Ordinal) ? 2
            : 1;
        return new PtxInstruction(opcode, operands, destinations, guard, negated, -1);
    }

    private PtxOperand Operand(string text)
    {
        if (text.StartsWith('['))
        {
            var parts = text.Trim('[', ']').Split('+');
            var offset = parts.Length > 1 ? ulong.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
            return IsRegister(parts[0])
                ? new PtxOperand(PtxOperandKind.Address, Register(parts[0]), offset, text)
                : new PtxOperand(PtxOperandKind.Parameter, -1, offset, text);
        }

        if (text.StartsWith('%'))
        {
            return text.Contains('.', StringComparison.Ordinal)
                ? new PtxOperand(PtxOperandKind.Special, -1, 0, text)
                : new PtxOperand(PtxOperandKind.Register, Register(text), 0, text);
        }

        return IsRegister(text)
            ? new PtxOperand(PtxOperandKind.Register, Register(text), 0, text)
            : new PtxOperand(PtxOperandKind.Constant, -1, Constant(text), text);
    }

    private static bool IsRegister(string text) =>
        text.StartsWith('%') || Array.Exists(RegisterKinds, k => text.StartsWith(k, StringComparison.Ordinal) && text.Length > k.Length && char.IsAsciiDigit(text[k.Length]));

    private ulong Constant(string text)
    {
        if (_sharedOffsets.TryGetValue(text, out var offset))
        {
            return offset;
        }

        return text.StartsWith("0f", StringComparison.Ordinal) || text.StartsWith("0d", StringComparison.Ordinal)
            ? ulong.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : text.StartsWith('-') ? (ulong)long.Parse(text, CultureInfo.InvariantCulture) : ulong.Parse(text, CultureInfo.InvariantCulture);
    }

    private int Register(string name)
    {
        var digits = name.IndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        return _firstRegister[name[..digits]] + int.Parse(name.AsSpan(digits), CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^\.reg \.\w+\s+(?<kind>%?[a-z]+)<(?<count>\d+)>;")]
    private static partial Regex RegisterDeclaration();

    [GeneratedRegex(@"^\.shared \.align (?<align>\d+) \.b8 (?<name>\w+)\[(?<bytes>\d+)\];")]
    private static partial Regex SharedDeclaration();
}
