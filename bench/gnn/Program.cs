// Times sparse and dense products and graph networks, and prints them beside PyTorch's times as Markdown.
// Arguments: "graph FILE" writes the graph for PyTorch; "run" times our side; "run FILE" reads the lines "name milliseconds" of PyTorch from FILE too.
using System.Diagnostics;
using System.Globalization;
using DigitalTwin.Bench.Gnn;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute.Simd;

if (args[0] == "graph")
{
    BenchGraph.Write(GraphNormalization.Symmetric(BenchGraph.Make()), args[1]);
    return;
}

var coldStart = Stopwatch.GetTimestamp();
using var backend = new SimdBackend(Environment.ProcessorCount);
using (var buffer = backend.Rent(3 * 64 * 64))
{
    backend.Gemm(new(buffer.AsMatrix(64, 64), new(buffer, 4096, 64, 64), new(buffer, 8192, 64, 64)));
}

var firstKernel = Stopwatch.GetElapsedTime(coldStart).TotalMilliseconds;
using var graph = new SharedGraph(backend, BenchGraph.Make());
var theirs = args.Length > 1
    ? File.ReadLines(args[1]).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture))
    : [];
Print($"{backend.Name}; {graph.RowCount} nodes, {graph.Symmetric.EdgeCount} edges, 64 features. First kernel after {firstKernel:F0} ms. Milliseconds, a patient where there are patients.");
Print($"");
Print($"| task | ours | PyTorch's best | as | ratio |");
Print($"|---|---:|---:|---|---:|");
foreach (var (name, milliseconds) in new GraphTasks(backend, graph).Run([16, 64]))
{
    var best = Peers(name).Where(theirs.ContainsKey).OrderBy(p => theirs[p]).FirstOrDefault();
    Print(best is null ? $"| {name} | {milliseconds:F3} | not run | | |" : (FormattableString)$"| {name} | {milliseconds:F3} | {theirs[best]:F2} | {best} | {theirs[best] / milliseconds:F1} |");
}

static string[] Peers(string name) => name.StartsWith("spmm-", StringComparison.Ordinal)
    ? [Layout(name, "wide"), Layout(name, "tiled"), Layout(name, "gather")]
    : [name];

static string Layout(string name, string layout) => name.Replace("spmm-", $"spmm-{layout}-", StringComparison.Ordinal);

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
