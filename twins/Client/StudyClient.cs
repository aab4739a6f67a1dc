using System.Runtime.CompilerServices;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Client;

/// <summary>Sets up one study and asks it in bulk. From <see cref="TwinClient.Study"/>.</summary>
public sealed class StudyClient
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan SlowestPoll = TimeSpan.FromMilliseconds(500);

    private readonly IGrainFactory _grains;
    private readonly TwinClientOptions _options;
    private readonly RequestRetry _retry;

    internal StudyClient(StudyId study, IGrainFactory grains, TwinClientOptions options, RequestRetry retry)
    {
        Study = study;
        _grains = grains;
        _options = options;
        _retry = retry;
    }

    /// <summary>Id of the study.</summary>
    public StudyId Study { get; }

    private IStudyGrain Grain => _grains.GetGrain<IStudyGrain>(Study.Value);

    /// <summary>Opens the study; again with the same plan does nothing.</summary>
    /// <exception cref="TwinServiceException">The plan cannot be carried out, or the study is open with another one.</exception>
    public Task OpenAsync(StudyPlan plan, CancellationToken cancellation = default) => _retry.Send(() => Grain.Open(plan), cancellation);

    /// <summary>Enrols subjects, in as many batches as it takes. Running it again with the same subjects in the same order enrols nobody twice.</summary>
    /// <param name="operation">Names the enrolment; batch k is sent as <c>operation/k</c>.</param>
    /// <param name="subjects">Subjects that are not enrolled yet.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="TwinServiceException">A subject does not fit the plan or is enrolled already; earlier batches stay.</exception>
    public async Task<int> EnrolAsync(OperationId operation, IEnumerable<SubjectEnrolment> subjects, CancellationToken cancellation = default)
    {
        var enrolled = 0;
        foreach (var (k, chunk) in Batches(subjects).Index())
        {
            var batch = new EnrolmentBatch(new OperationId($"{operation}/{k}"), chunk);
            enrolled += (await _retry.Send(() => Grain.Enrol(batch), cancellation).ConfigureAwait(false)).EnrolledCount;
        }

        return enrolled;
    }

    // As many subjects as one request may carry, in number and in numbers of omics layers.
    private static IEnumerable<SubjectEnrolment[]> Batches(IEnumerable<SubjectEnrolment> subjects)
    {
        var batch = new List<SubjectEnrolment>();
        var values = 0L;
        foreach (var subject in subjects)
        {
            var own = (subject.Layers ?? []).Sum(row => (long)row.Length);
            if (batch.Count == EnrolmentBatch.MaximumSubjects || (batch.Count > 0 && values + own > EnrolmentBatch.MaximumLayerValues))
            {
                yield return [.. batch];
                batch.Clear();
                values = 0;
            }

            batch.Add(subject);
            values += own;
        }

        if (batch.Count > 0)
        {
            yield return [.. batch];
        }
    }

    /// <summary>Trains the twin model and waits for it. Running it again under the same operation id answers from the finished training.</summary>
    /// <param name="request">Operation id and seed.</param>
    /// <param name="progress">Told the fraction done; may be null.</param>
    /// <param name="cancellation">Cancels the training itself.</param>
    /// <exception cref="TrainingFailedException">It ended without a model.</exception>
    /// <exception cref="TwinServiceException">Unknown study, or another training runs.</exception>
    public async Task<ModelDescription> TrainAsync(TrainingRequest request, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        try
        {
            var status = await _retry.Send(() => Grain.Train(request), cancellation).ConfigureAwait(false);
            for (var pause = FirstPoll; !status.IsFinal; pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, SlowestPoll.Ticks)))
            {
                progress?.Report(status.FractionDone);
                await Task.Delay(pause, cancellation).ConfigureAwait(false);
                status = await _retry.Send(() => Grain.Progress(), cancellation).ConfigureAwait(false);
            }

            progress?.Report(status.FractionDone);
            return status is { Phase: TrainingPhase.Ready, Model: { } model } ? model : throw new TrainingFailedException(Study, status);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await _retry.Send(() => Grain.CancelTraining(request.Operation), CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Every subject of the study in ordinal order of the ids, fetched page by page.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    public async IAsyncEnumerable<RosterEntry> ListAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        SubjectId? after = null;
        do
        {
            var last = after;
            var page = await _retry.Send(() => Grain.List(last, SubjectPage.MaximumSubjects), cancellation).ConfigureAwait(false);
            foreach (var entry in page.Subjects)
            {
                yield return entry;
            }

            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>Forecasts of many twins, a bounded number under way at once.</summary>
    /// <returns>Shape [subjects], in the order asked for.</returns>
    /// <exception cref="TwinServiceException">Unknown subject or arm, not trained, or a horizon out of range.</exception>
    public async Task<IReadOnlyList<TwinForecast>> ForecastAsync(
        IReadOnlyList<SubjectId> subjects, ForecastRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        var forecasts = new TwinForecast[subjects.Count];
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = _options.Parallelism, CancellationToken = cancellation };
        await Parallel.ForAsync(0, subjects.Count, bounds, async (i, stop) =>
        {
            var twin = _grains.GetGrain<ITwinGrain>(new TwinKey(Study, subjects[i]).ToString());
            forecasts[i] = await _retry.Send(() => twin.Forecast(request), stop).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return forecasts;
    }

    /// <summary>The study at a glance.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    public Task<StudySummary> SummarizeAsync(CancellationToken cancellation = default) => _retry.Send(() => Grain.Summarize(), cancellation);
}
