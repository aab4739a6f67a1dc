using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Cohorts;
using DigitalTwin.Vocabulary;
using Spectre.Console;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin cohort import</c> and <c>digitaltwin cohort describe</c>.</summary>
internal static class CohortCommand
{
    private const int Succeeded = 0;
    private const int InvalidInput = 2;
    private const int Cancelled = 130;

    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create() => new("cohort", "Make and look at cohort bundles.") { CreateImport(), CreateDescribe() };

    private static Command CreateImport()
    {
        var source = new Argument<string>("csv") { Description = "CSV file with one row a subject, plain or gzip." }.NotEmpty();
        var manifest = new Option<string>("--manifest") { Description = "The cohort.yaml that describes it.", Required = true }.NotEmpty();
        var output = new Option<string>("--out") { Description = "Folder of the bundle to write.", Required = true }.NotEmpty();
        var observations = new Option<string?>("--observations") { Description = "CSV file of repeated measurements." }.NotEmpty();
        var layers = new Option<string[]>("--layer") { Description = "NAME=FILE: an omics layer and its CSV file, plain or gzip. May be repeated.", AllowMultipleArgumentsPerToken = false };
        var tables = new Option<string[]>("--table") { Description = "NAME=FILE: a further table of the manifest and its CSV file. May be repeated." };
        var id = new Option<string?>("--id") { Description = "Id of the cohort, instead of the manifest's: one manifest then serves many cohorts of one form." };
        var force = new Option<bool>("--force") { Description = "Replace a bundle that is there." };
        var command = new Command("import", "Make a bundle of CSV files.") { source, manifest, output, observations, layers, tables, id, force };
        command.SetAction((arguments, cancellation) => Task.Run(() => Guard(() => Import(
            () => new CohortSources(
                arguments.GetValue(source)!,
                arguments.GetValue(observations),
                NamedFiles("--layer", arguments.GetValue(layers)),
                NamedFiles("--table", arguments.GetValue(tables))),
            arguments.GetValue(manifest)!,
            arguments.GetValue(output)!,
            arguments.GetValue(id),
            arguments.GetValue(force),
            cancellation)), CancellationToken.None));
        return command;
    }

    private static Command CreateDescribe()
    {
        var folder = new Argument<string>("dir") { Description = "Folder of a bundle." }.NotEmpty();
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var command = new Command("describe", "Show what a bundle holds.") { folder, json };
        command.SetAction(arguments => Guard(() => Describe(arguments.GetValue(folder)!, arguments.GetValue(json))));
        return command;
    }

    private static void Import(Func<CohortSources> sources, string manifestPath, string output, string? id, bool force, CancellationToken cancellation)
    {
        if (!force && Path.Exists(output))
        {
            throw new InvalidInputException(new TextLocation(output, 0, 0), "It is there already and was kept. Choose another --out, or replace it with --force.");
        }

        var manifest = CohortImporter.ReadManifest(manifestPath);
        if (id is not null)
        {
            manifest = manifest with { Description = manifest.Description with { Id = new CohortId(ManifestReader.RequireId(id, "--id")) } };
        }

        var imported = CohortImporter.Import(manifest, sources());
        var cohort = imported.Cohort;
        CohortWriter.Write(cohort, manifest, output, force, cancellation: cancellation);
        Console.Out.WriteLine(FormattableString.Invariant(
            $"{output}: {cohort.Count} subjects, {manifest.Variables.Count} variables, {manifest.Endpoints.Count} endpoints, {cohort.Observations?.Count ?? 0} observations, {cohort.OmicsLayers.Count} omics layers."));
        foreach (var layer in imported.Layers)
        {
            var strangers = layer.StrangerCount == 0 ? string.Empty : FormattableString.Invariant($"; {layer.StrangerCount} rows of {layer.File} are of no subject and were passed over");
            Console.Out.WriteLine(FormattableString.Invariant(
                $"  {layer.Name}: {layer.FeatureCount} features of {layer.SubjectCount} of {cohort.Count} subjects{strangers}."));
            foreach (var assumption in layer.Assumptions)
            {
                Console.Out.WriteLine($"    assumed: {assumption}.");
            }
        }

        foreach (var absent in imported.AbsentLayers)
        {
            Console.Out.WriteLine($"  {absent}: declared by the manifest, no --layer given, left out.");
        }
    }

    private static NamedFile[] NamedFiles(string option, string[]? texts)
    {
        var files = (texts ?? []).Select(t => (Text: t, Cut: t.IndexOf('=', StringComparison.Ordinal))).ToArray();
        Fault[] faults = [.. files.Where(f => f.Cut <= 0 || f.Cut == f.Text.Length - 1).Select(f => new Fault(
            new TextLocation(option, 0, 0), $"'{f.Text}' does not name a file. Write {option} NAME=FILE."))];
        return faults.Length == 0 ? [.. files.Select(f => new NamedFile(f.Text[..f.Cut], f.Text[(f.Cut + 1)..]))] : throw new InvalidInputException(faults);
    }

    private static void Describe(string folder, bool json)
    {
        var summary = CohortSummary.Of(CohortStore.Read(folder));
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(summary, _json));
        }
        else
        {
            CohortTables.Write(summary, AnsiConsole.Console);
        }
    }

    private static int Guard(Action action)
    {
        try
        {
            action();
            return Succeeded;
        }
        catch (InvalidInputException e)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"{e.Faults.Count} fault{(e.Faults.Count == 1 ? string.Empty : "s")}, nothing was written."));
            foreach (var fault in e.Faults)
            {
                Console.Error.WriteLine($"  {fault}");
            }

            return InvalidInput;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"Nothing was written: {e.Message}");
            return InvalidInput;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Cancelled, nothing was written.");
            return Cancelled;
        }
    }
}
