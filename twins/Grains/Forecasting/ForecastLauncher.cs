using DigitalTwin.Contracts;

namespace DigitalTwin.Grains;

/// <summary>Turns a batch of waiting requests into as few model calls as it takes, and answers each request.</summary>
internal static class ForecastLauncher
{
    /// <summary>Answers every request of the batch, with a result or with the failure of its launch.</summary>
    public static void Launch(IReadOnlyList<TwinWork> batch)
    {
        foreach (var group in batch.OfType<ForecastWork>().GroupBy(w => (w.Model, w.Arm, w.Horizon)))
        {
            LaunchForecasts([.. group]);
        }

        foreach (var work in batch.OfType<ExplainWork>())
        {
            LaunchExplanation(work);
        }
    }

    private static void LaunchForecasts(ForecastWork[] group) => FailTogether(group, () =>
    {
        var (model, arm, horizon) = (group[0].Model, group[0].Arm, group[0].Horizon);
        var forecasts = model.Forecast(SubjectInputsBatch.Of(model.Columns, model.Layers, [.. group.Select(w => w.Subject)]), arm, horizon);
        for (var i = 0; i < group.Length; i++)
        {
            group[i].Succeed(ForecastSummary.Of(forecasts[i], group[i].Detail, group[i].OutcomeUnit));
        }
    });

    private static void LaunchExplanation(ExplainWork work) => FailTogether([work], () =>
        work.Succeed([.. work.Model.Explain(SubjectInputsBatch.Of(work.Model.Columns, work.Model.Layers, [work.Subject]), work.Arm, work.Horizon)
            .Select(c => new Contribution(c.Variable, c.Value, c.Contribution, c.StandardDeviation))]));

    private static void FailTogether(TwinWork[] group, Action launch)
    {
        try
        {
            launch();
        }
#pragma warning disable CA1031 // Whatever a model throws belongs to the callers of this launch: the thread serves the next one.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            foreach (var work in group)
            {
                work.Fail(cause);
            }
        }
    }
}
