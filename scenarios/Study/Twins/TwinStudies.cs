using System.Globalization;
using DigitalTwin.Contracts;
using DigitalTwin.Models;
using DigitalTwin.Models.Penalized;
using DigitalTwin.Models.Twins;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Twins;

/// <summary>Turns a scenario and its trial into a study that the twin service can open, enrol and train.</summary>
internal static class TwinStudies
{
    // Networks inside a member: the members are an ensemble themselves.
    private const int NetworkCount = 2;

    /// <param name="scenario">The scenario; must ask for twins.</param>
    /// <param name="studyName">Name of the scenario file without folder and ending.</param>
    /// <param name="trial">The trial with the twin's covariates.</param>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="threads">Threads the training may use.</param>
    /// <exception cref="StudyException">The data cannot carry the twins.</exception>
    public static ServedStudy Of(Scenario scenario, string studyName, TrialData trial, ulong seed, int threads)
    {
        var twin = scenario.Twin ?? throw new ArgumentException("The scenario asks for no twins.", nameof(scenario));
        if (trial.Covariates.ColumnCount == 0)
        {
            throw new StudyException("twin", "Every covariate of the twins is the same for all subjects, so there is nothing to forecast from. Give 'twin.covariates' that vary, or leave the twins out.");
        }

        var trainer = TrainerOf(twin, threads);
        var (treatedArm, controlArm) = (scenario.Arms.Treated.Id, scenario.Arms.Control.Id);
        var plan = new StudyPlan(
            scenario.Title,
            treatedArm,
            controlArm,
            trial.Outcome.Kind,
            trial.Outcome is ContinuousOutcome continuous ? continuous.Unit : string.Empty,
            trial.Outcome is SurvivalOutcome survival ? survival.Horizon : Duration.FromDays(1),
            [.. trial.Covariates.Columns],
            trainer.Kind,
            trial.Layers.Count == 0 ? null : [.. trial.Layers.Select(LayerFeatures.Of)]);
        var key = string.Create(CultureInfo.InvariantCulture, $"{trainer.Kind}/folds-{twin.FoldCount}/members-{twin.MemberCount}");
        return new ServedStudy(StudyIdOf(studyName), plan, TrialEnrolment.From(trial, treatedArm, controlArm), seed, key, trainer)
        {
            Notes = Foreseen(trainer, new TwinTrainingData(trial, treatedArm, controlArm, seed)),
        };
    }

    // Asked here, for the training itself starts only when every subject is enrolled and may run beside the methods.
    private static IReadOnlyList<string> Foreseen(ITwinTrainer trainer, TwinTrainingData data)
    {
        try
        {
            return trainer.Foresee(data);
        }
        catch (TwinTrainingException e)
        {
            throw new StudyException("twin", e.Message, e);
        }
    }

    private static ITwinTrainer TrainerOf(TwinSpecification twin, int threads) => twin.IsMultiOmics
        ? new MultiOmicsTwinTrainer(
            StandardTwin.Of(NetworkCount),
            new MultiOmicsTwinOptions { FoldCount = twin.FoldCount, MembersPerFold = twin.MemberCount, MaxThreads = threads })
        : new PenalizedTwinTrainer(new TwinOptions { FoldCount = twin.FoldCount, MembersPerFold = twin.MemberCount, MaxThreads = threads });

    // A file may be called anything; a study's name is part of its twins' names.
    private static StudyId StudyIdOf(string name)
    {
        var cleaned = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        return new StudyId(cleaned.Length == 0 ? "study" : cleaned[..Math.Min(cleaned.Length, StudyId.MaximumLength)]);
    }
}
