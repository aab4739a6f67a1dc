// Times our survival statistics and, where R has been timed, prints both side by side as Markdown.
// Arguments: SUPPORT csv, gbsg csv, rotterdam csv, and optionally the times that statistics.R wrote.
using System.Diagnostics;
using System.Globalization;
using DigitalTwin.Bench;
using DigitalTwin.Numerics.Survival;

var ours = new List<(string Name, double Milliseconds, double Value)>();
if (File.Exists(args[0]))
{
    var support = BenchmarkData.Support(args[0]);
    Time("Cox, 10 covariates, SUPPORT", 40, () => CoxRegression.Fit(support.Times, support.Events, support.Covariates).Coefficients[0]);
}

var trial = BenchmarkData.TreatedAndExternal(args[1], args[2]);
var arm = trial.FirstCovariate();
Time("1,000 weighted Cox fits, 1 covariate", 5, () => Spread(Bootstrap.Coefficients(arm, 1000, 2)));
Time("1,000 weighted Cox fits, 7 covariates", 5, () => Spread(Bootstrap.Coefficients(trial, 1000, 2)));
Time("1,000 weighted Cox fits, 1 covariate, 1 thread", 5, () => Spread(Bootstrap.Coefficients(arm, 1000, 1)));
Time("1,000 weighted Cox fits, 7 covariates, 1 thread", 5, () => Spread(Bootstrap.Coefficients(trial, 1000, 1)));

var theirs = args.Length > 3 ? ReadTimes(args[3]) : [];
Console.WriteLine("| task | DigitalTwin, ms | answer | R | R, ms | answer | ratio |");
Console.WriteLine("|---|---:|---:|---|---:|---:|---:|");
foreach (var (name, milliseconds, value) in ours)
{
    var found = theirs.Where(t => name.StartsWith(t.Name, StringComparison.Ordinal)).ToArray();
    foreach (var (_, method, theirMilliseconds, theirValue) in found)
    {
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {milliseconds:F2} | {value:F6} | {method} | {theirMilliseconds:F1} | {theirValue:F6} | {theirMilliseconds / milliseconds:F0} |"));
    }

    if (found.Length == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {milliseconds:F2} | {value:F6} | not run | | | |"));
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

    var best = double.PositiveInfinity;
    for (var i = 0; i < repeats; i++)
    {
        var watch = Stopwatch.StartNew();
        value = work();
        best = Math.Min(best, watch.Elapsed.TotalMilliseconds);
    }

    ours.Add((name, best, value));
}

static double Spread(double[] values)
{
    var mean = values.Average();
    return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
}

static (string Name, string Method, double Milliseconds, double Value)[] ReadTimes(string path) =>
    [.. File.ReadLines(path).Skip(1).Select(line => line.Split(';')).Select(cells => (
        cells[0], cells[1], double.Parse(cells[2], CultureInfo.InvariantCulture), double.Parse(cells[3], CultureInfo.InvariantCulture)))];
