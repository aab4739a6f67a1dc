using System.Runtime.InteropServices;
using DigitalTwin.Estimation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Scenarios.Study.Methods;
using DigitalTwin.Scenarios.Study.Texts;
using DigitalTwin.Scenarios.Study.Twins;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>What a run may be told beside its scenario.</summary>
/// <param name="Seed">Replaces the scenario's seed; null keeps it.</param>
/// <param name="Threads">Threads to use; no result depends on it.</param>
internal sealed record StudyOptions(ulong? Seed, int Threads);

/// <summary>What a run found, and the subject-level data sets to write with it.</summary>
internal sealed record StudyOutcome(RunResult Result, AdamStudy Adam);

/// <summary>Runs a study from scenario file to result: reads, asks the twins, builds control arms, estimates, simulates, and only then
/// opens the hidden arm.</summary>
internal sealed class StudyRunner(StudyOptions options, RunProgress progress, TimeProvider clock)
{
    private const string Device = "cpu";

    /// <param name="path">The scenario file.</param>
    /// <param name="cancellation">Stops the run; nothing is kept.</param>
    /// <exception cref="InvalidInputException">The scenario, a bundle or a population cannot be used.</exception>
    /// <exception cref="StudyException">The primary method, the twins or the simulation have no answer on these data.</exception>
    public async Task<StudyOutcome> RunAsync(string path, CancellationToken cancellation)
    {
        var started = clock.GetUtcNow();
        progress.Step("Reading scenario and cohorts");
        var inputs = StudyInputs.Load(path, options.Seed);
        var scenario = inputs.Scenario;
        var twins = ServedTwins(inputs);
        StudyWarning[] doubts = [.. inputs.Assembly.Warnings, .. (twins?.Served.Notes ?? []).Select(n => new StudyWarning("twin-inputs", n))];
        foreach (var doubt in doubts)
        {
            progress.Note($"warning: {doubt.Message}");
        }

        var (answers, outcomes, failures) = await AskTwinsAndRunMethods(inputs, twins, cancellation).ConfigureAwait(false);
        var estimates = Estimates(scenario, inputs.Assembly.Trial, outcomes);
        var (simulated, responses) = Simulate(inputs, answers, cancellation);

        // Nothing below may feed back into anything above: the hidden arm opens only in exchange for the finished estimates.
        progress.Step("Opening the hidden arm and summarising");
        var reveal = inputs.Assembly.Hidden is { } hidden ? RevealStage.Open(hidden, estimates, scenario) : null;
        var trial = inputs.Assembly.Trial;
        var arms = ArmResults.Of(scenario, trial);
        var result = new RunResult(
            new ScenarioIdentity(scenario.Title, inputs.File.FileName, inputs.File.Sha256),
            new EngineIdentity(EngineVersion.Text, inputs.Seed, Device),
            [.. scenario.Cohorts.Select(c => InputResults.Of(c.Id, inputs.Sources[c.Id]))],
            InputResults.Variables(inputs),
            arms,
            inputs.Assembly.Flows,
            StudyTexts.Endpoint(scenario.Endpoint),
            StudyTexts.Estimand(scenario),
            [.. outcomes.Select(o => ControlArmResults.Of(o, scenario, trial))],
            estimates,
            Curves(inputs, outcomes, answers),
            answers is null ? null : TwinModelText.Of(answers, scenario.Twin!),
            simulated,
            responses,
            reveal,
            [.. doubts, .. outcomes.SelectMany(o => o.Warnings), .. failures],
            new RunEnvironment(started, options.Threads, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, progress.Timings));
        return new StudyOutcome(result, Adam(inputs, result, outcomes));
    }

