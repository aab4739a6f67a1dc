using System.Runtime.CompilerServices;

namespace DigitalTwin.Numerics.Compute;

/// <summary>Why an operand must have a shape, in words that are written only when it has not.</summary>
[InterpolatedStringHandler]
public ref struct ShapeReason
{
    private DefaultInterpolatedStringHandler _text;

    /// <summary>Called by the compiler where a text with parts is given.</summary>
    public ShapeReason(int literalLength, int formattedCount, MatrixView operand, int rows, int columns, out bool isNeeded)
    {
        isNeeded = operand.Rows != rows || operand.Columns != columns;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount) : default;
    }

    public void AppendLiteral(string text) => _text.AppendLiteral(text);

    public void AppendFormatted<T>(T part) => _text.AppendFormatted(part);

    internal string ToStringAndClear() => _text.ToStringAndClear();
}
