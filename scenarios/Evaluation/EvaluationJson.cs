using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DigitalTwin.Scenarios.Output;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Writes a result as JSON: beside its place, then renamed, so that a file is there whole or not at all.</summary>
internal static class EvaluationJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new NumberOrNull() },
    };

    public static string ToText<T>(T result) => JsonSerializer.Serialize(result, s_options) + "\n";

    /// <exception cref="IOException">The file cannot be written; what stood there is unchanged.</exception>
    public static void Write<T>(T result, string path) => WholeFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(ToText(result))));

    /// <summary>JSON has no word for what is no number.</summary>
    private sealed class NumberOrNull : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

        public override bool HandleNull => true;

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
            {
                writer.WriteNumberValue(value);
            }
            else
            {
                writer.WriteNullValue();
            }
        }
    }
}
