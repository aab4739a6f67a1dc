using System.Globalization;

namespace DigitalTwin.ControlArms;

/// <summary>Too many treated subjects have no counterpart among the control; carries the picture of it.</summary>
public sealed class NoOverlapException(string methodId, OverlapAssessment overlap)
    : Exception(string.Create(
        CultureInfo.InvariantCulture,
        $"{methodId}: {overlap.ShareOfTreatedOutsideSupport:P0} of the treated lie outside the propensity scores of the control "
        + $"({overlap.SupportLower:F3} to {overlap.SupportUpper:F3}). Restrict the populations, or allow poor overlap in the scenario."))
{
    public string MethodId { get; } = methodId;

    public OverlapAssessment Overlap { get; } = overlap;
}
