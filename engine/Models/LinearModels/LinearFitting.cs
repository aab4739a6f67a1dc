using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.LinearModels.Parts;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.LinearModels;

/// <summary>What the stacked learners have in common: features, inner folds, a stack a task, the head.</summary>
internal sealed class LinearFitting
{
    /// <summary>Fewest subjects with a layer that a part is fitted to.</summary>
    private const int FewestWithLayer = 20;

    private readonly LinearTuningOptions _options;
    private readonly LearningContext _context;
    private readonly LinearFeatures _features;
    private readonly IReadOnlyList<int[]> _folds;
    private readonly List<string> _findings = [];

    /// <exception cref="UnlearnableException">There is no feature that varies.</exception>
    public LinearFitting(LearningProblem problem, LinearTuningOptions options, LearningContext context)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RepeatCount, 1);
        (Problem, _options, _context) = (problem, options, context);
        _features = LinearFeatures.Fit(problem.Inputs, options.Features);
        Blocks = _features.Encode(problem.Inputs);
        if (Blocks.Count == 0)
        {
            throw new UnlearnableException($"No covariate, arm or layer varies among the {problem.Count} training subjects; there is nothing to learn from.");
        }

        var foldCount = OutcomeChecks.FoldCount(problem, options.FoldCount);
        _folds = [.. Enumerable.Range(0, options.RepeatCount).Select(r => LearningFolds.Stratified(problem, foldCount, context.Seed, (uint)r))];
        foreach (var layer in problem.Inputs.Layers.Where(l => Blocks.All(b => b.Name != l.Layer.Name)))
        {
            Say($"Layer '{layer.Layer.Name}' has no feature that varies and was left out.");
        }
    }

    public LearningProblem Problem { get; }

    /// <summary>Of the training subjects.</summary>
    public IReadOnlyList<FeatureBlock> Blocks { get; }

    public void Say(string finding)
    {
        if (!_findings.Contains(finding))
        {
            _findings.Add(finding);
        }
    }

    /// <summary>Why a part cannot be learnt from these subjects, or null.</summary>
    public string? CanLearnFrom(bool[] isPresent, OutcomeTask task)
    {
        var present = isPresent.Count(p => p);
        if (present < FewestWithLayer)
        {
            return $"{present} training subjects have it, {FewestWithLayer} are needed.";
        }

        foreach (var folds in _folds)
        {
            for (var fold = 0; fold <= folds.Max(); fold++)
            {
                int[] rows = [.. Enumerable.Range(0, isPresent.Length).Where(i => isPresent[i] && folds[i] != fold)];
                if (rows.Length == 0 || !HasInformation(task, rows))
                {
                    return "the subjects that have it are too alike in outcome to hold a fold of them out.";
                }
            }
        }

        return null;
    }

    public StackedLinearPredictor Fit(Func<PartTrainer, OutcomeTask, IReadOnlyList<RidgePart>> partsOf)
    {
        var tasks = OutcomeTask.Of(Problem);
        var parts = new IReadOnlyList<RidgePart>[tasks.Count];
        var stacks = new PartStack[tasks.Count];
        for (var t = 0; t < tasks.Count; t++)
        {
            var trainer = new PartTrainer(tasks[t], _folds, _options, _context.ThreadCount, _context.Cancellation);
            parts[t] = partsOf(trainer, tasks[t]);
            if (parts[t].Count == 0)
            {
                throw new UnlearnableException($"No layer has enough training subjects to learn from: {string.Join(" ", _findings)}");
            }

            stacks[t] = PartStack.Fit(parts[t], tasks[t], _folds[0]);
            var of = tasks[t].Name.Length == 0 ? string.Empty : $"{tasks[t].Name}: ";
            foreach (var finding in parts[t].Select(p => p.Finding).Concat(stacks[t].Findings()))
            {
                Say(of + finding);
            }
        }

        var head = OutcomeHead.Fit(Problem, [.. stacks.Select(s => s.HeldOut)], [.. stacks.Select(s => s.Parameters)]);
        return new StackedLinearPredictor(_features, parts, stacks, head, [.. _findings]);
    }

    private static bool HasInformation(OutcomeTask task, int[] rows)
    {
        var loss = task.LossOf(rows);
        loss.Evaluate(new double[loss.PredictorCount * rows.Length], loss.StartParameters());
        return loss.TotalCurvatures().All(c => c > 0.5);
    }
}
