using System.CommandLine;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.KnownTruth;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin validate FILE [--json]</c>: every problem of a scenario, an evaluation or a file of known truth at once, as far as it shows without the
/// subjects. Exit code 0 when it may be run, 2 when not.
/// <c>digitaltwin validate --schema</c> prints the JSON Schema of the language.</summary>
internal static class ValidateCommand
{
    private const int Valid = 0;
    private const int InvalidInput = 2;

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The scenario file, evaluation file or file of known truth.", Arity = ArgumentArity.ZeroOrOne }.NotEmpty();
        var json = new Option<bool>("--json") { Description = "Print the faults as JSON." };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON Schema of the scenario language instead." };
        var command = new Command("validate", "Check a scenario and report every problem at once.") { file, json, schema };
        command.Validators.Add(result =>
        {
            if (result.GetValue(schema) == (result.GetValue(file) is not null))
            {
                result.AddError("Give either a scenario file or --schema.");
            }
        });
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (parsed.GetValue(schema))
            {
                output.Write(ScenarioSchema.ToJson());
                return Valid;
            }

            return Run(parsed.GetValue(file)!, parsed.GetValue(json), output, error);
        });
        return command;
    }

    /// <summary>Checks a file and prints what is wrong.</summary>
    internal static int Run(string path, bool asJson, TextWriter output, TextWriter error)
    {
        var fileName = Path.GetFileName(path);
        try
        {
            var title = TitleOf(path);
            output.WriteLine(asJson ? FaultReport.ToJson(fileName, []) : $"{fileName}: no faults. {title}");
            return Valid;
        }
        catch (InvalidInputException e)
        {
            if (asJson)
            {
                output.WriteLine(FaultReport.ToJson(fileName, e.Faults));
            }
            else
            {
                error.WriteLine(FaultReport.Format(fileName, e.Faults));
            }

            return InvalidInput;
        }
    }

    private static string TitleOf(string path) => DocumentSchema.Of(path) switch
    {
        EvaluationGrammar.Schema => EvaluationFile.Load(path).Plan.Title,
        KnownTruthGrammar.Schema => KnownTruthFile.Load(path).Plan.Title,
        _ => ScenarioFile.Load(path).Scenario.Title,
    };
}
