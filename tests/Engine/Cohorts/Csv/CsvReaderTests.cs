using CsCheck;
using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Cohorts.Csv;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "a|b;1|2")]
    [InlineData("a,b\r\n1,2", "a|b;1|2")]
    [InlineData("\uFEFFa,b\r1,2\r", "a|b;1|2")]
    [InlineData("\"a, b\",\"he said \"\"no\"\"\"\n\"two\nlines\",\n", "a, b|he said \"no\";two\nlines|")]
    [InlineData("a\n\n\nb\n", "a;b")]
    [InlineData("a,\n", "a|")]
    [InlineData("\"\"\n", "")]
    [InlineData(" a , b ", " a | b ")]
    public void ClosedForm_Rfc4180(string text, string rows) =>
        Assert.Equal(rows, string.Join(';', Rows(text).Select(r => string.Join('|', r.Texts))));

    [Fact]
    public void ClosedForm_FieldsKnowTheirPlace()
    {
        var rows = Rows("a,b\n\"1\n2\",3\nx,y");
        Assert.Equal(["t.csv:2:1", "t.csv:3:4"], [$"{rows[1].LocationOf(0)}", $"{rows[1].LocationOf(1)}"]);
        Assert.Equal("t.csv:4:3", $"{rows[2].LocationOf(1)}");
    }

    [Theory]
    [InlineData("a,b\"c\n", 1, 4)]
    [InlineData("a\n\"b", 2, 1)]
    [InlineData("a\n\"b\"c", 2, 4)]
    public void Error_MisplacedQuote(string text, int line, int column)
    {
        var fault = Assert.Throws<InvalidInputException>(() => Rows(text)).Faults.Single();
        Assert.Equal(new TextLocation("t.csv", line, column), fault.Location);
    }

    [Fact]
    public void Error_AnEndlessField() =>
        Assert.Contains("more than", Assert.Throws<InvalidInputException>(() => Rows("\"" + new string('x', 100_000))).Message, StringComparison.Ordinal);

    [Fact]
    public void Property_QuotedRowsComeBack()
    {
        var field = Gen.Char["ab,\"\n\r "].Array[0, 6].Select(c => new string(c));
        field.Array[1, 4].Array[1, 4].Sample(rows =>
        {
            var text = string.Join("\r\n", rows.Select(r => string.Join(',', r.Select(f => $"\"{f.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));
            return Rows(text).Select(r => r.Texts).Zip(rows).All(p => p.First.SequenceEqual(p.Second)) && Rows(text).Count == rows.Length;
        });
    }

    private static List<CsvRow> Rows(string text)
    {
        var reader = new CsvReader(new StringReader(text), "t.csv");
        var rows = new List<CsvRow>();
        while (reader.ReadRow() is { } row)
        {
            rows.Add(row);
        }

        return rows;
    }
}
