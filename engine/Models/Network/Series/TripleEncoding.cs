using System.Globalization;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;

namespace DigitalTwin.Models.Network.Series;

/// <summary>Observations as rows of a subject: channel, number, whether the row is there, time since the channel was last seen, and sines and cosines of the time.</summary>
/// <remarks>Sources: [Horn2020] section 3.2 (sets of observations), [Tipirneni2022] section 3.2 (triples).</remarks>
internal sealed class TripleEncoding : IModalityEncoding, IStored
{
    /// <summary>Columns before the sines: channel, number, is there, time since last seen.</summary>
    internal const int PlainColumns = 4;

    private readonly SeriesChannels _channels;
    private readonly SeriesOptions _options;
    private readonly int _rowCount;

    private TripleEncoding(SeriesChannels channels, SeriesOptions options, int rowCount) => (_channels, _options, _rowCount) = (channels, options, rowCount);

    public string Name => "series";

    private int Columns => PlainColumns + (2 * _options.FrequencyCount);

    public static TripleEncoding Fit(SubjectInputs training, SeriesOptions options, List<string> findings)
    {
        var lengths = SeriesChannels.BySubject(training).Select(r => r.Count).ToArray();
        var longer = lengths.Count(n => n > options.MostObservations);
        if (longer > 0)
        {
            var left = lengths.Sum(n => (long)Math.Max(0, n - options.MostObservations));
            findings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{longer} of {training.Count} subjects have more than {options.MostObservations} observations: {left} of {lengths.Sum(n => (long)n)} are left out, the last of each variable being kept first."));
        }

        return new TripleEncoding(SeriesChannels.Fit(training.Observations!), options, Math.Clamp(lengths.Max(), 1, options.MostObservations));
    }

    /// <exception cref="NotSupportedException">It reads more observations of a subject than a reader would take.</exception>
    public void Write(ModelWriter writer)
    {
        if (_rowCount > SeriesOptions.MostStoredRows)
        {
            throw new NotSupportedException($"A model that reads {_rowCount} observations of a subject cannot be stored; {SeriesOptions.MostStoredRows} are the most. Lower MostObservations.");
        }

        _channels.Write(writer);
        _options.Write(writer);
        writer.Int(_rowCount);
    }

    public static TripleEncoding Read(ModelReader reader)
    {
        var (channels, options) = (SeriesChannels.Read(reader), SeriesOptions.Read(reader));
        reader.Require(options.FrequencyCount <= reader.Length, $"time has {options.FrequencyCount} frequencies, more than there are numbers");
        return new TripleEncoding(channels, options, reader.IntWithin(1, SeriesOptions.MostStoredRows, "the number of observations of a subject"));
    }

    public ModalityNumbers Encode(SubjectInputs inputs)
    {
        var values = new float[inputs.Count * _rowCount * Columns];
        var isPresent = new bool[inputs.Count];
        if (inputs.Observations is null)
        {
            return new ModalityNumbers(values, _rowCount, Columns, isPresent);
        }

        _channels.CheckVariables(inputs);
        var bySubject = SeriesChannels.BySubject(inputs);
        for (var i = 0; i < inputs.Count; i++)
        {
            Write(inputs, bySubject[i], values.AsSpan(i * _rowCount * Columns, _rowCount * Columns));
            isPresent[i] = bySubject[i].Count > 0;
        }

        return new ModalityNumbers(values, _rowCount, Columns, isPresent);
    }

    public ITokenEncoder CreateEncoder(LayerScope scope, NetworkLearnerOptions options) =>
        new TripleEncoder(scope, _channels.Count, _rowCount, Columns, _options, options);

    private void Write(SubjectInputs inputs, List<int> rows, Span<float> target)
    {
        var table = inputs.Observations!;
        var lastDay = new Dictionary<int, double>();
        var kept = Kept(inputs, rows);
        var place = 0;
        foreach (var k in rows)
        {
            var (channel, number) = _channels.Read(table.VariableIndices[k], table.Values[k]);
            var since = lastDay.TryGetValue(channel, out var last) ? Math.Min(1, (table.Days[k] - last) / _channels.SpanDays) : 1;
            lastDay[channel] = table.Days[k];
            if (kept.Contains(k))
            {
                var row = target.Slice(place++ * Columns, Columns);
                (row[0], row[1], row[2], row[3]) = (channel, number, 1f, (float)since);
                Waves(Math.Clamp((table.Days[k] - _channels.StartDay) / _channels.SpanDays, -1, 2), row[PlainColumns..]);
            }
        }
    }

    // The last of each channel, then the one before the last of each, and so on; among equals the later.
    private HashSet<int> Kept(SubjectInputs inputs, List<int> rows)
    {
        if (rows.Count <= _rowCount)
        {
            return [.. rows];
        }

        var table = inputs.Observations!;
        var seen = new Dictionary<int, int>();
        var ranked = new List<(int Rank, int Place)>();
        for (var place = rows.Count - 1; place >= 0; place--)
        {
            var (channel, _) = _channels.Read(table.VariableIndices[rows[place]], table.Values[rows[place]]);
            var rank = seen.GetValueOrDefault(channel);
            seen[channel] = rank + 1;
            ranked.Add((rank, -place));
        }

        ranked.Sort();
        return [.. ranked.Take(_rowCount).Select(r => rows[-r.Place])];
    }

    private static void Waves(double share, Span<float> target)
    {
        for (var k = 0; k < target.Length; k += 2)
        {
            var angle = Math.PI * share * (1 << (k / 2));
            (target[k], target[k + 1]) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
        }
    }
}
