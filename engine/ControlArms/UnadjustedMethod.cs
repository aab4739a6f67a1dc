using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>Takes the outside subjects as they are: the naive comparison that every other method is to improve on.</summary>
/// <param name="id">The scenario's name of the method.</param>
public sealed class UnadjustedMethod(string id) : IControlArmMethod
{
    public string Id { get; } = id;

    public bool Supports(EstimandPopulation population) => true;

    public ControlArm Build(TrialData trial, EstimandPopulation population)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var weights = new double[trial.Count];
        Array.Fill(weights, 1);
        return ControlArmDiagnostics.Judge(Id, trial, population, new SubjectWeights(weights));
    }

    public IReweighter CreateReweighter(TrialData trial, EstimandPopulation population) => new CountReweighter();

    private sealed class CountReweighter : IReweighter
    {
        public bool TryReweigh(ReadOnlySpan<double> counts, Span<double> weights)
        {
            counts.CopyTo(weights);
            return true;
        }
    }
}
