namespace DigitalTwin.Vocabulary;

/// <summary>Where in a text something stands. Lines and columns count from 1; 0 means the file as a whole.</summary>
public readonly record struct TextLocation(string File, int Line, int Column)
{
    public override string ToString() => Line == 0 ? File : $"{File}:{Line}:{Column}";
}

/// <summary>One thing wrong with an input: where, what is there and why it cannot be used, and what to do.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Message">One or two sentences: what is wrong, then what to do. Never a value of a subject beyond its id.</param>
public sealed record Fault(TextLocation Location, string Message)
{
    public override string ToString() => $"{Location}  {Message}";
}
