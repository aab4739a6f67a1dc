using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>Named tensors and a few words about them in one file of the safetensors layout: length of the header (8 bytes, little-endian), a JSON header
/// with type, shape and place of each tensor, then the numbers without gaps. Other programs read it.</summary>
/// <remarks>Source: [Safetensors]. The header is padded with spaces to a multiple of 8 bytes; wider types come first, so that each number is aligned.</remarks>
public sealed class TensorArchive
{
    internal const string MetadataKey = "__metadata__";

    private readonly List<StoredTensor> _tensors = [];
    private readonly Dictionary<string, StoredTensor> _byName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _metadata = new(StringComparer.Ordinal);

    /// <summary>In the order in which they were added or stand in the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors => _tensors;

    /// <summary>Words about the file, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Adds a tensor.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(StoredTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Name == MetadataKey || !_byName.TryAdd(tensor.Name, tensor))
        {
            throw new ArgumentException($"The name '{tensor.Name}' is taken.", nameof(tensor));
        }

        _tensors.Add(tensor);
    }

    /// <summary>Says something about the file.</summary>
    public void Describe(string key, string text) => _metadata[key] = text;

    /// <summary>The tensor of that name, or null.</summary>
    public StoredTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The tensor of that name.</summary>
    /// <exception cref="CheckpointException">There is none.</exception>
    public StoredTensor Get(string name) => Find(name) ?? throw new CheckpointException($"The checkpoint has no tensor '{name}'.");

    /// <summary>Writes the file.</summary>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var ordered = _tensors.OrderByDescending(t => t.Type.Size()).ToArray();
        var header = Header(ordered);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (var tensor in ordered)
        {
            stream.Write(tensor.Data);
        }
    }

    /// <summary>Reads a file to its end; all of it is checked before anything is returned.</summary>
    /// <exception cref="CheckpointException">It is truncated, too large, or not of the layout.</exception>
    public static TensorArchive Read(Stream stream, TensorArchiveLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new TensorArchiveReader(stream, limits ?? new TensorArchiveLimits()).Read();
    }

    private byte[] Header(IReadOnlyList<StoredTensor> ordered)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(MetadataKey);
                foreach (var (key, text) in _metadata)
                {
                    json.WriteString(key, text);
                }

                json.WriteEndObject();
            }

            var place = 0L;
            foreach (var tensor in ordered)
            {
                WriteEntry(json, tensor, place);
                place += tensor.Data.Length;
            }

            json.WriteEndObject();
        }

        while (buffer.Length % 8 != 0)
        {
            buffer.WriteByte((byte)' ');
        }

        return buffer.ToArray();
    }

    private static void WriteEntry(Utf8JsonWriter json, StoredTensor tensor, long place)
    {
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", tensor.Type.ToString());
        json.WriteStartArray("shape");
        foreach (var size in tensor.Shape)
        {
            json.WriteNumberValue(size);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(place);
        json.WriteNumberValue(place + tensor.Data.Length);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
