using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DigitalTwin.Scenarios.Language.Grammar;

/// <summary>The grammar as a JSON Schema (draft 7, the one editors' YAML plug-ins read), so that an editor completes keys and marks mistakes.
/// It checks form only; names, units and horizons are checked by <c>digitaltwin validate</c>.</summary>
public static class ScenarioSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The schema as text, the same on every call; ends with a line break.</summary>
    public static string ToJson() => ToJson(ScenarioGrammar.Root, "DigitalTwin scenario, version 1");

    /// <summary>The schema of any document of the language.</summary>
    /// <param name="root">Its keys.</param>
    /// <param name="title">What it is.</param>
    public static string ToJson(MappingShape root, string title)
    {
        var schema = Describe(root);
        schema.Insert(0, "$schema", "http://json-schema.org/draft-07/schema#");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Describe(ValueShape shape) => shape switch
    {
        TextShape => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = TextShape.MaximumLength },
        NameShape => new() { ["type"] = "string", ["pattern"] = NameShape.Pattern },
        NumberShape number => DescribeNumber(number),
        IntegerShape integer => new() { ["type"] = "integer", ["minimum"] = integer.Minimum, ["maximum"] = integer.Maximum },
        BooleanShape => new() { ["type"] = "boolean" },
        DurationShape => new() { ["type"] = "string", ["pattern"] = DurationText.Pattern },
        ChoiceShape choice => new() { ["enum"] = ToArray(choice.Choices) },
        // A bare 1 would be a YAML number; an expression that reads a variable never is.
        ExpressionShape => new() { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = TextShape.MaximumLength },
        ListShape list => new() { ["type"] = "array", ["minItems"] = list.MinimumCount, ["items"] = Describe(list.Item) },
        NamedShape named => new()
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["propertyNames"] = new JsonObject { ["pattern"] = NameShape.Pattern },
            ["additionalProperties"] = Describe(named.Item),
        },
        EitherShape either => new() { ["oneOf"] = new JsonArray(Describe(either.Short), Describe(either.Long)) },
        MappingShape mapping => DescribeMapping(mapping, variant: null),
        VariantShape variants => new() { ["oneOf"] = new JsonArray([.. variants.Variants.Select(v => DescribeMapping(v.Shape, v))]) },
        _ => throw new ArgumentOutOfRangeException(nameof(shape), shape.GetType(), "Unknown shape."),
    };

    private static JsonObject DescribeMapping(MappingShape mapping, Variant? variant)
    {
        var properties = new JsonObject();
        var required = mapping.Fields.Where(f => f.IsRequired).Select(f => f.Key).ToList();
        if (variant is not null)
        {
            properties[VariantShape.Discriminator] = new JsonObject { ["enum"] = ToArray([variant.Type]), ["description"] = variant.Text };
            required.Insert(0, VariantShape.Discriminator);
        }

        foreach (var field in mapping.Fields)
        {
            var described = Describe(field.Shape);
            described["description"] = field.Text;
            if (field.Default is { } value)
            {
                described["default"] = ToDefault(field.Shape, value);
            }

            properties[field.Key] = described;
        }

        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false };
        if (required.Count > 0)
        {
            schema["required"] = ToArray(required);
        }

        schema["properties"] = properties;
        return schema;
    }

    private static JsonObject DescribeNumber(NumberShape number)
    {
        var schema = new JsonObject { ["type"] = "number" };
        if (double.IsFinite(number.Minimum))
        {
            schema[number.ExcludesLimits ? "exclusiveMinimum" : "minimum"] = number.Minimum;
        }

        if (double.IsFinite(number.Maximum))
        {
            schema[number.ExcludesLimits ? "exclusiveMaximum" : "maximum"] = number.Maximum;
        }

        return schema;
    }

    private static JsonNode? ToDefault(ValueShape shape, string value) =>
        shape is NumberShape or IntegerShape or BooleanShape ? JsonNode.Parse(value) : JsonValue.Create(value);

    private static JsonArray ToArray(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
