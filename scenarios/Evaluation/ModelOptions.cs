using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Options of a model as an evaluation file states them; what it leaves out has the default of its field.</summary>
/// <param name="section">The model's mapping; empty for a model that is only named.</param>
public sealed class ModelOptions(DocumentSection section)
{
    /// <exception cref="ArgumentException">The key has neither value nor default: an error of the registry.</exception>
    public long Integer(string key) => section.Integer(key)?.Value ?? throw Absent(key);

    /// <inheritdoc cref="Integer"/>
    public double Number(string key) => section.Number(key)?.Value ?? throw Absent(key);

    /// <inheritdoc cref="Integer"/>
    public bool Boolean(string key) => section.Boolean(key) ?? throw Absent(key);

    /// <inheritdoc cref="Integer"/>
    public string Text(string key) => section.Text(key)?.Value ?? throw Absent(key);

    /// <summary>Texts of a list; empty where it is absent.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. section.Scalars(key).Select(s => s.Text)];

    /// <summary>Whether the file states the key.</summary>
    public bool Has(string key) => section.Has(key);

    private static ArgumentException Absent(string key) => new($"The option '{key}' has no value and no default.", nameof(key));
}
