using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Judges a policy on subjects that neither its model nor its propensities were learnt from.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="policy">Its policy.</param>
/// <param name="data">The subjects.</param>
/// <param name="context">What the propensities are learnt with; the seed is replaced by each of the evaluation's.</param>
internal sealed class PolicyStage(EvaluationPlan plan, PolicyPlan policy, EvaluationData data, LearningContext context)
{
    private readonly double _normal = Normal.Quantile(0.5 + (plan.Limits.Confidence / 2));

    /// <returns>The result, or a sentence on why there is none.</returns>
    public (PolicyResult? Result, string? Note) Judge(ArmPredictions predictions)
    {
        try
        {
            var passes = Passes(predictions);
            return passes.Length == 0 ? (null, $"The policy is not told: '{policy.Model}' could not be learnt on any complete pass over the subjects.")
                : !passes.Any(p => p.TellsArmsApart) ? (null, $"The policy is not told: '{policy.Model}' predicts the same under every arm. Name a model that looks at the arm.")
                : (Result(passes), null);
        }
        catch (UnlearnableException e)
        {
            return (null, $"The policy is not told, for the propensities could not be learnt: {e.Message}");
        }
        catch (ArgumentException e) when (e.ParamName == "chosen")
        {
            return (null, $"The policy is not told: {e.Message}");
        }
    }

    private PolicyPass[] Passes(ArmPredictions predictions) =>
        [.. SplitPass.All(plan, data).Where(p => p.Splits.All(k => predictions.Of(p.Seed, k) is not null)).Select(p => Pass(predictions, p))];

    private PolicyPass Pass(ArmPredictions predictions, SplitPass run)
    {
        var pass = new PolicyPass();
        var outcomes = Values(data.Problem.Outcome);
        var received = data.Problem.Inputs.Treatments!.Indices.ToArray();
        foreach (var k in run.Splits)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var split = data.SplitsOfSeed[run.Seed][k];
            var propensities = ArmPropensities.Of(data.Problem, split, policy.Propensity, context with { Seed = plan.Seeds[run.Seed] });
            pass.Add([.. split.Test.Select(r => outcomes[r])], [.. split.Test.Select(r => received[r])], predictions.Of(run.Seed, k)!, propensities, policy);
        }

        return pass;
    }

    private PolicyResult Result(PolicyPass[] passes)
    {
        var hasSingle = passes.All(p => p.HasSingle);
        var inverse = passes.Select(p => p.InverseProbability()).ToArray();
        var robust = passes.Select(p => p.DoublyRobust()).ToArray();
        var single = hasSingle ? passes.Select(p => p.SingleArm()).ToArray() : [];
        var rows = new List<PolicyRow>
        {
            Row("as it was", passes.Average(p => p.ObservedMean), passes.Average(p => p.ObservedError), passes[0].Count, passes[0].Count),
            Row("best arm for each, inverse probability", inverse),
            Row("best arm for each, doubly robust", robust),
        };
        var differences = new List<PolicyDifference> { Difference("best arm for each less as it was", [.. passes.Select(p => p.OverObserved())]) };
        if (hasSingle)
        {
            rows.Add(Row("best single arm, doubly robust", single));
            differences.Add(Difference("best arm for each less best single arm", [.. passes.Select(p => p.OverSingleArm())]));
        }

        var column = data.Problem.Inputs.Treatments!;
        return new PolicyResult(
            policy.Model,
            policy.HighestIsBest ? PolicyBinder.Highest : PolicyBinder.Lowest,
            policy.Propensity,
            policy.LeastPropensity,
            passes[0].Count,
            passes.Length,
            rows,
            differences,
            [.. column.Treatments.Select((t, arm) => new AssignedArm(
                t.Arm.Value,
                passes.Average(p => p.Chosen.Count(c => c == arm) / (double)p.Count),
                column.Indices.ToArray().Count(c => c == arm) / (double)column.Count))],
            passes.Average(p => p.Unsupported.Left / (double)p.Unsupported.All),
            Claim(differences[0], hasSingle));
    }

    private static string Claim(PolicyDifference gain, bool hasSingle)
    {
        var what = gain.Verdict switch
        {
            "better" => "Assignment by the model did better than what was done.",
            "worse" => "Assignment by the model did worse than what was done.",
            _ => "These subjects cannot tell whether assignment by the model does better than what was done.",
        };
        var single = hasSingle ? string.Empty : " No single arm is supported for every subject, so that none is valued.";
        return $"{what}{single} The intervals take the learnt policy and the propensities as given, and hold if nothing that is not under policy.propensity, such as when a subject entered, "
            + "bears on both arm and outcome. Several passes judge the same subjects: they steady the mean and narrow no interval.";
    }

    private PolicyRow Row(string name, Numerics.Policies.PolicyValue[] values) => Row(
        name, values.Average(v => v.Value), values.Average(v => v.StandardError), values.Average(v => v.FollowedCount), values.Average(v => v.EffectiveSampleSize));

    private PolicyRow Row(string name, double value, double error, double followed, double size) =>
        new(name, value, value - (_normal * error), value + (_normal * error), followed, size);

    private PolicyDifference Difference(string name, (double Difference, double StandardError)[] passes)
    {
        var (mean, error) = (passes.Average(p => p.Difference), passes.Average(p => p.StandardError));
        var (lower, upper) = (mean - (_normal * error), mean + (_normal * error));
        var verdict = lower <= 0 && upper >= 0 ? "cannot tell" : mean > 0 == policy.HighestIsBest ? "better" : "worse";
        return new PolicyDifference(name, mean, lower, upper, verdict);
    }

    private static double[] Values(OutcomeData outcome) => outcome switch
    {
        BinaryOutcome binary => [.. binary.Occurred.Select(o => o ? 1.0 : 0)],
        ContinuousOutcome continuous => continuous.Values,
        _ => throw new ArgumentException($"A policy cannot be judged by a {outcome.Kind} outcome.", nameof(outcome)),
    };
}
