using System.Runtime.CompilerServices;

namespace DigitalTwin.Models.Storage;

/// <summary>The text of a fault, put together only where something is at fault.</summary>
[InterpolatedStringHandler]
internal ref struct RequirementText
{
    private DefaultInterpolatedStringHandler _text;

    public RequirementText(int literalLength, int formattedCount, bool holds, out bool isNeeded)
    {
        isNeeded = !holds;
        _text = isNeeded ? new DefaultInterpolatedStringHandler(literalLength, formattedCount, System.Globalization.CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string value) => _text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => _text.AppendFormatted(value);

    public override string ToString() => _text.ToStringAndClear();
}
