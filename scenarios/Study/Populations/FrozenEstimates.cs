using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Finished estimates, fixed before the hidden arm is opened. Its hash goes into the report as evidence of what was fixed.</summary>
public sealed class FrozenEstimates
{
    private FrozenEstimates(IReadOnlyList<EffectEstimate> estimates, string hash)
    {
        Estimates = estimates;
        Hash = hash;
    }

    /// <summary>A copy of the estimates, in the order given.</summary>
    public IReadOnlyList<EffectEstimate> Estimates { get; }

    /// <summary>SHA-256 of the estimates in a canonical text, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <exception cref="ArgumentException">There is no estimate: nothing would be checked.</exception>
    public static FrozenEstimates Freeze(IReadOnlyList<EffectEstimate> estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        if (estimates.Count == 0)
        {
            throw new ArgumentException("No estimate is finished, so there is nothing to check against the hidden arm.", nameof(estimates));
        }

        EffectEstimate[] copy = [.. estimates];
        var text = string.Join('\n', copy.Select(Canonical));
        return new FrozenEstimates(Array.AsReadOnly(copy), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
    }

    private static string Canonical(EffectEstimate e) => string.Create(
        CultureInfo.InvariantCulture,
        $"{e.MethodId}|{e.Measure}|{e.Time?.Days:R}|{e.Value:R}|{e.StandardError:R}|{e.Interval.Lower:R}|{e.Interval.Upper:R}|{e.Interval.Level:R}|{e.Interval.Kind}");
}
