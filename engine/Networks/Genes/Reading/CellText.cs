using System.Globalization;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads the values that cells of edge lists hold.</summary>
internal static class CellText
{
    public static bool TryNumber(string cell, out double value) =>
        double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>A sign as a number, a mark or a word; an empty cell is unknown.</summary>
    public static bool TrySign(string cell, out EdgeSign sign)
    {
        (var isSign, sign) = cell.ToUpperInvariant() switch
        {
            "" or "0" or "NA" or "UNKNOWN" or "UNSPECIFIED" => (true, EdgeSign.Unknown),
            "+" or "ACTIVATION" or "ACTIVATES" or "STIMULATION" or "STIMULATES" or "POSITIVE" or "UP" => (true, EdgeSign.Positive),
            "-" or "INHIBITION" or "INHIBITS" or "REPRESSION" or "REPRESSES" or "NEGATIVE" or "DOWN" => (true, EdgeSign.Negative),
            _ => (TryNumber(cell, out var number), (EdgeSign)Math.Sign(number)),
        };
        return isSign;
    }

    public static bool TryFlag(string cell, out bool flag)
    {
        (var isFlag, flag) = cell.ToUpperInvariant() switch
        {
            "1" or "TRUE" or "T" or "YES" => (true, true),
            "0" or "FALSE" or "F" or "NO" or "" => (true, false),
            _ => (false, false),
        };
        return isFlag;
    }

    /// <summary>The type that goes with a sign, where a source tells only the sign.</summary>
    public static EdgeType TypeOf(EdgeSign sign) =>
        sign == EdgeSign.Positive ? EdgeType.Activation : sign == EdgeSign.Negative ? EdgeType.Inhibition : EdgeType.Interaction;
}
