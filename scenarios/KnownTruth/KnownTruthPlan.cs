using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>What a known-truth file asks for, checked against the reference network.</summary>
/// <param name="Title">One line for the table.</param>
/// <param name="Target">The gene that the drug inhibits.</param>
/// <param name="Network">The genes that are measured.</param>
/// <param name="Options">What trials are like.</param>
/// <param name="ReplicateCount">Trials.</param>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="Learner">Name of the learner.</param>
public sealed record KnownTruthPlan(
    string Title, GeneSymbol Target, GeneNetwork Network, KnownTruthOptions Options, int ReplicateCount, ulong Seed, string Learner)
{
    /// <summary>Draws the trials.</summary>
    public KnownTruthGenerator Generator() => new(Network, Target, Options);
}
