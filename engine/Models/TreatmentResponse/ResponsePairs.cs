using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Training outcomes as a table of samples and treatments, some cells empty. Subjects of one sample under one treatment are one cell: their weighted mean, and their weight.</summary>
/// <param name="Values">Row-major, shape [samples, treatments].</param>
/// <param name="Weights">0 where a cell is empty; shape [samples, treatments].</param>
/// <param name="SampleCount">Rows.</param>
/// <param name="Treatments">Columns: treatments that somebody received, by arm.</param>
internal sealed record ResponsePairs(double[] Values, double[] Weights, int SampleCount, IReadOnlyList<Treatment> Treatments)
{
    public int TreatmentCount => Treatments.Count;

    /// <param name="problem">Of a continuous outcome, with treatments.</param>
    /// <param name="samples">Of its subjects.</param>
    /// <param name="cellOf">Cell of each subject, shape [subjects].</param>
    public static ResponsePairs Of(LearningProblem problem, SampleTable samples, out int[] cellOf)
    {
        var given = problem.Inputs.Treatments!;
        int[] present = [.. given.Indices.ToArray().Distinct().OrderBy(k => given.Treatments[k].Arm.Value, StringComparer.Ordinal)];
        var columnOf = new int[given.Treatments.Count];
        foreach (var (column, treatment) in present.Index())
        {
            columnOf[treatment] = column;
        }

        var outcomes = ((ContinuousOutcome)problem.Outcome).Values;
        var (values, weights) = (new double[samples.Count * present.Length], new double[samples.Count * present.Length]);
        cellOf = new int[problem.Count];
        foreach (var i in Enumerable.Range(0, problem.Count).OrderBy(i => problem.Inputs.Subjects[i]))
        {
            var cell = cellOf[i] = (samples.SampleOf[i] * present.Length) + columnOf[given.Indices[i]];
            values[cell] += problem.Weights[i] * outcomes[i];
            weights[cell] += problem.Weights[i];
        }

        for (var k = 0; k < values.Length; k++)
        {
            values[k] = weights[k] > 0 ? values[k] / weights[k] : 0;
        }

        return new ResponsePairs(values, weights, samples.Count, [.. present.Select(k => given.Treatments[k])]);
    }

    /// <summary>The rows of the chosen samples; every treatment keeps its column.</summary>
    public ResponsePairs Take(int[] rows)
    {
        var width = TreatmentCount;
        var (values, weights) = (new double[rows.Length * width], new double[rows.Length * width]);
        foreach (var (place, row) in rows.Index())
        {
            Values.AsSpan(row * width, width).CopyTo(values.AsSpan(place * width));
            Weights.AsSpan(row * width, width).CopyTo(weights.AsSpan(place * width));
        }

        return new ResponsePairs(values, weights, rows.Length, Treatments);
    }
}
