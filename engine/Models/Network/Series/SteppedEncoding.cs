using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Network.Series;

/// <summary>Observations on a grid of steps, a row a step: of each channel the last number seen so far (the mean of those of a step), whether it was seen in this step,
/// and how many steps ago it was last seen.</summary>
/// <remarks>Source: [Che2018] section 2.1. Time since last seen counts in steps of mean length, cut at the number of steps.</remarks>
internal sealed class SteppedEncoding : IModalityEncoding, IStored
{
    private readonly SeriesChannels _channels;
    private readonly SeriesOptions _options;
    private readonly double[] _ends;

    private SteppedEncoding(SeriesChannels channels, SeriesOptions options, double[] ends) => (_channels, _options, _ends) = (channels, options, ends);

    public string Name => "series";

    private int Columns => 3 * _channels.Count;

    public static SteppedEncoding Fit(SubjectInputs training, SeriesOptions options)
    {
        var channels = SeriesChannels.Fit(training.Observations!);
        double[] ends = options.Grid == SeriesGridKind.Even
            ? [.. Enumerable.Range(1, options.StepCount).Select(k => channels.StartDay + (channels.SpanDays * k / options.StepCount))]
            : Quantiles(training.Observations!.Days.ToArray(), options.StepCount);
        return new SteppedEncoding(channels, options, ends);
    }

    public void Write(ModelWriter writer)
    {
        _channels.Write(writer);
        _options.Write(writer);
        writer.Numbers(_ends);
    }

    public static SteppedEncoding Read(ModelReader reader) => new(SeriesChannels.Read(reader), SeriesOptions.Read(reader), reader.Ascending("ends of steps"));

    public ModalityNumbers Encode(SubjectInputs inputs)
    {
        var size = _ends.Length * Columns;
        var values = new float[inputs.Count * size];
        var isPresent = new bool[inputs.Count];
        if (inputs.Observations is null)
        {
            return new ModalityNumbers(values, _ends.Length, Columns, isPresent);
        }

        _channels.CheckVariables(inputs);
        var bySubject = SeriesChannels.BySubject(inputs);
        for (var i = 0; i < inputs.Count; i++)
        {
            Write(inputs, bySubject[i], values.AsSpan(i * size, size));
            isPresent[i] = bySubject[i].Count > 0;
        }

        return new ModalityNumbers(values, _ends.Length, Columns, isPresent);
    }

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) => new DecayEncoder(scope, _channels.Count, _ends.Length, _options.StateWidth, options);

    private void Write(SubjectInputs inputs, List<int> rows, Span<float> target)
    {
        var (table, width) = (inputs.Observations!, _channels.Count);
        var (sums, counts) = (new float[_ends.Length * width], new int[_ends.Length * width]);
        foreach (var k in rows)
        {
            var step = StepOf(table.Days[k]);
            var (channel, number) = _channels.Read(table.VariableIndices[k], table.Values[k]);
            var (first, count) = _channels.Of(table.VariableIndices[k]);
            for (var c = first; c < first + count; c++)
            {
                sums[(step * width) + c] += c == channel ? number : 0;
                counts[(step * width) + c]++;
            }
        }

        for (var c = 0; c < width; c++)
        {
            var (last, since) = (0f, 0.0);
            for (var step = 0; step < _ends.Length; step++)
            {
                var place = (step * width) + c;
                since += step == 0 ? 0 : (_ends[step] - _ends[step - 1]) / (_channels.SpanDays / _ends.Length);
                last = counts[place] > 0 ? sums[place] / counts[place] : last;
                var row = target.Slice(step * Columns, Columns);
                (row[c], row[width + c], row[(2 * width) + c]) = (last, counts[place] > 0 ? 1f : 0f, (float)Math.Min(since, _ends.Length));
                since = counts[place] > 0 ? 0 : since;
            }
        }
    }

    /// <summary>The first step that ends at the day or later; the last for what comes after all.</summary>
    private int StepOf(double day)
    {
        var place = Array.BinarySearch(_ends, day);
        return Math.Min(place >= 0 ? place : ~place, _ends.Length - 1);
    }

    private static double[] Quantiles(double[] days, int stepCount)
    {
        Array.Sort(days);
        return [.. Enumerable.Range(1, stepCount).Select(k => days[(int)(((long)k * days.Length / stepCount) - 1 is var at && at >= 0 ? at : 0)]).Distinct()];
    }
}
