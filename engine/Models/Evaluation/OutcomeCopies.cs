using DigitalTwin.Numerics.Performance;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Finds columns that are the outcome under another name: a correlation of 1 with it among the subjects that have both, or one value for each class. A model that sees
/// one is told the answer.</summary>
public sealed class OutcomeCopies
{
    private const double AlmostOne = 1 - 1e-9;

    // Fewer subjects, or fewer of the rarer of two outcomes, may agree by chance in one of many thousand columns.
    private const int FewestSubjects = 10;
    private const int FewestOfEither = 5;

    private readonly double[][] _answers;
    private readonly bool _isCategory;

    /// <param name="outcome">Of some subjects.</param>
    public OutcomeCopies(OutcomeData outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        _isCategory = outcome is CategoricalOutcome;
        _answers = Answers(outcome);
    }

    /// <summary>Whether a column tells the outcome.</summary>
    /// <param name="values">Of the same subjects, shape [subjects]; NaN = missing.</param>
    /// <param name="isCategory">Whether they are codes, whose order says nothing.</param>
    public bool Holds(ReadOnlySpan<double> values, bool isCategory = false)
    {
        foreach (var answer in _answers)
        {
            if (Tells(values, answer, isCategory || _isCategory))
            {
                return true;
            }
        }

        return false;
    }

    // Follow-up and how it ended are each an answer. Where follow-up was cut at the horizon, the column may hold it uncut: only what was not cut is compared.
    private static double[][] Answers(OutcomeData outcome) => outcome switch
    {
        BinaryOutcome binary => [[.. binary.Occurred.Select(o => o ? 1.0 : 0)]],
        CategoricalOutcome categorical => [[.. categorical.Codes.Select(c => (double)c)]],
        ContinuousOutcome continuous => [continuous.Values],
        SurvivalOutcome survival => [[.. survival.Days.Select(d => d < survival.Horizon.Days ? d : double.NaN)], [.. survival.HadEvent.Select(e => e ? 1.0 : 0)]],
        _ => [],
    };

    private static bool Tells(ReadOnlySpan<double> values, double[] answer, bool isCategory)
    {
        List<double> x = [], y = [];
        for (var i = 0; i < answer.Length; i++)
        {
            if (!double.IsNaN(values[i]) && !double.IsNaN(answer[i]))
            {
                x.Add(values[i]);
                y.Add(answer[i]);
            }
        }

        return x.Count >= FewestSubjects
            && (Math.Abs(Correlation.Pearson([.. x], [.. y])) > AlmostOne || (isCategory && IsRenaming(x, y)))
            && IsMoreThanChance(y);
    }

    private static bool IsMoreThanChance(List<double> y)
    {
        var counts = y.CountBy(v => v).Take(3).ToArray();
        return counts.Length > 2 || counts.All(c => c.Value >= FewestOfEither);
    }

    private static bool IsRenaming(List<double> x, List<double> y)
    {
        Dictionary<double, double> forth = [], back = [];
        for (var i = 0; i < x.Count; i++)
        {
            if ((forth.TryGetValue(x[i], out var to) && to != y[i]) || (back.TryGetValue(y[i], out var from) && from != x[i]))
            {
                return false;
            }

            (forth[x[i]], back[y[i]]) = (y[i], x[i]);
        }

        return forth.Count > 1;
    }
}