    /// <summary>The twins train while the methods that do not need them run: neither sees anything of the other.</summary>
    private async Task<(TwinAnswers? Answers, IReadOnlyList<MethodOutcome> Outcomes, IReadOnlyList<StudyWarning> Failures)> AskTwinsAndRunMethods(
        StudyInputs inputs, (ServedStudy Served, TrialData Trial)? twins, CancellationToken cancellation)
    {
        progress.Step("Asking the twins, building control arms, estimating");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var asking = Task.Run(() => AskTwins(twins, stop.Token), stop.Token);
        try
        {
            var (outcomes, failures) = await RunMethods(inputs, asking, cancellation).ConfigureAwait(false);
            return (await asking.ConfigureAwait(false), outcomes, failures);
        }
        catch
        {
            // The silo must be gone before the run ends, whatever ended it.
            await stop.CancelAsync().ConfigureAwait(false);
            await asking.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The twins' study, which they are refused or doubted by before anything is fitted; null for a scenario without twins.</summary>
    private (ServedStudy Served, TrialData Trial)? ServedTwins(StudyInputs inputs)
    {
        if (inputs.Scenario.Twin is not { } twin)
        {
            return null;
        }

        var trial = inputs.Assembly.ForTwins(inputs.Varying(twin.Covariates));
        return (TwinStudies.Of(inputs.Scenario, inputs.StudyName, trial, inputs.Seed, options.Threads), trial);
    }

    private static async Task<TwinAnswers?> AskTwins((ServedStudy Served, TrialData Trial)? twins, CancellationToken cancellation)
    {
        if (twins is not var (served, trial))
        {
            return null;
        }

        try
        {
            return await TwinStage.AskAsync(served, trial, cancellation).ConfigureAwait(false);
        }
        catch (Client.TrainingFailedException e)
        {
            throw new StudyException("twin", e.Message, e);
        }
    }

    private async Task<(IReadOnlyList<MethodOutcome> Outcomes, IReadOnlyList<StudyWarning> Failures)> RunMethods(
        StudyInputs inputs, Task<TwinAnswers?> asking, CancellationToken cancellation)
    {
        var plan = inputs.Scenario.ControlArm;
        var outcomes = new Dictionary<string, MethodOutcome>(StringComparer.Ordinal);
        var failures = new List<StudyWarning>();
        foreach (var method in plan.Methods.OrderBy(m => m is TwinMethodSpecification))
        {
            cancellation.ThrowIfCancellationRequested();
            var answers = method is TwinMethodSpecification ? await asking.ConfigureAwait(false) : null;
            try
            {
                outcomes.Add(method.Id, new MethodStage(inputs, answers?.UnderControl, options.Threads).Run(method, cancellation));
            }
            catch (StudyException e) when (method.Id != plan.Primary.Id)
            {
                // A method that only stands beside the primary one may fail on these data; the reader is told.
                failures.Add(new StudyWarning("method-failed", $"This method gave no answer and is left out. {e.Message}", method.Id));
            }

            progress.Report((outcomes.Count + failures.Count) / (plan.Methods.Count + 1.0));
        }

        return ([.. plan.Methods.Where(m => outcomes.ContainsKey(m.Id)).Select(m => outcomes[m.Id])], failures);
    }

    private static List<EstimateResult> Estimates(Scenario scenario, TrialData trial, IReadOnlyList<MethodOutcome> outcomes)
    {
        var primary = scenario.Estimand.Measures[0];
        var outcomeIsCommon = ArmResults.EventCount(trial, treated: false) is { } events && events > 0.15 * trial.ControlCount;
        var results = new List<EstimateResult>();
        foreach (var outcome in outcomes)
        {
            foreach (var estimate in outcome.Estimates)
            {
                var isPrimary = outcome.Method.Id == scenario.ControlArm.Primary.Id && estimate.Measure == primary.Measure
                    && results.All(r => !r.Primary);
                var sensitivity = EffectEstimate.IsRatio(estimate.Measure) ? EValue.Of(estimate, outcomeIsCommon) : null;
                results.Add(new EstimateResult(
                    EstimateResult.IdOf(outcome.Method.Id, estimate.Measure, estimate.Time),
                    isPrimary,
                    outcome.Method.Population,
                    estimate,
                    sensitivity is null ? null : new Results.EValueResult(sensitivity.Estimate, sensitivity.IntervalLimit)));
            }
        }

        return results;
    }

    private (SimulatedTrialResult? Trial, SubjectResponseResult? Response) Simulate(StudyInputs inputs, TwinAnswers? answers, CancellationToken cancellation)
    {
        if (answers is null)
        {
            return (null, null);
        }

        progress.Step("Simulating the trial");
        var trial = inputs.Assembly.Trial;
        var treated = Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i]).ToArray();
        VirtualSubject[] subjects = [.. treated.Select((row, i) => new VirtualSubject(trial.Subjects[row], answers.UnderTreatment[i], answers.UnderControl[i]))];
        var simulated = inputs.Scenario.Simulation is { } plan
            ? SimulationStage.Run(plan, inputs.Scenario, subjects, inputs.Seed, options.Threads, cancellation)
            : null;
        return (simulated, ResponseStage.Run(inputs.Scenario, subjects));
    }

    private static List<SurvivalCurve> Curves(StudyInputs inputs, IReadOnlyList<MethodOutcome> outcomes, TwinAnswers? answers)
    {
        var scenario = inputs.Scenario;
        if (scenario.Endpoint is not TimeToEventEndpoint endpoint)
        {
            return [];
        }

        var trial = inputs.Assembly.Trial;
        var level = scenario.Estimand.Confidence;
        var curves = new List<SurvivalCurve>
        {
            CurveStage.KaplanMeierOf(("treated", scenario.Arms.Treated.Label, null), CurveKind.Observed, trial, treated: true, null, endpoint, level),
            CurveStage.KaplanMeierOf(
                ("control-unweighted", $"{scenario.Arms.Control.Label}, unweighted", null), CurveKind.Unweighted, trial, treated: false, null, endpoint, level),
        };
        if (outcomes.FirstOrDefault(o => o.Method.Id == scenario.ControlArm.Primary.Id)?.Arm is { } arm)
        {
            var label = $"{scenario.Arms.Control.Label}, weighted";
            curves.Add(CurveStage.KaplanMeierOf(
                ("control-weighted", label, arm.MethodId), CurveKind.Weighted, trial, treated: false, arm.Weights.Values, endpoint, level));
        }

        if (answers is not null)
        {
            curves.Add(CurveStage.TwinPredicted("Twins' forecast under control", [.. answers.UnderControl.Cast<SurvivalForecast>()], level));
        }

        return curves;
    }

    private static AdamStudy Adam(StudyInputs inputs, RunResult result, IReadOnlyList<MethodOutcome> outcomes)
    {
        var primary = inputs.Scenario.ControlArm.Primary.Id;
        return new AdamStudy(
            inputs.StudyName.ToUpperInvariant(),
            inputs.Assembly.Trial,
            new AdamArm(result.Arms[0], inputs.Treated),
            new AdamArm(result.Arms[1], inputs.Control),
            result.Endpoint,
            [.. outcomes.Where(o => o.Arm is not null).OrderBy(o => o.Method.Id == primary ? 0 : 1).Select(o => new AdamMethodWeights(o.Method.Id, o.Arm!.Weights))]);
    }
}
