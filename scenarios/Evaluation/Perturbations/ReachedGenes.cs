using DigitalTwin.Models.Perturbation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Which genes of a change arrive in layers that a model sees.</summary>
/// <param name="Shifts">Those that do.</param>
/// <param name="Texts">Where they arrive, a sentence each, and which targets of a drug arrive nowhere.</param>
/// <param name="Refused">Those that do not, each with why; of a drug only where none of its targets does.</param>
internal sealed record ReachedGenes(IReadOnlyList<GeneShift> Shifts, IReadOnlyList<string> Texts, IReadOnlyList<(PlannedShift Gene, string Why)> Refused)
{
    /// <param name="change">The change.</param>
    /// <param name="inputs">Of any subjects, as the model sees them.</param>
    /// <param name="options">Network of signals and names.</param>
    public static ReachedGenes Of(PlannedChange change, SubjectInputs inputs, PerturbationOptions options)
    {
        var (shifts, texts, refused) = (new List<GeneShift>(), new List<string>(), new List<(PlannedShift, string)>());
        foreach (var gene in change.Genes)
        {
            try
            {
                texts.AddRange(PerturbationStudy.Check(inputs, [gene.Shift], options));
                shifts.Add(gene.Shift);
            }
            catch (UnknownGeneException e)
            {
                refused.Add((gene, e.Message));
            }
        }

        return change.Drug is not null && shifts.Count > 0
            ? new ReachedGenes(shifts, [.. texts, .. refused.Select(r => $"The target {r.Item1.Shift.Gene} is left out. {r.Item2}")], [])
            : new ReachedGenes(shifts, texts, refused);
    }
}
