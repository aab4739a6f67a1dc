using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>One way to make outside subjects stand in for a control arm. A new way is one new file.</summary>
public interface IControlArmMethod
{
    /// <summary>The scenario's name of the method.</summary>
    string Id { get; }

    /// <summary>Whether the method can speak for this population.</summary>
    bool Supports(EstimandPopulation population);

    /// <summary>Weighs every subject of the trial and judges the arm that results.</summary>
    /// <exception cref="ArgumentException">The population is not supported, or a chosen covariate is not there.</exception>
    /// <exception cref="SeparationException">Covariates tell the arms apart.</exception>
    /// <exception cref="NoOverlapException">The arms have too little in common.</exception>
    ControlArm Build(TrialData trial, EstimandPopulation population);

    /// <summary>Weights of resamples of the trial, for the bootstrap.</summary>
    IReweighter CreateReweighter(TrialData trial, EstimandPopulation population);
}
