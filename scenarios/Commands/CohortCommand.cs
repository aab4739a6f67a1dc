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
        var force = new Option<bool>("--force") { Description = "Replace a bundle that is there." };
        var command = new Command("import", "Make a bundle of CSV files.") { source, manifest, output, observations, force };
        command.SetAction((arguments, cancellation) => Task.Run(() => Guard(() => Import(
            arguments.GetValue(source)!,
            arguments.GetValue(manifest)!,
            arguments.GetValue(output)!,
            arguments.GetValue(observations),
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

    private static void Import(string source, string manifestPath, string output, string? observations, bool force, CancellationToken cancellation)
    {
        if (!force && Path.Exists(output))
        {
            throw new InvalidInputException(new TextLocation(output, 0, 0), "It is there already and was kept. Choose another --out, or replace it with --force.");
        }

        var manifest = CohortImporter.ReadManifest(manifestPath);
        var cohort = CohortImporter.Import(manifest, source, observations);
        CohortWriter.Write(cohort, manifest, output, force, cancellation: cancellation);
        Console.Out.WriteLine(FormattableString.Invariant($"{output}: {cohort.Count} subjects, {manifest.Variables.Count} variables, {manifest.Endpoints.Count} endpoints, {cohort.Observations?.Count ?? 0} observations."));
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
