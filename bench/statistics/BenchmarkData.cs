using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Bench;

/// <summary>Follow-up, covariates and weights that both programs fit.</summary>
internal sealed record BenchmarkData(double[] Times, bool[] Events, RowMajorMatrix Covariates, double[] Weights)
{
    /// <summary>SUPPORT with its first ten covariates.</summary>
    public static BenchmarkData Support(string path)
    {
        var rows = Read(path);
        return Of(rows, r => (r["time"], r["event"] == 1, [.. Enumerable.Range(0, 10).Select(j => r[$"x{j}"])], 1));
    }

    /// <summary>gbsg treated with untreated node-positive Rotterdam subjects, event before 84 months, with made-up weights on the external arm.</summary>
    public static BenchmarkData TreatedAndExternal(string gbsg, string rotterdam)
    {
        var treated = Read(gbsg).Where(r => r["hormon"] == 1).Select(r => (r["rfstime"], r["status"] == 1, 1.0, r));
        var external = Read(rotterdam).Where(r => r["nodes"] > 0 && r["hormon"] == 0).Select(r =>
        {
            var time = r["recur"] == 1 ? r["rtime"] : r["dtime"];
            var cut = 84 * 365.25 / 12;
            return (Math.Min(time, cut), (r["recur"] == 1 || r["death"] == 1) && time <= cut, 0.0, r);
        });
        return Of(treated.Concat(external), item =>
        {
            var (time, hadEvent, arm, r) = item;
            double[] covariates = [arm, r["age"], r["meno"], r["grade"], r["nodes"], r["pgr"], r["er"]];
            return (time, hadEvent, covariates, arm == 1 ? 1 : 0.1 + (r["age"] / 200));
        });
    }

    /// <summary>The first covariate alone.</summary>
    public BenchmarkData FirstCovariate()
    {
        var column = new double[Times.Length];
        for (var i = 0; i < column.Length; i++)
        {
            column[i] = Covariates[i, 0];
        }

        return this with { Covariates = new RowMajorMatrix(column, column.Length, 1) };
    }

    private static BenchmarkData Of<T>(IEnumerable<T> rows, Func<T, (double Time, bool Event, double[] Covariates, double Weight)> select)
    {
        var all = rows.Select(select).ToArray();
        return new BenchmarkData(
            [.. all.Select(a => a.Time)],
            [.. all.Select(a => a.Event)],
            new RowMajorMatrix(all.SelectMany(a => a.Covariates).ToArray(), all.Length, all[0].Covariates.Length),
            [.. all.Select(a => a.Weight)]);
    }

    private static List<Dictionary<string, double>> Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using var stream = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream);
        var header = reader.ReadLine()!.Split(',');
        var rows = new List<Dictionary<string, double>>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var row = new Dictionary<string, double>();
            for (var c = 0; c < cells.Length; c++)
            {
                row[header[c]] = double.TryParse(cells[c], CultureInfo.InvariantCulture, out var value) ? value : double.NaN;
            }

            rows.Add(row);
        }

        return rows;
    }
}
