namespace DigitalTwin.Grains;

/// <summary>Name under which the silo registers the storage of everything the twin service keeps.</summary>
public static class TwinStorage
{
    public const string Name = "twins";
}
