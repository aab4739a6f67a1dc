using System.Text.RegularExpressions;

namespace DigitalTwin.Tests.House;

/// <summary>Documents name files that are there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_relative_link_resolves()
    {
        var links = HouseText.Files.Where(f => f.IsDocument)
            .SelectMany(f => Link().Matches(f.Text).Select(m => (File: f, Target: m.Groups["target"].Value))).ToArray();
        Assert.NotEmpty(links);
        var broken = links.Where(l => !Exists(Path.Combine(l.File.Folder, l.Target))).Select(l => $"{l.File.Path} -> {l.Target}");
        Assert.Equal(string.Empty, string.Join('\n', broken));
    }

    [Fact]
    public void Every_anchor_of_a_link_is_a_heading()
    {
        var broken =
            from file in HouseText.Files
            where file.IsDocument
            from Match link in Anchor().Matches(file.Text)
            let target = link.Groups["target"].Value
            let path = target.Length == 0 ? file.Path : Normalise(Path.Combine(file.Folder, target))
            where path.EndsWith(".md", StringComparison.Ordinal)
            let headings = Heading().Matches(HouseText.File(path).Text).Select(h => AnchorOf(h.Groups["text"].Value))
            where !headings.Contains(link.Groups["anchor"].Value)
            select $"{file.Path} -> {path}#{link.Groups["anchor"].Value}";
        Assert.Equal(string.Empty, string.Join('\n', broken));
    }

    [Fact]
    public void Every_path_that_a_document_names_is_there()
    {
        var broken =
            from file in HouseText.Files
            where file.IsDocument
            from Match path in NamedPath().Matches(file.Text)
            let name = path.Value.TrimEnd('.', '/')
            where !Exists(name)
            select $"{file.Path}: {name}";
        Assert.Equal(string.Empty, string.Join('\n', broken));
    }

    private static bool Exists(string relative) => Path.Exists(Path.Combine(RepositoryRoot.Path, relative));

    private static string Normalise(string relative) =>
        Path.GetRelativePath(RepositoryRoot.Path, Path.GetFullPath(Path.Combine(RepositoryRoot.Path, relative))).Replace('\\', '/');

    // As code hosts make them: lower case, spaces to hyphens, everything else that is no letter, digit, hyphen or underscore left out.
    private static string AnchorOf(string heading) =>
        string.Concat(heading.Trim().ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_')).Replace(' ', '-');

    [GeneratedRegex(@"\]\((?![a-z]+:)(?<target>[^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\]\((?![a-z]+:)(?<target>[^)#\s]*)#(?<anchor>[^)\s]+)\)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    // A path from the root: a room, then names; a pattern with a star or a placeholder in capitals is no path.
    [GeneratedRegex(@"(?<![\w./-])(?:engine|twins|scenarios|tests|docs|bench)/[\w.-]+(?:/[\w.-]+)*/?(?![\w*/<{])")]
    private static partial Regex NamedPath();
}
