// Times our survival statistics and, where R has been timed, prints both side by side as Markdown.
// Arguments: SUPPORT csv, gbsg csv, rotterdam csv, and optionally the times that statistics.R wrote.
using System.Diagnostics;
using System.Globalization;
using DigitalTwin.Bench;
using DigitalTwin.Numerics.Survival;

var ours = new List<(string Name, double Milliseconds, double Cpu, double Value)>();
if (File.Exists(args[0]))
{
    var support = BenchmarkData.Support(args[0]);
    Time("Cox, 10 covariates, SUPPORT", 200, () => CoxRegression.Fit(support.Times, support.Events, support.Covariates).Coefficients[0]);
}

var trial = BenchmarkData.TreatedAndExternal(args[1], args[2]);
var arm = trial.FirstCovariate();
Time("1,000 weighted Cox fits, 1 covariate", 20, () => Spread(Bootstrap.Coefficients(arm, 1000, 2)));
Time("1,000 weighted Cox fits, 7 covariates", 20, () => Spread(Bootstrap.Coefficients(trial, 1000, 2)));
Time("1,000 weighted Cox fits, 1 covariate, 1 thread", 20, () => Spread(Bootstrap.Coefficients(arm, 1000, 1)));
Time("1,000 weighted Cox fits, 7 covariates, 1 thread", 20, () => Spread(Bootstrap.Coefficients(trial, 1000, 1)));

var theirs = args.Length > 3 ? ReadTimes(args[3]) : [];
Console.WriteLine("| task | answer | ms | CPU ms | R | answer | ms | CPU ms | ratio | CPU ratio |");
Console.WriteLine("|---|---:|---:|---:|---|---:|---:|---:|---:|---:|");
foreach (var (name, milliseconds, cpu, value) in ours)
{
    var us = string.Create(CultureInfo.InvariantCulture, $"| {name} | {value:F6} | {milliseconds:F1} | {cpu:F1} |");
    var found = theirs.Where(t => name.StartsWith(t.Name, StringComparison.Ordinal)).ToArray();
    foreach (var them in found)
    {
        Console.WriteLine(us + string.Create(
            CultureInfo.InvariantCulture,
            $" {them.Method} | {them.Value:F6} | {them.Milliseconds:F1} | {them.Cpu:F1} | {them.Milliseconds / milliseconds:F0} | {them.Cpu / cpu:F0} |"));
    }

    if (found.Length == 0)
    {
        Console.WriteLine(us + " not run | | | | | |");
    }
}

// Best of the repeats after warming up: what else the machine does only adds time.
void Time(string name, int repeats, Func<double> work)
{
    var value = work();
    for (var warm = Stopwatch.StartNew(); warm.ElapsedMilliseconds < 1000;)
    {
        value = work();
    }

    var (best, bestCpu) = (double.PositiveInfinity, double.PositiveInfinity);
    for (var i = 0; i < repeats; i++)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        value = work();
        best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
        bestCpu = Math.Min(bestCpu, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
    }

    ours.Add((name, best, bestCpu, value));
}

static double Spread(double[] values)
{
    var mean = values.Average();
    return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
}

static (string Name, string Method, double Milliseconds, double Cpu, double Value)[] ReadTimes(string path) =>
    [.. File.ReadLines(path).Skip(1).Select(line => line.Split(';')).Select(cells => (
        cells[0], cells[1], Number(cells[2]), Number(cells[3]), Number(cells[4])))];

static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
