using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Parts the subjects as the file says, and refuses parts that nothing can be learnt from or judged on.</summary>
/// <param name="plan">What the file says.</param>
/// <param name="cohort">The subjects of the problem, in its order.</param>
/// <param name="problem">All subjects.</param>
/// <param name="faults">Collects what is wrong.</param>
/// <param name="notes">Collects what is worth knowing.</param>
internal sealed class SplitMaker(EvaluationPlan plan, Cohort cohort, LearningProblem problem, List<Fault> faults, List<string> notes)
{
    /// <returns>Splits of each seed; empty with a fault.</returns>
    public IReadOnlyList<IReadOnlyList<EvaluationSplit>> Make()
    {
        var together = plan.Split.KeepTogether is { } name ? GroupCodes.Of(EvaluationAssembler.Column(cohort, name)) : null;
        if (together is not null && together.Contains(-1))
        {
            Report($"split.keepTogether '{plan.Split.KeepTogether}' is missing for {together.Count(g => g < 0)} subjects. Leave them out by 'population'.");
            return [];
        }

        IReadOnlyList<IReadOnlyList<EvaluationSplit>> splits = plan.Split switch
        {
            ColumnSplit column => Same(Column(column)),
            FoldsSplit folds => Same(Folds(folds)),
            KFoldSplit folds when folds.FoldCount > problem.Count => Refused($"split.folds is {folds.FoldCount}, but there are {problem.Count} subjects."),
            KFoldSplit folds => [.. plan.Seeds.Select(seed => EvaluationSplits.KFold(problem, folds.FoldCount, folds.RepeatCount, seed, together))],
            ResampledSplit resampled => Resampled(resampled, together),
            _ => [],
        };
        if (faults.Count == 0)
        {
            foreach (var split in splits.SelectMany(s => s).Distinct())
            {
                Check(split, together);
            }
        }

        return splits;
    }

    private IReadOnlyList<IReadOnlyList<EvaluationSplit>> Resampled(ResampledSplit resampled, int[]? together)
    {
        var count = resampled.TrainingCount ?? (int)Math.Round(resampled.TrainingShare * problem.Count);
        return count < 1 || count >= problem.Count
            ? Refused(FormattableString.Invariant($"split asks for {count} training subjects of {problem.Count}; some must be left to judge on. Lower trainingSubjects."))
            : [.. plan.Seeds.Select(seed => EvaluationSplits.Resamples(problem, count, resampled.RepeatCount, seed, together))];
    }

    private IReadOnlyList<EvaluationSplit> Column(ColumnSplit split)
    {
        var codes = GroupCodes.Of(EvaluationAssembler.Column(cohort, split.Variable), out var texts);
        var sides = codes.Select(c => c < 0 ? (bool?)null : split.Training.Contains(texts[c]) ? true : split.Test.Contains(texts[c]) ? false : null).ToArray();
        if (split.Training.Intersect(split.Test, StringComparer.Ordinal).FirstOrDefault() is { } both)
        {
            Report($"'{both}' is under split.training and split.test: its subjects would be learnt from and judged. Keep one.");
            return [];
        }

        var (training, test) = (sides.Count(s => s == true), sides.Count(s => s == false));
        if (training == 0 || test == 0)
        {
            Report($"split gives {training} training and {test} test subjects. '{split.Variable}' holds {string.Join(", ", texts.Take(10))}: correct split.training and split.test.");
            return [];
        }

        Outside(problem.Count - training - test, split.Variable);
        return EvaluationSplits.Given(sides);
    }

    private IReadOnlyList<EvaluationSplit> Folds(FoldsSplit split)
    {
        var codes = GroupCodes.Of(EvaluationAssembler.Column(cohort, split.Variable), out var texts);
        if (codes.Where(c => c >= 0).Distinct().Count() < 2)
        {
            Report($"split.variable '{split.Variable}' has fewer than two folds. Name a variable with at least two values.");
            return [];
        }

        Outside(codes.Count(c => c < 0), split.Variable);
        return [.. EvaluationSplits.GivenFolds(codes).Select(s => new EvaluationSplit($"{split.Variable} {texts[codes[s.Test[0]]]}", s.Training, s.Test))];
    }

    private void Outside(int count, string variable)
    {
        if (count > 0)
        {
            notes.Add(FormattableString.Invariant($"{count} subjects are on no side of '{variable}' and take no part."));
        }
    }

    private void Check(EvaluationSplit split, int[]? together)
    {
        if (together is not null)
        {
            var training = split.Training.Select(r => together[r]).ToHashSet();
            if (split.Test.FirstOrDefault(r => training.Contains(together[r]), -1) is var row and >= 0)
            {
                var subject = EvaluationAssembler.Column(cohort, plan.Split.KeepTogether!);
                _ = GroupCodes.Of(subject, out var texts);
                Report($"{split.Name} parts '{texts[together[row]]}' of '{plan.Split.KeepTogether}': it is learnt from and judged. Correct the split, or remove keepTogether.");
            }
        }

        var outcome = problem.Outcome.Take(split.Training);
        var lacks = outcome switch
        {
            BinaryOutcome binary => binary.Occurred.Distinct().Count() < 2 ? "one class only" : null,
            SurvivalOutcome survival => survival.HadEvent.Contains(true) ? null : "no event",
            CategoricalOutcome categorical => categorical.Codes.Distinct().Count() < categorical.Levels.Count ? "not every class" : null,
            _ => null,
        };
        if (lacks is not null)
        {
            Report($"{split.Name} has {lacks} among its {split.Training.Length} training subjects. Use fewer folds, or a larger training set.");
        }
    }

    private IReadOnlyList<IReadOnlyList<EvaluationSplit>> Refused(string message)
    {
        Report(message);
        return [];
    }

    private IReadOnlyList<IReadOnlyList<EvaluationSplit>> Same(IReadOnlyList<EvaluationSplit> splits) => [.. plan.Seeds.Select(_ => splits)];

    private void Report(string message) => faults.Add(new Fault(plan.PlaceOf("split"), message));
}
