using System.Collections.Concurrent;
using DigitalTwin.Contracts;
using DigitalTwin.Models;
using Microsoft.Extensions.Logging;

namespace DigitalTwin.Grains;

/// <summary>Trains models for the studies of one silo, one at a time, each on a thread of its own.</summary>
internal sealed partial class TrainingWorker(IGrainFactory grains, ModelCatalog catalog, ILogger<TrainingWorker> logger) : IDisposable
{
    private readonly ConcurrentDictionary<StudyId, Job> _jobs = new();
    private readonly SemaphoreSlim _oneAtATime = new(1);
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Starts the training unless it runs here already, and reports to the study's training grain when it ends.</summary>
    public void Start(StudyId study, TrainingRequest request)
    {
        var job = new Job(request.Operation, CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
        if (_jobs.TryAdd(study, job))
        {
            // TaskScheduler.Default: the caller is a grain, and its scheduler must stay free.
            _ = Task.Factory.StartNew(() => Run(study, request, job), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();
        }
        else
        {
            job.Dispose();
        }
    }

    public void Cancel(OperationId operation, StudyId study)
    {
        if (_jobs.TryGetValue(study, out var job) && job.Operation == operation)
        {
            job.Cancellation.Cancel();
        }
    }

    /// <summary>0 to 1; 0 when no training of the study runs here.</summary>
    public double FractionDone(StudyId study) => _jobs.TryGetValue(study, out var job) ? job.FractionDone : 0;

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task Run(StudyId study, TrainingRequest request, Job job)
    {
        var outcome = await Outcome(study, request, job);
        _jobs.TryRemove(study, out _);
        job.Dispose();

        // A silo that stops reports nothing: the training grain starts the training again where it wakes next.
        if (!_stopping.IsCancellationRequested)
        {
            await Report(study, request.Operation, outcome);
        }
    }

    private async Task Report(StudyId study, OperationId operation, TrainingOutcome outcome)
    {
        try
        {
            await grains.GetGrain<ITrainingGrain>(study.Value).Complete(operation, outcome);
        }
#pragma warning disable CA1031 // The report may fail as any call may; the grain resumes from its stored state when it wakes.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            LogReportFailed(cause, study.Value);
        }
    }

    private async Task<TrainingOutcome> Outcome(StudyId study, TrainingRequest request, Job job)
    {
        try
        {
            await _oneAtATime.WaitAsync(job.Cancellation.Token);
            try
            {
                return new TrainingOutcome(await Train(study, request, job), false, "");
            }
            finally
            {
                _oneAtATime.Release();
            }
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            return new TrainingOutcome(null, true, "");
        }
        catch (Exception cause) when (cause is TwinTrainingException or TwinServiceException)
        {
            return new TrainingOutcome(null, false, cause.Message);
        }
#pragma warning disable CA1031 // A trainer may fail in any way. Its text stays in the log: it might hold a subject's values.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            LogTrainingFailed(cause, study.Value);
            return new TrainingOutcome(null, false, $"The training failed with {cause.GetType().Name}; the silo's log has the details. Train again under a new operation id.");
        }
    }

    private async Task<TrainedModel> Train(StudyId study, TrainingRequest request, Job job)
    {
        var plan = await grains.GetGrain<IStudyGrain>(study.Value).Describe();
        var roster = await grains.GetGrain<IStudyRoster>(study.Value).Roster();
        var subjects = await FanOut.Select(
            roster.Where(r => r.HasOutcome), entry => grains.GetGrain<ITwinEnrolment>(new TwinKey(study, entry.Subject).ToString()).Contribute());
        var data = TrainingData.From(plan, subjects, request.Seed);
        var trained = await Task.Factory.StartNew(
            () => catalog.Trainer(plan.ModelKind).Train(data, job, job.Cancellation.Token),
            job.Cancellation.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        await catalog.Add(trained.Model);
        return ModelDescriptions.Of(trained, plan, data);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The training of study {Study} failed.")]
    private partial void LogTrainingFailed(Exception cause, string study);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The end of the training of study {Study} could not be reported.")]
    private partial void LogReportFailed(Exception cause, string study);

    /// <summary>A training under way here.</summary>
    private sealed class Job(OperationId operation, CancellationTokenSource cancellation) : IProgress<double>, IDisposable
    {
        private double _fractionDone;

        public OperationId Operation { get; } = operation;

        public CancellationTokenSource Cancellation { get; } = cancellation;

        public double FractionDone => Volatile.Read(ref _fractionDone);

        public void Report(double value) => Volatile.Write(ref _fractionDone, Math.Clamp(value, 0, 1));

        public void Dispose() => Cancellation.Dispose();
    }
}
