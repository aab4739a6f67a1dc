using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Perturbation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Scenarios.Evaluation.Explanations;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Asks a model about every change.</summary>
/// <param name="plan">The changes.</param>
/// <param name="reference">Genes, pathways and signals.</param>
internal sealed class AskedStudies(PerturbationPlan plan, ReferenceNetwork reference)
{
    private readonly Lazy<SignalPropagation> _signals = new(() => new SignalPropagation(reference.Signalling));

    /// <summary>How a change goes on.</summary>
    public PerturbationOptions Options(bool hasSignals) => new()
    {
        Signals = hasSignals ? _signals.Value : null,
        Pathways = plan.PathwayCount == 0 ? null : plan.GeneSets == GeneSetSource.Kegg ? reference.KeggSets : reference.GeneOntologySets,
        Catalog = reference.Catalog,
    };

    /// <summary>What becomes of the predictions of some subjects, in the order of the changes.</summary>
    /// <param name="model">Learnt from <paramref name="training"/>.</param>
    /// <param name="training">Say what a standard deviation and a quantile are.</param>
    /// <param name="test">Subjects that the model has not seen.</param>
    /// <param name="quantity">What is predicted.</param>
    public PerturbationResult[] Ask(IOutcomePredictor model, SubjectInputs training, SubjectInputs test, ExplainedQuantity quantity)
    {
        var results = new PerturbationResult[plan.Changes.Count];
        foreach (var same in plan.Changes.Index().GroupBy(c => c.Item.HasSignals))
        {
            var options = Options(same.Key);
            ReachedGenes[] reached = [.. same.Select(c => ReachedGenes.Of(c.Item, training, options))];
            var found = new PerturbationStudy(model, training, options).RunEach(test, [.. reached.Select(r => r.Shifts)], quantity);
            foreach (var ((place, _), k) in same.Select((c, k) => (c, k)))
            {
                // Where genes arrive is the same on every split; targets that do not are said here alone.
                results[place] = found[k] with { Findings = [.. reached[k].Texts, .. found[k].Findings.Except(reached[k].Texts)] };
            }
        }

        return results;
    }
}
