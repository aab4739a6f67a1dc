using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Follow-up and covariates of a reference data set as the survival functions take them.</summary>
internal sealed record SurvivalData(ReferenceTable Table, double[] Times, bool[] Events, RowMajorMatrix Covariates)
{
    public static readonly string[] GbsgColumns = ["hormon", "age", "meno", "size", "grade", "nodes", "pgr", "er"];

    public static SurvivalData Gbsg(params string[] columns)
    {
        var table = ReferenceData.DataSet("gbsg");
        return new(table, table.Numbers("rfstime"), table.Flags("status"), Matrix(columns.Select(table.Numbers)));
    }

    /// <summary>gbsg in quarters of a year, which makes many ties.</summary>
    public static SurvivalData GbsgCoarse(params string[] columns)
    {
        var data = Gbsg(columns);
        return data with { Times = Array.ConvertAll(data.Times, t => Math.Ceiling(t / 90)) };
    }

    public static double[] GbsgCoarseWeights() =>
        [.. Enumerable.Range(1, 686).Select(i => 0.25 + (i % 7 / 4.0))];

    public static SurvivalData RotterdamRecurrence()
    {
        var table = ReferenceData.DataSet("rotterdam");
        var nodes = table.Numbers("nodes");
        table = table.Where(r => nodes[r] > 0);
        var (recurred, died) = (table.Flags("recur"), table.Flags("death"));
        var (recurrence, death) = (table.Numbers("rtime"), table.Numbers("dtime"));
        return new(
            table,
            [.. recurred.Select((r, i) => r ? recurrence[i] : death[i])],
            [.. recurred.Select((r, i) => r || died[i])],
            Matrix([table.Numbers("hormon")]));
    }

    public static SurvivalData RotterdamDeath()
    {
        var table = ReferenceData.DataSet("rotterdam");
        string[] columns = ["age", "meno", "grade", "nodes", "pgr", "er", "hormon", "chemo"];
        return new(table, table.Numbers("dtime"), table.Flags("death"), Matrix(columns.Select(table.Numbers)));
    }

    public static SurvivalData PbcMayo()
    {
        var table = ReferenceData.DataSet("pbc");
        var complete = table.Numbers("protime");
        table = table.Where(r => !double.IsNaN(complete[r]));
        double[] Log(string column) => Array.ConvertAll(table.Numbers(column), Math.Log);
        return new(
            table,
            table.Numbers("time"),
            table.Flags("status", 2),
            Matrix([table.Numbers("age"), table.Numbers("edema"), Log("bili"), Log("protime"), Log("albumin")]));
    }

    public static SurvivalData PbcTrial()
    {
        var table = ReferenceData.DataSet("pbc");
        var arm = table.Text("trt");
        table = table.Where(r => arm[r] != "NA");
        return new(table, table.Numbers("time"), table.Flags("status", 2), Matrix([table.Indicator("trt", "1")]));
    }

    public static SurvivalData Veteran(params string[] columns)
    {
        var table = ReferenceData.DataSet("veteran");
        return new(table, table.Numbers("time"), table.Flags("status"), Matrix(columns.Select(table.Numbers)));
    }

    public static SurvivalData Lung()
    {
        var table = ReferenceData.DataSet("lung");
        var karnofsky = table.Text("ph.karno");
        table = table.Where(r => karnofsky[r] != "NA");
        return new(
            table,
            table.Numbers("time"),
            table.Flags("status", 2),
            Matrix([table.Numbers("age"), table.Numbers("sex"), table.Numbers("ph.karno")]));
    }

    public static int[] Codes(IEnumerable<string> labels)
    {
        var sorted = labels.Distinct().Order(StringComparer.Ordinal).ToArray();
        return [.. labels.Select(label => Array.IndexOf(sorted, label))];
    }

    public static RowMajorMatrix Matrix(IEnumerable<double[]> columns)
    {
        var list = columns.ToArray();
        var values = new double[list.Length * list[0].Length];
        for (var j = 0; j < list.Length; j++)
        {
            for (var i = 0; i < list[j].Length; i++)
            {
                values[(i * list.Length) + j] = list[j][i];
            }
        }

        return new RowMajorMatrix(values, list[0].Length, list.Length);
    }
}
