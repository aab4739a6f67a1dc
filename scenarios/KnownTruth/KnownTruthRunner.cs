using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Output.Terminal;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>Draws the trials of a known-truth file, analyses them, and holds the answers against the truth.</summary>
internal static class KnownTruthRunner
{
    /// <param name="file">The study.</param>
    /// <param name="engineVersion">Of the program.</param>
    /// <param name="threadCount">Replicates at a time; no result depends on it.</param>
    /// <param name="progress">Shown to whoever waits.</param>
    /// <param name="clock">Takes the time.</param>
    /// <param name="cancellation">Stops it.</param>
    public static KnownTruthResult Run(
        KnownTruthFile file, string engineVersion, int threadCount, RunProgress progress, TimeProvider clock, CancellationToken cancellation)
    {
        var plan = file.Plan;
        var started = clock.GetTimestamp();
        var study = new RecoveryStudy(plan.Generator(), KnownTruthLearners.Create(plan.Learner), KnownTruthLearners.Create(plan.Learner));
        progress.Step("Learning from the true effects, for the ceiling");
        var ceiling = study.Ceiling(plan.Seed, threadCount, cancellation);
        progress.Step(FormattableString.Invariant($"Drawing and analysing {plan.ReplicateCount} trials"));
        var result = study.Run(plan.ReplicateCount, plan.Seed, threadCount, new Fraction(progress), cancellation);
        return new KnownTruthResult(
            KnownTruthResult.SchemaName,
            plan.Title,
            engineVersion,
            new HashedName(file.FileName, file.Sha256),
            plan.Target.Value,
            plan.Network.NodeCount,
            plan.Options,
            plan.Learner,
            plan.Seed,
            plan.ReplicateCount,
            result.Truth,
            result.TruthError,
            result.Estimators,
            ceiling,
            result.Correlation,
            result.SeparateCorrelation,
            result.Slope,
            result.PolicyGain,
            clock.GetElapsedTime(started).TotalSeconds);
    }

    // Progress<T> would post to a context of its own; this tells at once.
    private sealed class Fraction(RunProgress progress) : IProgress<double>
    {
        public void Report(double value) => progress.Report(value);
    }
}
