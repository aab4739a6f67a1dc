using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>The trial a scenario describes, made of its cohorts' subjects.</summary>
/// <param name="Trial">Treated subjects, then control subjects, each by subject id; every covariate term as columns.</param>
/// <param name="Flows">How each arm came about: treated, control.</param>
/// <param name="Hidden">The hidden real control arm, or null when the scenario reveals none.</param>
/// <param name="Warnings">Doubts that must reach the report.</param>
public sealed record TrialAssembly(
    TrialData Trial, IReadOnlyList<PopulationFlow> Flows, SealedArm? Hidden, IReadOnlyList<StudyWarning> Warnings)
{
    /// <summary>The same trial with the columns of the named covariate terms only, in the order of the trial.</summary>
    /// <param name="terms">Names as <see cref="MethodSpecification.Covariates"/> and <see cref="TwinSpecification.Covariates"/> give them.</param>
    /// <exception cref="ArgumentException">No column belongs to one of the terms.</exception>
    public TrialData WithCovariates(IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        var all = Trial.Covariates;
        var unknown = terms.FirstOrDefault(t => all.Columns.All(c => c.Variable != t) && !DroppedTerms.Contains(t));
        if (unknown is not null)
        {
            throw new ArgumentException($"The trial has no covariate term '{unknown}'.", nameof(terms));
        }

        var chosen = Enumerable.Range(0, all.ColumnCount).Where(c => terms.Contains(all.Columns[c].Variable, StringComparer.Ordinal)).ToArray();
        var values = new double[all.SubjectCount * chosen.Length];
        for (var i = 0; i < all.SubjectCount; i++)
        {
            var row = all.Row(i);
            for (var c = 0; c < chosen.Length; c++)
            {
                values[(i * chosen.Length) + c] = row[chosen[c]];
            }
        }

        var covariates = new CovariateMatrix([.. chosen.Select(c => all.Columns[c])], all.SubjectCount, values);
        return new TrialData(Trial.Subjects, Trial.Treated, covariates, Trial.Outcome);
    }

    /// <summary>The trial as the twins see it: the columns of the named terms, and the omics layers.</summary>
    /// <param name="terms">Names as <see cref="TwinSpecification.Covariates"/> gives them.</param>
    /// <exception cref="ArgumentException">No column belongs to one of the terms.</exception>
    public TrialData ForTwins(IReadOnlyList<string> terms)
    {
        var trial = WithCovariates(terms);
        return new TrialData(trial.Subjects, trial.Treated, trial.Covariates, trial.Outcome, Layers);
    }

    /// <summary>Omics layers that the twins read, of the trial's subjects in their order. <see cref="Trial"/> goes without: its methods resample it many times.</summary>
    public IReadOnlyList<OmicsLayer> Layers { get; init; } = [];

    /// <summary>Terms that are the same for every subject of both arms and so have no column; a warning names each.</summary>
    public IReadOnlyList<string> DroppedTerms { get; init; } = [];
}
