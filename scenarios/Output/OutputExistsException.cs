namespace DigitalTwin.Scenarios.Output;

/// <summary>The place for the outputs is taken; what is there was not touched.</summary>
/// <param name="path">Full path of what is there.</param>
/// <param name="message">What is there and what to do.</param>
public sealed class OutputExistsException(string path, string message) : IOException(message)
{
    /// <summary>Full path of what is there.</summary>
    public string Path { get; } = path;
}
