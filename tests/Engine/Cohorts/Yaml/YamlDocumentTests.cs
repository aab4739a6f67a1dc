using System.Text;
using CsCheck;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Yaml;

public sealed class YamlDocumentTests
{
    [Fact]
    public void ClosedForm_NodesKeepTheirPlaces()
    {
        var root = Assert.IsType<YamlMapping>(YamlDocument.Parse("# title\ntitle: A trial\narms:\n  - {id: a, n: 12}\n  - b\n", "t.yaml"));

        Assert.Equal(["title", "arms"], root.Entries.Select(e => e.Key.Text));
        Assert.True(root.TryGet("title", out var title));
        Assert.Equal(new TextLocation("t.yaml", 2, 8), title.Location);
        Assert.True(root.TryGet("arms", out var arms));
        var first = Assert.IsType<YamlMapping>(Assert.IsType<YamlSequence>(arms).Items[0]);
        Assert.Equal(new TextLocation("t.yaml", 4, 5), first.Location);
        Assert.True(first.TryGet("n", out var n));
        Assert.True(Assert.IsType<YamlScalar>(n).TryGetInteger(out var number));
        Assert.Equal(12, number);
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-2e3", -2000)]
    [InlineData("0", 0)]
    public void ClosedForm_Numbers(string text, double expected)
    {
        Assert.True(Scalar(text).TryGetNumber(out var number));
        Assert.Equal(expected, number);
    }

    [Theory]
    [InlineData(".nan")]
    [InlineData(".inf")]
    [InlineData("-.INF")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("'12'")]
    [InlineData("0x1F")]
    [InlineData("1,5")]
    [InlineData("true")]
    public void ClosedForm_NotNumbers(string text) => Assert.False(Scalar(text).TryGetNumber(out _));

    [Theory]
    [InlineData("a: &x 1\nb: *x", 1, 4, "anchor '&x'")]
    [InlineData("a: &x 1\nb: *x", 2, 4, "alias '*x'")]
    [InlineData("a: 1\nb: 2\na: 3", 3, 1, "already on line 1")]
    [InlineData("a: !!python/object 1", 1, 4, "tag")]
    [InlineData("a: 1\n---\nb: 2", 2, 1, "second document")]
    [InlineData("%YAML 1.1\n---\na: 1", 1, 1, "directive")]
    [InlineData("a:\n\t- 1", 2, 1, "not valid YAML")]
    [InlineData("a: [1, 2", 2, 1, "not valid YAML")]
    [InlineData("a: b\0c", 1, 5, "U+0000")]
    [InlineData("<<: {a: 1}", 1, 1, "merge key")]
    [InlineData("? [a]\n: 1", 1, 3, "key must be text")]
    public void Error_SaysWhereAndWhat(string text, int line, int column, string part)
    {
        var faults = Assert.Throws<InvalidInputException>(() => YamlDocument.Parse(text, "t.yaml")).Faults;
        Assert.Contains(faults, f => f.Message.Contains(part, StringComparison.Ordinal)
            && f.Location == new TextLocation("t.yaml", line, column));
    }

    [Fact]
    public void Error_EveryFaultAtOnceInOrder()
    {
        var faults = Assert.Throws<InvalidInputException>(() => YamlDocument.Parse("a: &x 1\na: 2\nb: !t 3\nc: *x", "t.yaml")).Faults;
        Assert.Equal([1, 2, 3, 4], faults.Select(f => f.Location.Line));
    }

    [Fact]
    public void Error_BillionLaughs()
    {
        var text = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1},*a{i - 1}]\n");
        }

        Assert.Throws<InvalidInputException>(() => YamlDocument.Parse(text.ToString(), "t.yaml"));
    }

    [Theory]
    [InlineData("[", 1_000_000)]
    [InlineData("{a: ", 250_000)]
    [InlineData("- ", 500_000)]
    [InlineData("? ", 500_000)]
    [InlineData("x,", 500_000)]
    [InlineData("- x\n", 200_000)]
    [InlineData("\"\\u0041", 100_000)]
    [InlineData("&a ", 300_000)]
    [InlineData("\n", 1_000_000)]
    [InlineData("#", 1_000_000)]
    [InlineData("[x,", 300_000)]
    [InlineData("a: b\n", 200_000)]
    public void Error_BombsEndQuickly(string piece, int count)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var text = string.Concat(Enumerable.Repeat(piece, count));
        TryParse(text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
    }

    [Fact]
    public void Error_TooLongTooDeepTooMany()
    {
        AssertFault(new string(' ', YamlLimits.MaximumLength + 1), "longer than");
        AssertFault(new string('[', 33) + new string(']', 33), "nested deeper");
        AssertFault("[" + string.Concat(Enumerable.Repeat("x,", 100_001)) + "]", "more than 100000 values");
        AssertFault(string.Empty, "empty");
        YamlDocument.Parse(new string('[', 32) + new string(']', 32), "t.yaml");
    }

    [Fact]
    public void Error_InvalidUtf8()
    {
        byte[] bytes = [(byte)'a', (byte)':', (byte)' ', 0xC3, 0x28];
        var fault = Assert.Single(Assert.Throws<InvalidInputException>(() => YamlDocument.Parse(bytes, "t.yaml")).Faults);
        Assert.Contains("UTF-8", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_RandomTextThrowsOnlyInvalidInput() =>
        Gen.String[Gen.Char["abc:-[]{}#&*!|>'\"%@`,? \n\t\\0~<.e"], 0, 60].Sample(text => TryParse(text), iter: 20_000);

    [Fact]
    public void Property_QuotedTextRoundTrips() =>
        Gen.String[Gen.Char[' ', '~'], 0, 40].Sample(text =>
        {
            var quoted = "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
            return ((YamlScalar)((YamlMapping)YamlDocument.Parse("a: " + quoted, "t")).Entries[0].Value).Text == text;
        });

    private static YamlScalar Scalar(string text) =>
        Assert.IsType<YamlScalar>(Assert.IsType<YamlMapping>(YamlDocument.Parse("a: " + text, "t.yaml")).Entries[0].Value);

    private static void AssertFault(string text, string part) =>
        Assert.Contains(
            Assert.Throws<InvalidInputException>(() => YamlDocument.Parse(text, "t.yaml")).Faults,
            f => f.Message.Contains(part, StringComparison.Ordinal));

    private static void TryParse(string text)
    {
        try
        {
            YamlDocument.Parse(text, "t.yaml");
        }
        catch (InvalidInputException e)
        {
            Assert.NotEmpty(e.Faults);
        }
    }
}
