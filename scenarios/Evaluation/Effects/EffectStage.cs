using DigitalTwin.Models.Effects;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Policies;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>Predicts the effect on subjects held out, and judges the predictions by doubly robust scores whose models did not see them either.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="effect">Its effect.</param>
/// <param name="data">The subjects.</param>
/// <param name="context">What is learnt with; the seed is replaced by each of the evaluation's.</param>
internal sealed class EffectStage(EvaluationPlan plan, EffectPlan effect, EvaluationData data, LearningContext context)
{
    private readonly EffectQuestion _question = data.Problem.Outcome is SurvivalOutcome survival ? effect.Question with { Horizon = effect.Question.Horizon ?? survival.Horizon } : effect.Question;
    private readonly double _normal = Normal.Quantile(0.5 + (plan.Limits.Confidence / 2));

    /// <returns>The result, or a sentence on why there is none.</returns>
    public (EffectResult? Result, string? Note) Run()
    {
        try
        {
            var learners = Learners();
            EffectPass[] passes = [.. SplitPass.All(plan, data).Select(p => Pass(learners, p))];
            return (Result([.. learners.Select(l => l.Name)], passes), null);
        }
        catch (UnlearnableException e)
        {
            return (null, $"The effect of {_question.Treated.Value} is not told: {e.Message}");
        }
    }

    private ChosenInputs Outcomes()
    {
        var model = plan.Models.First(m => m.Name == effect.Model);
        return new ChosenInputs(model.Learner, inputs => EvaluationRunner.Seen(inputs, model));
    }

    private ChosenInputs? Propensities() => effect.Propensity.Count == 0 ? null : new ChosenInputs(
        new LateFusedLinearLearner(), inputs => new SubjectInputs(inputs.Subjects, [.. inputs.Covariates.Where(c => effect.Propensity.Contains(c.Variable.Name))], []));

    private IEffectLearner[] Learners() =>
    [
        new SingleModelEffects(Outcomes()),
        new SeparateModelEffects(Outcomes()),
        new DoublyRobustEffects(Outcomes(), Propensities(), new SummarizedObservations(new LateFusedLinearLearner())),
    ];

    private EffectPass Pass(IEffectLearner[] learners, SplitPass pass)
    {
        var folds = new int[data.Problem.Count];
        foreach (var k in pass.Splits)
        {
            foreach (var row in data.SplitsOfSeed[pass.Seed][k].Test)
            {
                folds[row] = k - pass.First;
            }
        }

        var own = context with { Seed = plan.Seeds[pass.Seed] };
        var scores = EffectScores.CrossFit(data.Problem, _question, Outcomes(), Propensities(), null, folds, own);
        return new EffectPass(scores, [.. learners.Select(l => Predict(l, scores, folds, own))], plan.Seeds[pass.Seed]);
    }

    // One that cannot be learnt does not take the others with it.
    private LearntEffects Predict(IEffectLearner learner, EffectScores scores, int[] folds, LearningContext own)
    {
        var effects = new double[scores.Subjects.Length];
        try
        {
            var lastFold = folds.Max();
            for (var fold = 0; fold <= lastFold; fold++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                int[] heldOut = [.. Enumerable.Range(0, effects.Length).Where(i => folds[scores.Subjects[i]] == fold)];
                var training = data.Problem.Take([.. Enumerable.Range(0, folds.Length).Where(i => folds[i] != fold)]);
                var predicted = learner.Fit(training, _question, own).Predict(data.Problem.Inputs.Take([.. heldOut.Select(i => scores.Subjects[i])]));
                foreach (var (k, i) in heldOut.Index())
                {
                    effects[i] = predicted[k];
                }
            }

            return new LearntEffects(effects, null);
        }
        catch (UnlearnableException e)
        {
            return new LearntEffects(null, e.Message);
        }
    }

