using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Storage;

/// <summary>Name, unit and features of a layer.</summary>
internal static class StoredLayerFeatures
{
    public static void Write(LayerFeatures layer, ModelWriter writer)
    {
        writer.Text(layer.Name);
        writer.Text(layer.Unit);
        writer.Texts(layer.Features);
    }

    public static LayerFeatures Read(ModelReader reader) => new(reader.Text(), reader.Text(), reader.Texts());
}
