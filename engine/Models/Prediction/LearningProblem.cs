using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>Training subjects: what is known of them, what became of them, and how much each counts.</summary>
public sealed class LearningProblem
{
    private readonly double[] _weights;

    /// <param name="inputs">Of the training subjects.</param>
    /// <param name="outcome">Of the same subjects in the same order.</param>
    /// <param name="weights">Shape [subjects], finite and not negative, not all 0; null for 1 each. A weight of 2 means two such subjects.</param>
    /// <exception cref="ArgumentException">Counts differ, or a weight is out of range.</exception>
    public LearningProblem(SubjectInputs inputs, OutcomeData outcome, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outcome);
        if (outcome.Count != inputs.Count || (weights is not null && weights.Length != inputs.Count))
        {
            throw new ArgumentException($"{inputs.Count} subjects, {outcome.Count} outcomes and {weights?.Length ?? inputs.Count} weights do not match.");
        }

        if (weights is not null && (weights.Any(w => !double.IsFinite(w) || w < 0) || weights.All(w => w == 0)))
        {
            throw new ArgumentException("Weights must be finite, not negative, and not all 0.", nameof(weights));
        }

        (Inputs, Outcome) = (inputs, outcome);
        _weights = weights ?? [.. Enumerable.Repeat(1.0, inputs.Count)];
    }

    public SubjectInputs Inputs { get; }

    public OutcomeData Outcome { get; }

    /// <summary>Shape [subjects].</summary>
    public ReadOnlySpan<double> Weights => _weights;

    public int Count => Inputs.Count;

    /// <summary>The problem of the chosen subjects.</summary>
    /// <param name="rows">Row numbers, each at most once.</param>
    public LearningProblem Take(ReadOnlySpan<int> rows)
    {
        return new LearningProblem(Inputs.Take(rows), Outcome.Take(rows), WeightsOf(rows));
    }

    /// <summary>Weights of the chosen subjects, without a copy of what is known of them.</summary>
    internal double[] WeightsOf(ReadOnlySpan<int> rows)
    {
        var weights = new double[rows.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _weights[rows[i]];
        }

        return weights;
    }

    /// <summary>The same subjects, counted differently.</summary>
    public LearningProblem Reweighted(double[] weights) => new(Inputs, Outcome, weights);
}
