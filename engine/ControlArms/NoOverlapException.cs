using System.Globalization;

namespace DigitalTwin.ControlArms;

/// <summary>Too many treated subjects have no counterpart among the control; carries the picture of it.</summary>
public sealed class NoOverlapException : Exception
{
    /// <summary>Too many treated subjects have a propensity score that no control subject reaches.</summary>
    public NoOverlapException(string methodId, OverlapAssessment overlap)
        : this(methodId, overlap, OutsideSupport(overlap))
    {
    }

    private NoOverlapException(string methodId, OverlapAssessment overlap, string reason)
        : base(reason) => (MethodId, Overlap) = (methodId, overlap);

    public string MethodId { get; }

    public OverlapAssessment Overlap { get; }

    /// <summary>The rules of matching leave every treated subject without a partner, whatever the scores.</summary>
    public static NoOverlapException NoMatch(string methodId, OverlapAssessment overlap) => new(
        methodId, overlap, "With these rules no treated subject finds a control subject within the caliper and the exact variables. Widen the caliper, or match exactly on less.");

    private static string OutsideSupport(OverlapAssessment overlap)
    {
        ArgumentNullException.ThrowIfNull(overlap);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * overlap.ShareOfTreatedOutsideSupport:F0} % of the treated lie outside the propensity scores of the control ")
            + string.Create(
                CultureInfo.InvariantCulture,
                $"({overlap.SupportLower:F3} to {overlap.SupportUpper:F3}). Restrict the populations, or write 'overlap: {{ allowPoor: true }}' under controlArm.");
    }
}
