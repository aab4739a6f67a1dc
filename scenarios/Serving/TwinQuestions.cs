using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>Puts one person's questions to one twin and shows the answers.</summary>
/// <param name="client">Connection to the silo.</param>
/// <param name="twin">The twin asked.</param>
/// <param name="answers">Shows what comes back.</param>
/// <param name="cancellation">Stops waiting.</param>
internal sealed class TwinQuestions(TwinClient client, TwinKey twin, ITwinAnswers answers, CancellationToken cancellation)
{
    public async Task Describe() => answers.Show(await client.DescribeAsync(twin, cancellation));

    /// <param name="arm">The control arm unless given.</param>
    /// <param name="horizon">The study's horizon unless given.</param>
    public async Task Forecast(ArmId? arm, Duration? horizon) =>
        answers.Show(await client.ForecastAsync(twin, arm ?? (await Plan()).ControlArm, horizon, ForecastDetail.Band, cancellation));

    /// <param name="arms">Reference first; control against treated when empty, and the control arm as reference of a single one.</param>
    /// <param name="horizon">The study's horizon unless given.</param>
    public async Task Compare(IReadOnlyList<ArmId> arms, Duration? horizon)
    {
        if (arms.Count < 2)
        {
            var plan = await Plan();
            arms = [plan.ControlArm, arms.Count == 1 ? arms[0] : plan.TreatedArm];
        }

        answers.Show(await client.CompareAsync(twin, arms, horizon, cancellation));
    }

    /// <param name="arm">The control arm unless given.</param>
    public async Task Explain(ArmId? arm) =>
        answers.Show(await client.ExplainAsync(twin, arm ?? (await Plan()).ControlArm, cancellation));

    private async Task<StudyPlan> Plan() => (await client.SummarizeAsync(twin.Study, cancellation)).Plan;
}

/// <summary>A way to show a twin's answers.</summary>
internal interface ITwinAnswers
{
    void Show(TwinDescription description);

    void Show(TwinForecast forecast);

    void Show(TwinComparison comparison);

    void Show(TwinExplanation explanation);
}
