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

    /// <summary>Where each change arrives in layers that a model sees: the same on every split, for it depends on names alone.</summary>
    /// <param name="inputs">Of any subjects, as the model sees them.</param>
    public ReachedGenes[] Reached(SubjectInputs inputs) => [.. plan.Changes.Select(c => ReachedGenes.Of(c, inputs, Options(c.HasSignals)))];

    /// <summary>What becomes of the predictions of some subjects, in the order of the changes.</summary>
    /// <param name="model">Learnt from <paramref name="training"/>.</param>
    /// <param name="training">Say what a standard deviation and a quantile are.</param>
    /// <param name="test">Subjects that the model has not seen.</param>
    /// <param name="reached">Where each change arrives.</param>
    /// <param name="quantity">What is predicted.</param>
    public PerturbationResult[] Ask(IOutcomePredictor model, SubjectInputs training, SubjectInputs test, ReachedGenes[] reached, ExplainedQuantity quantity)
    {
        var results = new PerturbationResult[plan.Changes.Count];
        foreach (var same in plan.Changes.Index().GroupBy(c => c.Item.HasSignals))
        {
            int[] places = [.. same.Select(c => c.Index)];
            var found = new PerturbationStudy(model, training, Options(same.Key)).RunEach(test, [.. places.Select(p => reached[p].Shifts)], quantity);
            for (var k = 0; k < places.Length; k++)
            {
                results[places[k]] = found[k];
            }
        }

        return results;
    }
}
