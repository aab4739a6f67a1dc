using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output;

/// <summary>Writes JSON in the house form: two spaces, LF, times with their unit, arrays of numbers on one line, and never a
/// number that JSON does not have: NaN and infinity become null and their paths are remembered.</summary>
internal sealed class ResultsJsonSink : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MemoryStream _bytes = new();
    private readonly Utf8JsonWriter _json;
    private readonly List<string> _path = [];
    private readonly List<string> _notFinite = [];

    public ResultsJsonSink() => _json = new Utf8JsonWriter(_bytes, Options);

    /// <summary>Paths of the numbers that were written as null, in order.</summary>
    public IReadOnlyList<string> NotFinite => _notFinite;

    public void Root(Action body)
    {
        _json.WriteStartObject();
        body();
        _json.WriteEndObject();
    }

    public void Object(string name, Action body)
    {
        _json.WriteStartObject(name);
        Within(name, body);
        _json.WriteEndObject();
    }

    /// <summary>An object, or null when there is no value.</summary>
    public void Object<T>(string name, T? value, Action<T> body)
        where T : class
    {
        if (value is null)
        {
            _json.WriteNull(name);
            return;
        }

        Object(name, () => body(value));
    }

    /// <summary>An array of objects.</summary>
    public void Rows<T>(string name, IEnumerable<T> rows, Action<T> body)
    {
        _json.WriteStartArray(name);
        var index = 0;
        foreach (var row in rows)
        {
            _json.WriteStartObject();
            Within($"{name}[{index++}]", () => body(row));
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }

    public void Texts(string name, IEnumerable<string> texts)
    {
        _json.WriteStartArray(name);
        foreach (var text in texts)
        {
            _json.WriteStringValue(text);
        }

        _json.WriteEndArray();
    }

    public void Text(string name, string? text) => _json.WriteString(name, text);

    public void Flag(string name, bool value) => _json.WriteBoolean(name, value);

    public void Count(string name, long? value)
    {
        if (value is { } count)
        {
            _json.WriteNumber(name, count);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    public void Seed(string name, ulong value) => _json.WriteNumber(name, value);

    public void Number(string name, double? value)
    {
        if (value is { } number && IsWritable(name, number))
        {
            _json.WriteNumber(name, number);
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    public void Numbers(string name, double[]? values)
    {
        _json.WritePropertyName(name);
        if (values is null)
        {
            _json.WriteNullValue();
            return;
        }

        var line = new StringBuilder("[");
        for (var i = 0; i < values.Length; i++)
        {
            line.Append(i == 0 ? string.Empty : ", ")
                .Append(IsWritable($"{name}[{i}]", values[i]) ? values[i].ToString("R", CultureInfo.InvariantCulture) : "null");
        }

        _json.WriteRawValue(line.Append(']').ToString(), skipInputValidation: true);
    }

    /// <summary>A time as <c>{ "value": 1826.25, "unit": "d" }</c>, or null.</summary>
    public void Time(string name, Duration? time)
    {
        if (time is { } t)
        {
            Object(name, () =>
            {
                Number("value", t.Days);
                Text("unit", "d");
            });
        }
        else
        {
            _json.WriteNull(name);
        }
    }

    /// <summary>The text so far as UTF-8, closed by a line feed.</summary>
    public byte[] ToBytes()
    {
        _json.Flush();
        return [.. _bytes.ToArray(), (byte)'\n'];
    }

    public void Dispose()
    {
        _json.Dispose();
        _bytes.Dispose();
    }

    private bool IsWritable(string name, double number)
    {
        if (double.IsFinite(number))
        {
            return true;
        }

        _notFinite.Add(string.Join('.', _path.Append(name)));
        return false;
    }

    private void Within(string name, Action body)
    {
        _path.Add(name);
        body();
        _path.RemoveAt(_path.Count - 1);
    }
}
