namespace DigitalTwin.Omics.Faults;

/// <summary>An omics layer cannot be used as it is. The message says where, what is there, why it cannot be used and what to do, and never
/// more of a subject than its id.</summary>
public abstract class OmicsException : Exception
{
    protected OmicsException(string where, string what, string remedy)
        : base($"{where}: {what} {remedy}")
    {
        Where = where;
        What = what;
        Remedy = remedy;
    }

    /// <summary>The layer, and the step that refused it.</summary>
    public string Where { get; }

    /// <summary>What is there and why it cannot be used: whole sentences.</summary>
    public string What { get; }

    /// <summary>What to do: a whole sentence.</summary>
    public string Remedy { get; }

    /// <summary>The first names of a list and how many follow.</summary>
    internal static string Some(IReadOnlyCollection<string> names)
    {
        const int Shown = 5;
        var first = string.Join(", ", names.Take(Shown).Select(n => $"'{Short(n)}'"));
        return names.Count > Shown ? $"{first} and {names.Count - Shown} more" : first;
    }

    internal static string Short(string text) => text.Length > 60 ? text[..60] + "..." : text;
}
