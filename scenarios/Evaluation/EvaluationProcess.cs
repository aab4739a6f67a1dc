using DigitalTwin.Cohorts;
using DigitalTwin.Kernels.Devices;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Output.Terminal;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>An evaluation from its file to its result: checks the data, learns and judges every model, and answers what else the file asks.</summary>
/// <param name="file">The file, checked against the manifest of its bundle.</param>
/// <param name="version">Of the program.</param>
/// <param name="device">Where networks compute: auto, simd, cuda or opencl.</param>
/// <param name="threadCount">Threads; nothing but the time depends on it.</param>
/// <param name="progress">Shown to whoever waits.</param>
/// <param name="clock">Takes the time.</param>
internal sealed class EvaluationProcess(EvaluationFile file, string version, string device, int threadCount, RunProgress progress, TimeProvider clock)
{
    private readonly EvaluationPlan _plan = file.Plan;

    public EvaluationResult Run(CancellationToken cancellation)
    {
        var started = clock.GetTimestamp();
        var bundle = CohortStore.Read(_plan.Folder);
        cancellation.ThrowIfCancellationRequested();
        progress.Step("Checking the data");
        var data = new EvaluationAssembler(_plan).Assemble(bundle.Cohort);
        EvaluationTables.Tell(progress, data);
        cancellation.ThrowIfCancellationRequested();
        var (backend, choice) = new ComputeDevices(threadCount).Open(device);
        using var opened = backend;

        var arms = _plan.Policy is { } followed ? new ArmPredictions(followed.Model) : null;
        var explained = _plan.Explanation is { } asked ? new ExplainedModels(asked, ExplainedSplits.Of(asked, data.Problem, data.SplitsOfSeed[0])) : null;
        var perturbed = _plan.Perturbation is { } changes ? new PerturbedModels(_plan, changes, data) : null;
        IModelWitness[] witnesses = [.. new IModelWitness?[] { arms, explained, perturbed }.OfType<IModelWitness>()];
        var scores = new EvaluationRunner(_plan, backend, threadCount, progress, clock, witnesses).Run(data, cancellation);

        progress.Step("Measuring and comparing");
        var summarizer = new EvaluationSummarizer(_plan, data, threadCount);
        var (models, comparisons) = summarizer.Summarize(scores, cancellation);
        var context = new LearningContext(_plan.Seeds[0], backend, threadCount, cancellation);
        var (policy, unvalued) = _plan.Policy is { } judged && arms is not null ? new PolicyStage(_plan, judged, data, context).Judge(arms) : default;
        var (effect, untold) = Compare(data, context);
        var unlike = _plan.Unlike is { } counted ? new UnlikenessStage(_plan, counted, data, threadCount).Run(scores, summarizer, cancellation) : null;
        var (explanation, unexplained) = Explain(data, explained, cancellation);
        return new EvaluationResult(
            EvaluationResult.SchemaName,
            _plan.Title,
            version,
            choice.Device.Name,
            new HashedName(file.FileName, file.Sha256),
            new HashedName(bundle.Cohort.Description.Id.Value, bundle.Hash),
            summarizer.DescribeTarget(),
            summarizer.DescribeData(),
            summarizer.Describe(),
            _plan.Seeds,
            [.. _plan.Metrics.Select(m => new MetricResult(m.Name, m.Text, Spelling.Of(m.Direction)))],
            models,
            comparisons,
            [.. data.Notes, .. new[] { unvalued, untold, unexplained }.OfType<string>()],
            clock.GetElapsedTime(started).TotalSeconds)
        {
            Policy = policy,
            Effect = effect,
            Regions = summarizer.DescribeRegions(scores),
            Unlike = unlike,
            Explanation = explanation,
            Perturbation = perturbed is null ? null : new PerturbationStage(_plan, _plan.Perturbation!, data, summarizer).Sum(perturbed),
            Translation = Translate(data, context, summarizer),
        };
    }

    private (EffectResult? Result, string? Note) Compare(EvaluationData data, LearningContext context)
    {
        if (_plan.Effect is not { } effect)
        {
            return default;
        }

        progress.Step("Comparing arms");
        return new EffectStage(_plan, effect, data, context).Run();
    }

    private (ExplanationResult? Result, string? Note) Explain(EvaluationData data, ExplainedModels? models, CancellationToken cancellation)
    {
        if (models is null)
        {
            return default;
        }

        progress.Step("Explaining");
        return new ExplanationStage(_plan, _plan.Explanation!, data, threadCount).Explain(models, cancellation);
    }

    private TranslatedResult? Translate(EvaluationData data, LearningContext context, EvaluationSummarizer summarizer)
    {
        if (_plan.Translation is not { } translation)
        {
            return null;
        }

        progress.Step("Translating");
        return new TranslationStage(_plan, translation, data, context, summarizer).Judge();
    }
}
