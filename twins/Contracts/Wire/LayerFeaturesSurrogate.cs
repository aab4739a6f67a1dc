using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

[GenerateSerializer]
[Alias("dt.LayerFeatures")]
public struct LayerFeaturesSurrogate
{
    [Id(0)]
    public string Name { get; set; }

    [Id(1)]
    public string Unit { get; set; }

    [Id(2)]
    public string[] Features { get; set; }
}

[RegisterConverter]
public sealed class LayerFeaturesConverter : IConverter<LayerFeatures, LayerFeaturesSurrogate>
{
    public LayerFeatures ConvertFromSurrogate(in LayerFeaturesSurrogate surrogate) => new(surrogate.Name, surrogate.Unit, surrogate.Features);

    public LayerFeaturesSurrogate ConvertToSurrogate(in LayerFeatures value) => new()
    {
        Name = value.Name,
        Unit = value.Unit,
        Features = [.. value.Features],
    };
}
