namespace DigitalTwin.Tests.Twins;

/// <summary>A folder of one test, gone when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("digitaltwin-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
