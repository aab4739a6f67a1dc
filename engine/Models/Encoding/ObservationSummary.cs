using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Encoding;

/// <summary>Turns repeated measurements at irregular times into one row a subject, a layer named <c>observations</c>. Of each numeric variable: first and last value, smallest,
/// largest, mean, standard deviation, mean of the later half of the time, slope a day, how often it was measured, and how long ago last; of each level of a categorical
/// variable: whether it was the last one. How often and how long ago are there for everybody: what was not measured tells something too.</summary>
/// <remarks>The strong plain alternative to a recurrent network, of the kind that benchmarks of clinical series use as their baseline [Harutyunyan2019].</remarks>
public sealed class ObservationSummary
{
    /// <summary>Name of the layer made.</summary>
    public const string LayerName = "observations";

    private static readonly string[] _statistics = ["first", "last", "least", "most", "mean", "deviation", "late mean", "slope", "log count", "since last"];

    private readonly Variable[] _variables;
    private readonly double _start;
    private readonly double _end;

    private ObservationSummary(Variable[] variables, double start, double end)
    {
        (_variables, _start, _end) = (variables, start, end);
        Features = [.. variables.SelectMany(v => v.IsNumeric ? _statistics.Select(s => $"{v.Name} {s}") : v.Levels.Select(l => $"{v.Name} last={l}"))];
    }

    /// <summary>Shape [features].</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>Learns which variables there are and the span of time that training subjects were observed in.</summary>
    /// <exception cref="ArgumentException">There is no observation.</exception>
    public static ObservationSummary Fit(ObservationTable training)
    {
        ArgumentNullException.ThrowIfNull(training);
        if (training.Count == 0)
        {
            throw new ArgumentException("The training subjects have no observation.", nameof(training));
        }

        double start = double.PositiveInfinity, end = double.NegativeInfinity;
        foreach (var day in training.Days)
        {
            (start, end) = (Math.Min(start, day), Math.Max(end, day));
        }

        return new ObservationSummary([.. training.Variables], start, end);
    }

    /// <summary>The inputs with their observations as one more layer.</summary>
    /// <param name="inputs">Of any subjects.</param>
    /// <param name="keepsObservations">Whether the observations stay beside the layer, for a model that reads them too.</param>
    /// <exception cref="ArgumentException">Other observed variables than in training, or a layer has this name already.</exception>
    public SubjectInputs AsLayer(SubjectInputs inputs, bool keepsObservations = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var table = inputs.Observations ?? throw new ArgumentException("The inputs have no observations, training had some.", nameof(inputs));
        if (table.Variables.Count != _variables.Length || !table.Variables.Zip(_variables).All(v => AreSame(v.First, v.Second)))
        {
            throw new ArgumentException(
                $"The observed variables, units and levels are not those of training: [{string.Join(", ", _variables.Select(v => v.Name))}].", nameof(inputs));
        }

        var values = new float[inputs.Count * Features.Count];
        var bySubject = Enumerable.Range(0, table.Count).ToLookup(k => (table.Subjects[k], table.VariableIndices[k]));
        for (var i = 0; i < inputs.Count; i++)
        {
            var row = values.AsSpan(i * Features.Count, Features.Count);
            for (short v = 0; v < _variables.Length; v++)
            {
                var width = _variables[v].IsNumeric ? _statistics.Length : _variables[v].Levels.Count;
                Summarize(_variables[v], table, [.. bySubject[(i, v)]], row[..width]);
                row = row[width..];
            }
        }

        var layer = new SubjectLayer(new OmicsLayer(LayerName, "1", Features, values), inputs.Subjects);
        return new SubjectInputs(inputs.Subjects, inputs.Covariates, [.. inputs.Layers, layer], keepsObservations ? table : null, inputs.Treatments);
    }

    internal void Write(ModelWriter writer)
    {
        writer.Parts(_variables);
        writer.Number(_start);
        writer.Number(_end);
    }

    internal static ObservationSummary Read(ModelReader reader) => new(reader.Parts<Variable>(), reader.Finite("the first day"), reader.Finite("the last day"));

    private static bool AreSame(Variable given, Variable trained) =>
        given.Name == trained.Name && given.Unit == trained.Unit && given.IsNumeric == trained.IsNumeric && given.Levels.SequenceEqual(trained.Levels, StringComparer.Ordinal);

    private void Summarize(Variable variable, ObservationTable table, int[] rows, Span<float> target)
    {
        if (!variable.IsNumeric)
        {
            target.Clear();
            if (rows.Length > 0)
            {
                target[(int)table.Values[rows[^1]]] = 1;
            }

            return;
        }

        target.Fill(float.NaN);
        target[8] = (float)Math.Log(1 + rows.Length);
        target[9] = (float)(_end - (rows.Length == 0 ? _start : table.Days[rows[^1]]));
        if (rows.Length == 0)
        {
            return;
        }

        double least = double.PositiveInfinity, most = double.NegativeInfinity, sum = 0, squares = 0, days = 0, daySquares = 0, products = 0, lateSum = 0;
        var late = 0;
        foreach (var k in rows)
        {
            var (value, day) = (table.Values[k], table.Days[k] - _start);
            (least, most) = (Math.Min(least, value), Math.Max(most, value));
            (sum, days) = (sum + value, days + day);
            if (day > (_end - _start) / 2)
            {
                (lateSum, late) = (lateSum + value, late + 1);
            }
        }

        var (mean, meanDay) = (sum / rows.Length, days / rows.Length);
        foreach (var k in rows)
        {
            var (value, day) = (table.Values[k] - mean, table.Days[k] - _start - meanDay);
            (squares, daySquares, products) = (squares + (value * value), daySquares + (day * day), products + (value * day));
        }

        (target[0], target[1], target[2], target[3], target[4]) = (
            (float)table.Values[rows[0]], (float)table.Values[rows[^1]], (float)least, (float)most, (float)mean);
        target[5] = rows.Length > 1 ? (float)Math.Sqrt(squares / (rows.Length - 1)) : float.NaN;
        target[6] = late > 0 ? (float)(lateSum / late) : float.NaN;
        target[7] = daySquares > 0 ? (float)(products / daySquares) : float.NaN;
    }
}
