using System.Reflection;
using System.Text.RegularExpressions;
using DigitalTwin.Scenarios.Language;

namespace DigitalTwin.Tests.House;

/// <summary>Sources are cited by key, and docs/references.md says what each key stands for.</summary>
public sealed partial class CitationTests
{
    private const string References = "docs/references.md";

    [Fact]
    public void Every_key_that_is_cited_stands_in_the_references()
    {
        var known = Keys().ToHashSet(StringComparer.Ordinal);
        var missing = Citations().Where(c => !known.Contains(c.Key)).Select(c => $"{c.File}: [{c.Key}]");
        Assert.Equal(string.Empty, string.Join('\n', missing));
    }

    [Fact]
    public void Every_key_of_the_references_is_cited()
    {
        var cited = Citations().Select(c => c.Key).ToHashSet(StringComparer.Ordinal);
        Assert.True(Keys().Count() > 50);
        Assert.Equal(string.Empty, string.Join('\n', Keys().Where(k => !cited.Contains(k))));
    }

    [Fact]
    public void Every_key_stands_once() => Assert.Equal(Keys().Distinct(StringComparer.Ordinal), Keys());

    [Fact]
    public void Every_citation_that_a_report_prints_stands_in_the_references()
    {
        var text = HouseText.File(References).Text;
        var printed = typeof(Scenario).Assembly.GetType("DigitalTwin.Scenarios.Study.Texts.References", throwOnError: true)!
            .GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!).ToArray();
        Assert.True(printed.Length > 10);
        Assert.All(printed, citation => Assert.Contains(citation, text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys() => Entry().Matches(HouseText.File(References).Text).Select(m => m.Groups["key"].Value);

    private static IEnumerable<(string File, string Key)> Citations() =>
        from file in HouseText.Files
        where (file.IsCode || file.IsDocument) && file.Path != References
        from line in file.Text.Split('\n')
        let words = file.IsDocument ? line : Comment(line)
        from Match match in Citation().Matches(words)
        select (file.Path, match.Groups["key"].Value);

    private static string Comment(string line) => line.IndexOf("//", StringComparison.Ordinal) is >= 0 and var start ? line[start..] : string.Empty;

    [GeneratedRegex(@"^- \*\*\[(?<key>[^\]]+)\]\*\* \S", RegexOptions.Multiline)]
    private static partial Regex Entry();

    // A name that begins with a capital and has four letters or more; a shape such as [subjects, features] and a link are no citations.
    [GeneratedRegex(@"\[(?<key>[A-Z][A-Za-z0-9-]{3,})(?:, [^\]]*)?\](?!\()")]
    private static partial Regex Citation();
}
