using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Reference;

/// <summary>The National Supported Work data with their observational controls, from the data folder beside the repository; absent there, the test is skipped.</summary>
internal static class LalondeTrial
{
    /// <summary>MatchIt's lalonde: 185 treated, 429 controls; earnings in 1978 as the outcome, race with reference black.</summary>
    public static TrialData Psid()
    {
        // R's table has row names: its header has one cell less than its rows.
        var rows = Lines("control_arms/lalonde.tab.gz").Select(l => l.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)).ToList();
        var names = rows[0].Select(n => n.Trim('"')).ToList();
        var table = rows.Skip(1).Select(r => r.Skip(r.Length - names.Count).Select(c => c.Trim('"')).ToArray()).OrderBy(r => r[names.IndexOf("treat")] == "1" ? 0 : 1).ToList();
        double[] Column(string name) => [.. table.Select(r => double.Parse(r[names.IndexOf(name)], CultureInfo.InvariantCulture))];
        double[] Race(string level) => [.. table.Select(r => r[names.IndexOf("race")] == level ? 1.0 : 0)];
        return ExternalControlTrial.Trial(
            table.Count(r => r[names.IndexOf("treat")] == "1"),
            [
                ExternalControlTrial.Numeric("age", Column("age")),
                ExternalControlTrial.Numeric("educ", Column("educ")),
                ExternalControlTrial.Binary("race", "hispan", Race("hispan")),
                ExternalControlTrial.Binary("race", "white", Race("white")),
                ExternalControlTrial.Binary("married", null, Column("married")),
                ExternalControlTrial.Binary("nodegree", null, Column("nodegree")),
                ExternalControlTrial.Numeric("re74", Column("re74")),
                ExternalControlTrial.Numeric("re75", Column("re75")),
            ],
            new ContinuousOutcome(Column("re78"), "[USD]"));
    }

    private static List<string> Lines(string path)
    {
        var full = ReferenceData.SharedPathOrNull(path);
        Assert.SkipUnless(full is not null, $"{path} is not beside the repository.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(full!), CompressionMode.Decompress));
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The randomised sample of 445 (with the controls of CPS where asked), as Cunningham's Mixtape gives it.</summary>
    public static TrialData Mixtape(bool withCps)
    {
        var experiment = Read("control_arms/nsw_mixtape.csv.gz");
        var rows = experiment.Where(r => r["treat"] == 1).ToList();
        rows.AddRange(withCps ? Read("control_arms/cps_mixtape.csv.gz") : experiment.Where(r => r["treat"] == 0));
        double[] Of(Func<Dictionary<string, double>, double> read) => [.. rows.Select(read)];
        var columns = new List<(CovariateColumn, double[])>
        {
            ExternalControlTrial.Numeric("age", Of(r => r["age"])),
            ExternalControlTrial.Numeric("educ", Of(r => r["educ"])),
            ExternalControlTrial.Binary("black", null, Of(r => r["black"])),
            ExternalControlTrial.Binary("hisp", null, Of(r => r["hisp"])),
            ExternalControlTrial.Binary("marr", null, Of(r => r["marr"])),
            ExternalControlTrial.Binary("nodegree", null, Of(r => r["nodegree"])),
            ExternalControlTrial.Numeric("re74", Of(r => r["re74"])),
            ExternalControlTrial.Numeric("re75", Of(r => r["re75"])),
        };
        if (withCps)
        {
            columns.AddRange(
            [
                ExternalControlTrial.Numeric("ageSquared", Of(r => Math.Pow(r["age"], 2))),
                ExternalControlTrial.Numeric("ageCubed", Of(r => Math.Pow(r["age"], 3))),
                ExternalControlTrial.Numeric("educSquared", Of(r => Math.Pow(r["educ"], 2))),
                ExternalControlTrial.Numeric("educRe74", Of(r => r["educ"] * r["re74"])),
                ExternalControlTrial.Binary("unemployed74", null, Of(r => r["re74"] == 0 ? 1 : 0)),
                ExternalControlTrial.Binary("unemployed75", null, Of(r => r["re75"] == 0 ? 1 : 0)),
            ]);
        }

        return ExternalControlTrial.Trial(rows.Count(r => r["treat"] == 1), [.. columns], new ContinuousOutcome(Of(r => r["re78"]), "[USD]"));
    }

    private static List<Dictionary<string, double>> Read(string path)
    {
        var lines = Lines(path);
        var names = lines[0].Split(',').Select(n => n.Trim('"')).ToArray();
        return [.. lines.Skip(1).Select(l => l.Split(',')).Select(cells => names
            .Select((n, j) => (n, cells[j]))
            .Where(p => double.TryParse(p.Item2, CultureInfo.InvariantCulture, out _))
            .ToDictionary(p => p.n, p => double.Parse(p.Item2, CultureInfo.InvariantCulture), StringComparer.Ordinal))];
    }
}
