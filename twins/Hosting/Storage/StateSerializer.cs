using Orleans.Serialization;

namespace DigitalTwin.Hosting;

/// <summary>State as bytes: Orleans' version-tolerant binary format, where fields may be added but never renumbered.</summary>
internal sealed class StateSerializer(Serializer serializer)
{
    public byte[] Serialize<T>(T state) => serializer.SerializeToArray(state);

    public T Deserialize<T>(byte[] bytes) =>
        serializer.Deserialize<T>(bytes) ?? throw new InvalidDataException($"A stored {typeof(T).Name} is empty.");
}
