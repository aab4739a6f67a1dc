using System.Security.Cryptography;
using System.Text;

namespace DigitalTwin.Scenarios.Output;

/// <summary>SHA-256 as the house writes it: 64 lower-case hexadecimal digits. Source: [FIPS180-4].</summary>
public static class Sha256Text
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>Hash of the text as UTF-8.</summary>
    public static string Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
