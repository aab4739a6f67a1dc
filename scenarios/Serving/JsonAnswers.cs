using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>Shows a twin's answers as JSON: names in camel case, ids as text, times as <c>{"days": ...}</c>.</summary>
internal sealed class JsonAnswers(TextWriter output) : ITwinAnswers
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { NameKinds } },
        Converters =
        {
            new JsonStringEnumConverter(JsonNamingPolicy.CamelCase),
            new TextConverter<StudyId>(),
            new TextConverter<SubjectId>(),
            new TextConverter<ArmId>(),
        },
    };

    public void Show(TwinDescription description) => Write(description);

    public void Show(TwinForecast forecast) => Write(forecast);

    public void Show(TwinComparison comparison) => Write(comparison);

    public void Show(TwinExplanation explanation) => Write(explanation);

    private void Write<T>(T answer) => output.WriteLine(JsonSerializer.Serialize(answer, Options));

    /// <summary>Outcomes say of which kind of endpoint they are.</summary>
    private static void NameKinds(JsonTypeInfo type)
    {
        JsonDerivedType[] kinds = type.Type == typeof(ForecastOutcome)
            ?
            [
                new(typeof(SurvivalForecastOutcome), "survival"),
                new(typeof(BinaryForecastOutcome), "binary"),
                new(typeof(ContinuousForecastOutcome), "continuous"),
            ]
            : type.Type == typeof(ObservedOutcome)
            ? [new(typeof(ObservedSurvival), "survival"), new(typeof(ObservedBinary), "binary"), new(typeof(ObservedValue), "continuous")]
            : [];
        if (kinds.Length > 0)
        {
            type.PolymorphismOptions = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "endpoint" };
            foreach (var kind in kinds)
            {
                type.PolymorphismOptions.DerivedTypes.Add(kind);
            }
        }
    }

    /// <summary>Writes an id as its text.</summary>
    private sealed class TextConverter<T> : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Answers are written, never read.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value?.ToString());
    }
}