    private EffectResult Result(string[] names, EffectPass[] passes)
    {
        var column = data.Problem.Inputs.Treatments!;
        var rows = passes[0].Scores.Subjects;
        string[] arms = [.. rows.Select(r => column.Treatments[column.Indices[r]].Arm.Value)];
        EffectLearnerResult[] learners = [.. names.Select((name, l) => Learner(name, [.. passes.Select(p => (p, p.Learnt[l]))]))];
        var average = Number([.. passes.Select(p => p.Scores.Average()).Select(a => (a.Estimate, a.StandardError))]);
        return new EffectResult(
            _question.Treated.Value,
            _question.Reference.Value,
            Spelling.Of(_question.Measure),
            _question.Horizon?.Days,
            effect.Model,
            effect.Propensity,
            arms.Count(a => a == _question.Treated.Value),
            arms.Count(a => a == _question.Reference.Value),
            passes.Length,
            passes.Average(p => p.Scores.ClippedCount),
            Crude(rows, [.. arms.Select(a => a == _question.Treated.Value)]),
            average,
            learners,
            [.. rows.Select((r, i) => new SubjectEffect(
                data.Problem.Inputs.Subjects[r].Value, arms[i], [.. names.Select((_, l) => passes.All(p => p.Learnt[l].Effects is not null) ? passes.Average(p => p.Learnt[l].Effects![i]) : double.NaN)]))
                .OrderBy(s => s.Subject, StringComparer.Ordinal)],
            Claim(average, learners));
    }

    private EffectLearnerResult Learner(string name, (EffectPass Pass, LearntEffects Learnt)[] passes)
    {
        if (passes.Select(p => p.Learnt.Failure).OfType<string>().FirstOrDefault() is { } failure)
        {
            return new EffectLearnerResult(name, double.NaN, double.NaN, null, null, null, "not learnt", failure);
        }

        var ranked = passes.Select(p => RankedEffect.Of(p.Pass.Scores.Values, p.Learnt.Effects!, p.Pass.Seed)).ToArray();
        var qini = Number([.. ranked.Select(r => (r.Qini, r.QiniStandardError))]);
        return new EffectLearnerResult(
            name,
            passes.Average(p => p.Learnt.Effects!.Average()),
            passes.Average(p => Spread(p.Learnt.Effects!)),
            qini,
            Number([.. ranked.Select(r => (r.Autoc, r.AutocStandardError))]),
            Number([.. passes.Select(p => EffectSlope.Of(p.Pass.Scores.Values, p.Learnt.Effects!)).Select(s => (s.Slope, s.StandardError))]),
            qini.Lower > 0 ? "ranks" : qini.Upper < 0 ? "ranks wrongly" : "cannot tell",
            null);
    }

    private EffectNumber Crude(int[] rows, bool[] treated)
    {
        var values = OutcomeValues.Observed(data.Problem.Outcome.Take(rows), [.. treated.Select(t => t ? 1 : 0)], _question);
        var (with, withVariance) = Mean(true);
        var (without, withoutVariance) = Mean(false);
        return Number([(with - without, Math.Sqrt(withVariance + withoutVariance))]);

        (double Mean, double Variance) Mean(bool isTreated)
        {
            double[] own = [.. Enumerable.Range(0, rows.Length).Where(i => treated[i] == isTreated).Select(i => values[i])];
            var mean = own.Average();
            return (mean, own.Sum(v => (v - mean) * (v - mean)) / (own.Length - 1) / own.Length);
        }
    }

    // Several passes judge the same subjects: they steady the mean and narrow nothing.
    private EffectNumber Number((double Value, double Error)[] passes)
    {
        var (value, error) = (passes.Average(p => p.Value), passes.Average(p => p.Error));
        return new EffectNumber(value, value - (_normal * error), value + (_normal * error));
    }

    private static double Spread(double[] effects)
    {
        var mean = effects.Average();
        return Math.Sqrt(effects.Sum(e => (e - mean) * (e - mean)) / (effects.Length - 1));
    }

    private string Claim(EffectNumber average, EffectLearnerResult[] learners)
    {
        var ranking = learners.Where(l => l.Verdict == "ranks").Select(l => l.Learner).ToArray();
        var wrongly = learners.Where(l => l.Verdict == "ranks wrongly").Select(l => l.Learner).ToArray();
        return (average.Lower <= 0 && average.Upper >= 0 ? "These subjects cannot tell whether the arms differ on average. " : "On average the arms differ by more than chance. ")
            + (ranking.Length > 0 ? $"Who gains more is told apart by {string.Join(", ", ranking)}" : "Who gains more than others is not told apart by any learner: use the average")
            + (wrongly.Length > 0 ? $"; {string.Join(", ", wrongly)} put those first who gain less. " : ". ")
            + $"All of it holds if {(effect.Propensity.Count == 0 ? "the arms were randomised alike for everybody" : "nothing that is not under effect.propensity bears on both arm and outcome")}; no correction is made for three learners.";
    }

    private sealed record LearntEffects(double[]? Effects, string? Failure);

    private sealed record EffectPass(EffectScores Scores, LearntEffects[] Learnt, ulong Seed);
}
