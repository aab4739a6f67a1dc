using System.Text;
using System.Text.Json;

namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>Where a tensor stands, as the header says.</summary>
internal sealed record TensorArchiveEntry(string Name, TensorType Type, IReadOnlyList<long> Shape, long Begin, long End);

/// <summary>The JSON header of a tensor archive.</summary>
internal static class TensorArchiveHeader
{
    private static readonly string[] Keys = ["dtype", "shape", "data_offsets"];

    /// <summary>Parses the header; words about the file go to the archive.</summary>
    /// <exception cref="CheckpointException">It is not JSON, or not of the layout.</exception>
    public static List<TensorArchiveEntry> Parse(byte[] header, TensorArchiveLimits limits, TensorArchive archive)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(header);
            return ParseObject(header, limits, archive);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or DecoderFallbackException or OverflowException)
        {
            throw new CheckpointException($"The header of {header.Length} bytes is not the JSON of a checkpoint: {fault.Message}", fault);
        }
    }

    private static List<TensorArchiveEntry> ParseObject(byte[] header, TensorArchiveLimits limits, TensorArchive archive)
    {
        var json = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = 4 });
        var entries = new List<TensorArchiveEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        Expect(ref json, JsonTokenType.StartObject, "the header");
        while (NextName(ref json) is { } name)
        {
            if (!names.Add(name))
            {
                throw new CheckpointException($"The header names '{name}' twice.");
            }

            if (names.Count > limits.TensorCount)
            {
                throw new CheckpointException($"The header names more than {limits.TensorCount} tensors.");
            }

            if (name == TensorArchive.MetadataKey)
            {
                ReadMetadata(ref json, archive);
            }
            else
            {
                entries.Add(ReadEntry(ref json, name, limits));
            }
        }

        if (json.Read())
        {
            throw new CheckpointException("There is something after the header's object.");
        }

        return entries;
    }

    private static void ReadMetadata(ref Utf8JsonReader json, TensorArchive archive)
    {
        Expect(ref json, JsonTokenType.StartObject, TensorArchive.MetadataKey);
        while (NextName(ref json) is { } key)
        {
            if (archive.Metadata.ContainsKey(key))
            {
                throw new CheckpointException($"{TensorArchive.MetadataKey} names '{key}' twice.");
            }

            Expect(ref json, JsonTokenType.String, $"'{key}' of {TensorArchive.MetadataKey}");
            archive.Describe(key, json.GetString()!);
        }
    }

    private static TensorArchiveEntry ReadEntry(ref Utf8JsonReader json, string name, TensorArchiveLimits limits)
    {
        if (name.Length == 0)
        {
            throw new CheckpointException("A tensor has no name.");
        }

        Expect(ref json, JsonTokenType.StartObject, $"tensor '{name}'");
        TensorType? type = null;
        List<long>? shape = null, offsets = null;
        while (NextName(ref json) is { } key)
        {
            var isSeen = key switch { "dtype" => type is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (!Keys.Contains(key) || isSeen)
            {
                throw new CheckpointException($"Tensor '{name}' has {(isSeen ? "two entries" : "an unknown entry")} '{key}'.");
            }

            switch (key)
            {
                case "dtype":
                    Expect(ref json, JsonTokenType.String, $"the dtype of '{name}'");
                    type = TypeOf(json.GetString()!, name);
                    break;
                case "shape":
                    shape = ReadNumbers(ref json, $"the shape of '{name}'", limits.Dimensions);
                    break;
                default:
                    offsets = ReadNumbers(ref json, $"the data_offsets of '{name}'", 2);
                    break;
            }
        }

        return type is { } t && shape is not null && offsets is { Count: 2 }
            ? Checked(name, t, shape, offsets[0], offsets[1])
            : throw new CheckpointException($"Tensor '{name}' needs dtype, shape and two data_offsets.");
    }

    private static TensorArchiveEntry Checked(string name, TensorType type, List<long> shape, long begin, long end)
    {
        var needed = StoredTensor.CountOf(shape) is { } count && count <= long.MaxValue / type.Size() ? count * type.Size() : (long?)null;
        if (begin < 0 || end < begin || needed != end - begin)
        {
            throw new CheckpointException($"Tensor '{name}' [{string.Join(", ", shape)}] of {type} takes {(needed is null ? "too many" : $"{needed}")} bytes, and its data_offsets are {begin} to {end}.");
        }

        return new TensorArchiveEntry(name, type, shape, begin, end);
    }

    private static TensorType TypeOf(string text, string name) =>
        Enum.GetNames<TensorType>().Contains(text, StringComparer.Ordinal) ? Enum.Parse<TensorType>(text) : throw new CheckpointException($"Tensor '{name}' is of dtype '{text}', which is unknown here.");

    private static List<long> ReadNumbers(ref Utf8JsonReader json, string what, int most)
    {
        Expect(ref json, JsonTokenType.StartArray, what);
        var numbers = new List<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out var number) || numbers.Count == most)
            {
                throw new CheckpointException($"In {what} there must be at most {most} whole numbers below 2^63.");
            }

            numbers.Add(number);
        }

        return numbers;
    }

    private static string? NextName(ref Utf8JsonReader json) => !json.Read() || json.TokenType == JsonTokenType.EndObject ? null : json.GetString();

    private static void Expect(ref Utf8JsonReader json, JsonTokenType token, string what)
    {
        if (!json.Read() || json.TokenType != token)
        {
            throw new CheckpointException($"In the header, {what} is {json.TokenType}, and {token} is expected.");
        }
    }
}
