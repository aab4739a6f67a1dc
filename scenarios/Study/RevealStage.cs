using System.Globalization;
using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Scenarios.Study.Populations;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>Compares finished estimates with the real control arm.</summary>
internal static class RevealStage
{
    private const string Truth = "reveal";

    /// <summary>Opens the hidden arm against the finished estimates, and estimates the same measures with it.</summary>
    public static RevealResult Open(SealedArm hidden, IReadOnlyList<EstimateResult> estimates, Scenario scenario)
    {
        var revealed = hidden.Open(FrozenEstimates.Freeze([.. estimates.Select(e => e.Estimate)]));
        var trial = revealed.Trial;
        var level = scenario.Estimand.Confidence;
        var requests = scenario.Estimand.Measures.Select(m => new MeasureRequest(m.Measure, m.Time)).ToArray();
        var arm = new UnadjustedMethod(Truth).Build(trial, scenario.Estimand.Population);
        var truths = Estimate(trial, arm.Weights, requests, level);
        var curve = scenario.Endpoint is TimeToEventEndpoint endpoint
            ? CurveStage.KaplanMeierOf((Truth, "Real control arm (hidden until now)", null), CurveKind.Revealed, trial, treated: false, null, endpoint, level)
            : null;
        return new RevealResult(
            revealed.Label,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{trial.ControlCount} subjects of population '{revealed.Label}', sealed before the first fit and opened only against the finished estimates (SHA-256 {revealed.Estimates.Hash[..16]}). Compared with the treated arm without adjustment."),
            trial.ControlCount,
            ArmResults.EventCount(trial, treated: false),
            truths,
            RevealResult.Compare(estimates, truths),
            curve);
    }

    private static IReadOnlyList<EffectEstimate> Estimate(TrialData trial, SubjectWeights weights, MeasureRequest[] requests, double level)
    {
        RequireFollowUp(trial, requests);
        try
        {
            return WeightedEstimator.Estimate(trial, weights, requests, Truth, level);
        }
        catch (EstimationFailedException e)
        {
            throw new StudyException(Truth, $"{e.Message} Widen the hidden population, or leave 'reveal' out.", e);
        }
    }

    // Not before the run: a refusal there would let hidden outcomes decide what is fitted.
    private static void RequireFollowUp(TrialData trial, MeasureRequest[] requests)
    {
        if (trial.Outcome is SurvivalOutcome survival
            && survival.Days.Where((_, i) => !trial.Treated[i]).Max() is var longest
            && Array.Find(requests, r => r.Time?.Days > longest) is { } late)
        {
            throw new StudyException(Truth, string.Create(
                CultureInfo.InvariantCulture,
                $"The hidden arm is followed for {longest:0.#} days at most, but the {ResultNames.Of(late.Measure)} is asked for at {late.Time}. Ask for an earlier time, or leave 'reveal' out."));
        }
    }
}
