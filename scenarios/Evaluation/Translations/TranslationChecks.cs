using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Translation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Translations;

/// <summary>Splits on which a layer cannot be learnt from others, or not be judged: found before any training.</summary>
internal static class TranslationChecks
{
    public static void Run(TranslationPlan plan, TextLocation place, SubjectInputs inputs, IReadOnlyList<IReadOnlyList<EvaluationSplit>> splits, List<Fault> faults)
    {
        var usable = HeldOutTranslation.Usable(inputs, plan.From, plan.To).ToHashSet();
        var all = splits.SelectMany(s => s).ToArray();
        var (least, from) = (new TranslationOptions().LeastSubjectCount, string.Join(", ", plan.From));
        var fewest = all.MinBy(s => s.Training.Count(usable.Contains))!;
        var count = fewest.Training.Count(usable.Contains);
        if (count < least)
        {
            faults.Add(new Fault(place, FormattableString.Invariant(
                $"translate cannot learn '{plan.To}' from {from}: {count} training subjects of {fewest.Name} have both, and {least} are needed. Choose other layers, or larger training sets.")));
        }

        if (all.FirstOrDefault(s => s.Test.Count(usable.Contains) < 3) is { } unjudged && count >= least)
        {
            faults.Add(new Fault(place, FormattableString.Invariant(
                $"translate cannot be judged: {unjudged.Test.Count(usable.Contains)} held-out subjects of {unjudged.Name} have both '{plan.To}' and {from}, and 3 are needed for a correlation. Choose other layers, or fewer folds.")));
        }
    }
}
