// Checks every operation on a card against float64, times graph learning on many patients, and prints both as Markdown beside PyTorch's times.
// Arguments: "graph FILE" writes the graph for PyTorch; "run DEVICE PATIENTS" tests and times, and with a further FILE reads PyTorch's lines "name milliseconds" from it.
using System.Globalization;
using DigitalTwin.Bench.Gnn;
using DigitalTwin.Bench.Gpu;
using DigitalTwin.Kernels.Devices;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute.Parity;

if (args[0] == "graph")
{
    BenchGraph.Write(GraphNormalization.Symmetric(BenchGraph.Make()), args[1]);
    return 0;
}

var (backend, choice) = new ComputeDevices(Environment.ProcessorCount).Open(args[1]);
using (backend)
{
    using var graph = new SharedGraph(backend, BenchGraph.Make());
    var patients = int.Parse(args[2], CultureInfo.InvariantCulture);
    Print($"# {backend.Name}");
    Print($"");
    Print($"{choice.Reason} {backend.Memory.TotalBytes / 1e9:F1} GB. .NET {Environment.Version}, {Environment.OSVersion.Platform}.");
    Print($"");
    Print($"## Parity with float64");
    Print($"");
    var results = ParityMatrix.Cases().Select(c => c.Run(backend)).ToArray();
    var failed = results.Where(r => !r.Passed).ToArray();
    Print($"{results.Length - failed.Length} of {results.Length} cases agree. Worst share of its tolerance: {results.Max(r => r.Case.Tolerance == 0 ? 0 : r.WorstDifference / r.Case.Tolerance):F2}.");
    foreach (var result in failed)
    {
        Print($"- {result}");
    }

    var theirs = args.Length > 3
        ? File.ReadLines(args[3]).Select(l => l.Split(' ')).ToDictionary(l => l[0], l => double.Parse(l[1], CultureInfo.InvariantCulture))
        : [];
    Print($"");
    Print($"## Milliseconds for {patients} patients: {graph.RowCount} nodes, {graph.Symmetric.EdgeCount} edges, 64 features");
    Print($"");
    Print($"| task | ours | batches | cuSPARSE (torch) | PyTorch Geometric | target |");
    Print($"|---|---:|---:|---:|---:|---:|");
    foreach (var (name, milliseconds, batches) in new GpuTasks(backend, graph, patients).Run())
    {
        Print($"| {name} | {milliseconds:F2} | {batches} | {Theirs($"torch-{name}")} | {Theirs($"pyg-{name}")} | {Target(name)} |");
    }

    return failed.Length == 0 ? 0 : 1;

    string Theirs(string name) => theirs.TryGetValue(name, out var milliseconds) ? milliseconds.ToString("F2", CultureInfo.InvariantCulture) : "not run";
}

static string Target(string name) => name switch { "spmm" => "10, aim 3", "gcn-step" => "60, aim 25", _ => "" };

static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
