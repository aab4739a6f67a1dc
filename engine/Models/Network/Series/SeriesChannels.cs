using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Series;

/// <summary>What training subjects taught about the observed variables: a channel for each numeric one, standardised, and for each level of a categorical one, and the
/// span of time.</summary>
internal sealed class SeriesChannels
{
    private const double Limit = 5;

    private readonly Variable[] _variables;
    private readonly int[] _firstChannel;
    private readonly double[] _means;
    private readonly double[] _scales;

    private SeriesChannels(Variable[] variables, double[] means, double[] scales, double start, double end)
    {
        (_variables, _means, _scales, StartDay, EndDay) = (variables, means, scales, start, end);
        _firstChannel = new int[variables.Length];
        for (var v = 0; v < variables.Length; v++)
        {
            _firstChannel[v] = Count;
            Count += variables[v].IsNumeric ? 1 : variables[v].Levels.Count;
        }
    }

    /// <summary>Number of channels.</summary>
    public int Count { get; }

    /// <summary>Day of the first and of the last observation of training.</summary>
    public double StartDay { get; }

    public double EndDay { get; }

    /// <summary>Length of the span in days, at least a tiny one.</summary>
    public double SpanDays => Math.Max(EndDay - StartDay, 1e-9);

    public static SeriesChannels Fit(ObservationTable training)
    {
        var (counts, sums, squares) = (new int[training.Variables.Count], new double[training.Variables.Count], new double[training.Variables.Count]);
        double start = double.PositiveInfinity, end = double.NegativeInfinity;
        for (var k = 0; k < training.Count; k++)
        {
            var v = training.VariableIndices[k];
            (start, end) = (Math.Min(start, training.Days[k]), Math.Max(end, training.Days[k]));
            counts[v]++;
            sums[v] += training.Values[k];
        }

        double[] means = [.. sums.Select((s, v) => counts[v] == 0 ? 0 : s / counts[v])];
        for (var k = 0; k < training.Count; k++)
        {
            var (v, value) = (training.VariableIndices[k], training.Values[k]);
            squares[v] += (value - means[v]) * (value - means[v]);
        }

        double[] scales = [.. squares.Select((s, v) => counts[v] == 0 || s <= 0 ? 1 : Math.Sqrt(s / counts[v]))];
        return new SeriesChannels([.. training.Variables], means, scales, start, end);
    }

    public void Write(ModelWriter writer)
    {
        writer.Parts(_variables);
        writer.Numbers(_means);
        writer.Numbers(_scales);
        writer.Number(StartDay);
        writer.Number(EndDay);
    }

    public static SeriesChannels Read(ModelReader reader)
    {
        var variables = reader.Parts<Variable>();
        var (means, scales) = (reader.Numbers(variables.Length, "means of observed variables"), reader.Numbers(variables.Length, "scales of observed variables"));
        return new SeriesChannels(variables, means, scales, reader.Finite("the first day"), reader.Finite("the last day"));
    }

    /// <exception cref="ArgumentException">Other variables, units or levels than in training.</exception>
    public void CheckVariables(SubjectInputs inputs)
    {
        var variables = inputs.Observations!.Variables;
        for (var v = 0; v < Math.Max(variables.Count, _variables.Length); v++)
        {
            var (given, trained) = (v < variables.Count ? variables[v] : null, v < _variables.Length ? _variables[v] : null);
            if (given?.Name != trained?.Name || given?.Unit != trained?.Unit || given!.IsNumeric != trained!.IsNumeric || !given.Levels.SequenceEqual(trained.Levels, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"Observed variable {v} is '{given?.Name ?? "missing"}' ({given?.Unit}), training had '{trained?.Name ?? "none"}' ({trained?.Unit}). Give the variables, units and levels of training in their order.");
            }
        }
    }

    /// <summary>Channels of a variable: the first, and how many.</summary>
    public (int First, int Count) Of(int variable) => (_firstChannel[variable], _variables[variable].IsNumeric ? 1 : _variables[variable].Levels.Count);

    /// <summary>The channel that an observation speaks in, and its number: standardised and cut at 5 deviations; 1 for a level.</summary>
    public (int Channel, float Number) Read(int variable, double value) => _variables[variable].IsNumeric
        ? (_firstChannel[variable], (float)Math.Clamp((value - _means[variable]) / _scales[variable], -Limit, Limit))
        : (_firstChannel[variable] + (int)value, 1f);

    /// <summary>Rows of the observations of each subject, in the order of time.</summary>
    public static List<int>[] BySubject(SubjectInputs inputs)
    {
        var table = inputs.Observations!;
        var rows = new List<int>[inputs.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = [];
        }

        for (var k = 0; k < table.Count; k++)
        {
            rows[table.Subjects[k]].Add(k);
        }

        foreach (var own in rows)
        {
            own.Sort((a, b) => (table.Days[a], table.VariableIndices[a], a).CompareTo((table.Days[b], table.VariableIndices[b], b)));
        }

        return rows;
    }
}
