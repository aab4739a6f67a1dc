using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Scenarios.Evaluation;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>What a recovery study found, as it is written to JSON: names in camelCase, what is no number as null.</summary>
/// <param name="Schema"><see cref="SchemaName"/>.</param>
/// <param name="Title">Of the study.</param>
/// <param name="EngineVersion">Of the program.</param>
/// <param name="File">The file and its SHA-256.</param>
/// <param name="Target">The gene that the drug inhibits.</param>
/// <param name="GeneCount">Genes measured.</param>
/// <param name="Options">What trials are like.</param>
/// <param name="Learner">Name of the learner.</param>
/// <param name="Seed">Of everything that is drawn.</param>
/// <param name="ReplicateCount">Trials.</param>
/// <param name="Truth">Average effect in the population, risk under the drug less risk under control.</param>
/// <param name="TruthError">Its standard error, by simulation.</param>
/// <param name="Estimators">Of the average effect.</param>
/// <param name="Ceiling">Correlation that the learner reaches when it is taught the true effects.</param>
/// <param name="Correlation">Of predicted and true effects, doubly robust learner.</param>
/// <param name="SeparateCorrelation">Of predicted and true effects, separate models of the arms.</param>
/// <param name="Slope">Of true on predicted effects.</param>
/// <param name="PolicyGain">True fall of the risk by treating the half predicted to gain most, over a random half.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record KnownTruthResult(
    string Schema,
    string Title,
    string EngineVersion,
    HashedName File,
    string Target,
    int GeneCount,
    KnownTruthOptions Options,
    string Learner,
    ulong Seed,
    int ReplicateCount,
    double Truth,
    double TruthError,
    IReadOnlyList<EstimatorRecovery> Estimators,
    double Ceiling,
    ReplicateMean Correlation,
    ReplicateMean SeparateCorrelation,
    ReplicateMean Slope,
    ReplicateMean PolicyGain,
    double Seconds)
{
    /// <summary>Value of <see cref="Schema"/>.</summary>
    public const string SchemaName = "digitaltwin/known-truth-result/1";
}
