using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Reference;

/// <summary>GBSG's tamoxifen arm (246) against Rotterdam's node-positive untreated patients (1207), as external-control.R builds it.</summary>
internal static class ExternalControlTrial
{
    public static readonly Duration FiveYears = Duration.From(5, TimeUnit.Year);

    public static TrialData Build() => Build(hormoneTherapy: true, double.PositiveInfinity);

    /// <summary>GBSG's own controls in place of its treated, both cut at 5 years: the effect should be none.</summary>
    public static TrialData NegativeControl() => Build(hormoneTherapy: false, FiveYears.Days);

    private static TrialData Build(bool hormoneTherapy, double lastDay)
    {
        var gbsg = ReferenceData.DataSet("gbsg");
        var hormone = gbsg.Flags("hormon");
        gbsg = gbsg.Where(i => hormone[i] == hormoneTherapy);
        var rotterdam = RotterdamControls();
        var relapsed = rotterdam.Flags("recur");
        var died = rotterdam.Flags("death");
        double[] relapse = rotterdam.Numbers("rtime");
        double[] death = rotterdam.Numbers("dtime");
        double[] days = [.. gbsg.Numbers("rfstime"), .. relapse.Select((t, i) => relapsed[i] ? t : death[i])];
        bool[] events = [.. gbsg.Flags("status"), .. relapsed.Select((r, i) => r || died[i])];
        return Trial(
            gbsg.RowCount,
            [
                Numeric("age", [.. gbsg.Numbers("age"), .. rotterdam.Numbers("age")]),
                Binary("meno", null, [.. gbsg.Numbers("meno"), .. rotterdam.Numbers("meno")]),
                Binary("size", "20-50", [.. gbsg.Numbers("size").Select(s => s is > 20 and <= 50 ? 1.0 : 0), .. rotterdam.Indicator("size", "20-50")]),
                Binary("size", ">50", [.. gbsg.Numbers("size").Select(s => s > 50 ? 1.0 : 0), .. rotterdam.Indicator("size", ">50")]),
                Binary("grade3", null, [.. gbsg.Indicator("grade", "3"), .. rotterdam.Indicator("grade", "3")]),
                Numeric("nodes", [.. gbsg.Numbers("nodes"), .. rotterdam.Numbers("nodes")]),
                Numeric("logPgr", [.. gbsg.Numbers("pgr").Concat(rotterdam.Numbers("pgr")).Select(v => Math.Log(1 + v))]),
                Numeric("logEr", [.. gbsg.Numbers("er").Concat(rotterdam.Numbers("er")).Select(v => Math.Log(1 + v))]),
            ],
            new SurvivalOutcome(
                [.. days.Select(d => Math.Min(d, lastDay))], [.. events.Select((e, i) => e && days[i] <= lastDay)], FiveYears));
    }

    /// <summary>Rotterdam, node-positive, without hormone therapy.</summary>
    public static ReferenceTable RotterdamControls()
    {
        var rotterdam = ReferenceData.DataSet("rotterdam");
        var nodes = rotterdam.Numbers("nodes");
        var hormone = rotterdam.Flags("hormon");
        return rotterdam.Where(i => nodes[i] > 0 && !hormone[i]);
    }

    /// <summary>A trial whose first rows are the treated.</summary>
    public static TrialData Trial(int treatedCount, (CovariateColumn Column, double[] Values)[] columns, OutcomeData outcome)
    {
        var count = columns[0].Values.Length;
        var values = new double[count * columns.Length];
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < columns.Length; j++)
            {
                values[(i * columns.Length) + j] = columns[j].Values[i];
            }
        }

        return new TrialData(
            [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i:D5}"))],
            [.. Enumerable.Range(0, count).Select(i => i < treatedCount)],
            new CovariateMatrix([.. columns.Select(c => c.Column)], count, values),
            outcome);
    }

    public static (CovariateColumn Column, double[] Values) Numeric(string name, double[] values) =>
        (new CovariateColumn(name, null, name, IsBinary: false, "1"), values);

    public static (CovariateColumn Column, double[] Values) Binary(string name, string? level, double[] values) =>
        (new CovariateColumn(name, level, name, IsBinary: true, ""), values);
}
