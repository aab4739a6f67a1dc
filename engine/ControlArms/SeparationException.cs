namespace DigitalTwin.ControlArms;

/// <summary>Covariates tell treated and control apart, so that no propensity score exists.</summary>
/// <param name="methodId">Method that failed.</param>
/// <param name="covariates">Labels of the covariate columns that separate.</param>
public sealed class SeparationException(string methodId, IReadOnlyList<string> covariates)
    : Exception(Sentence(covariates))
{
    public string MethodId { get; } = methodId;

    /// <summary>Labels of the covariate columns that separate.</summary>
    public IReadOnlyList<string> Covariates { get; } = covariates;

    private static string Sentence(IReadOnlyList<string> covariates) =>
        $"The propensity model cannot be fitted, because {string.Join(" together with ", covariates)} "
        + "tells treated and control apart. Leave it out, merge its levels, or restrict the populations to where both arms occur.";
}
