using System.Text;
using System.Text.RegularExpressions;
using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Vocabulary;
using Parquet;

namespace DigitalTwin.Tests.Scenarios.Output.Adam;

public sealed partial class AdamTests
{
    [Fact]
    public void Golden_SubjectsHaveTheVariablesOfAdam()
    {
        var adsl = AdamBuilder.Build(SampleAdam.Study()).Subjects;

        Assert.Equal(
            ["STUDYID", "USUBJID", "SUBJID", "TRT01P", "TRT01PN", "ARM", "COHORT", "AGE_AT_S", "SIZE", "PS_ATTWE", "WT_ATTWE", "WT_ATTW2"],
            adsl.Columns.Select(c => c.Name));
        Assert.Equal([50, 61, 47.5, 70, double.NaN], ((AdamNumberColumn)adsl["AGE_AT_S"]).Values);
        Assert.Equal(["20-50 mm, any", "<=20 mm", null, "20-50 mm, any", "<=20 mm"], ((AdamTextColumn)adsl["SIZE"]).Values);
    }

    [Fact]
    public void Property_EveryNameIsAnAdamName_AndSubjectsOfTwoCohortsStayApart()
    {
        var datasets = AdamBuilder.Build(SampleAdam.Study());

        Assert.All(datasets.All.SelectMany(d => d.Columns), c => Assert.Matches(AdamName(), c.Name));
        Assert.All(datasets.All, d => Assert.Equal(d.Columns.Count, d.Columns.Select(c => c.Name).Distinct().Count()));
        Assert.Equal(5, ((AdamTextColumn)datasets.Subjects["USUBJID"]).Values.Distinct().Count());
    }

    [Fact]
    public void Golden_TimesToEventAreCensoredOneAndEventZero()
    {
        var adtte = AdamBuilder.Build(SampleAdam.Study()).Endpoint;

        Assert.Equal("ADTTE", adtte.Name);
        Assert.Equal([0, 1, 0, 0, 1], ((AdamNumberColumn)adtte["CNSR"]).Values);
        Assert.Equal([100, 1826.25, 0.1, 30, 5], ((AdamNumberColumn)adtte["AVAL"]).Values);
        Assert.Equal("DAYS", ((AdamTextColumn)adtte["AVALU"]).Values[0]);
        Assert.Equal("RFS", ((AdamTextColumn)adtte["PARAMCD"]).Values[0]);
    }

    [Fact]
    public void Property_CsvReadsBackTheSame()
    {
        foreach (var dataset in AdamBuilder.Build(SampleAdam.Study()).All)
        {
            var lines = ParseCsv(Encoding.UTF8.GetString(AdamCsvWriter.Write(dataset)));

            Assert.Equal(dataset.Columns.Select(c => c.Name), lines[0]);
            Assert.Equal(dataset.RowCount + 1, lines.Count);
            for (var row = 0; row < dataset.RowCount; row++)
            {
                Assert.Equal(dataset.Columns.Select(c => Text(c, row)), lines[row + 1]);
            }
        }
    }

    [Fact]
    public async Task Property_ParquetReadsBackTheSame()
    {
        foreach (var dataset in AdamBuilder.Build(SampleAdam.Study()).All)
        {
            using var stream = new MemoryStream(await AdamParquetWriter.WriteAsync(dataset, TestContext.Current.CancellationToken));
            await using var reader = await ParquetReader.CreateAsync(stream, cancellationToken: TestContext.Current.CancellationToken);
            using var group = reader.OpenRowGroupReader(0);
            foreach (var column in dataset.Columns)
            {
                var field = reader.Schema.DataFields.Single(f => f.Name == column.Name);
                Assert.Equal(column.Label, reader.CustomMetadata[$"label.{column.Name}"]);
                switch (column)
                {
                    case AdamNumberColumn numbers:
                        var read = new double?[dataset.RowCount];
                        await group.ReadAsync<double>(field, read.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
                        Assert.Equal(numbers.Values.Select(v => double.IsNaN(v) ? null : (double?)v), read);
                        break;
                    case AdamTextColumn texts:
                        var words = new string?[dataset.RowCount];
                        await group.ReadAsync(field, words.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
                        Assert.Equal(texts.Values, words);
                        break;
                }
            }
        }
    }

    [Fact]
    public async Task Property_TheSameRowsGiveTheSameBytes()
    {
        var (first, second) = (AdamBuilder.Build(SampleAdam.Study()).Subjects, AdamBuilder.Build(SampleAdam.Study()).Subjects);

        Assert.Equal(AdamCsvWriter.Write(first), AdamCsvWriter.Write(second));
        Assert.Equal(
            await AdamParquetWriter.WriteAsync(first, TestContext.Current.CancellationToken),
            await AdamParquetWriter.WriteAsync(second, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Error_WeightsOfAnotherLength()
    {
        var study = SampleAdam.Study();
        Assert.Throws<ArgumentException>(() => AdamBuilder.Build(study with { Weights = [new AdamMethodWeights("short", new SubjectWeights([1, 2]))] }));
    }

    [Fact]
    public void Error_ASubjectThatItsCohortDoesNotHave()
    {
        var study = SampleAdam.Study();
        Assert.Throws<ArgumentException>(() => AdamBuilder.Build(study with { Treated = study.Control with { Arm = study.Treated.Arm } }));
    }

    private static string Text(AdamColumn column, int row) => column switch
    {
        AdamNumberColumn numbers => double.IsNaN(numbers.Values[row]) ? string.Empty : numbers.Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        AdamTextColumn texts => texts.Values[row] ?? string.Empty,
        _ => throw new InvalidOperationException(),
    };

    /// <summary>An independent reader of RFC 4180.</summary>
    private static List<List<string>> ParseCsv(string text)
    {
        var lines = new List<List<string>> { new() };
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (c == ',' || c == '\n'))
            {
                lines[^1].Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    lines.Add([]);
                }
            }
            else if (c != '\r' || quoted)
            {
                cell.Append(c);
            }
        }

        lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    [GeneratedRegex("^[A-Z_][A-Z0-9_]{0,7}$")]
    private static partial Regex AdamName();
}
