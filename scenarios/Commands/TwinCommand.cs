using System.CommandLine;
using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin twin describe|forecast|compare|explain STUDY/SUBJECT</c>: asks the twins of a running <c>digitaltwin serve</c>.</summary>
internal static class TwinCommand
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var command = new Command("twin", "Ask one twin of a running 'digitaltwin serve'.");
        command.Add(Question("describe", "What the twin knows of its subject.", [], (q, _) => q.Describe()));
        var arm = ArmOption("Arm to forecast under; the control arm unless given.");
        var horizon = HorizonOption();
        command.Add(Question("forecast", "What the twin expects under one arm.", [arm, horizon], (q, p) => q.Forecast(Single(p.GetValue(arm)), Horizon(p.GetValue(horizon)))));
        var arms = ArmOption("Arms to compare, the reference first; repeat the option. The control and the treated arm unless given.");
        var compareHorizon = HorizonOption();
        command.Add(Question("compare", "The twin under several arms.", [arms, compareHorizon], (q, p) => q.Compare(Named(p.GetValue(arms)), Horizon(p.GetValue(compareHorizon)))));
        var explained = ArmOption("Arm to explain; the control arm unless given.");
        command.Add(Question("explain", "Why the twin forecasts what it does.", [explained], (q, p) => q.Explain(Single(p.GetValue(explained)))));
        command.Add(List());
        command.Add(Health());
        return command;
    }

    /// <summary>Port of 127.0.0.1 that service and clients share.</summary>
    public static Option<int> PortOption() => new("--port")
    {
        Description = "Port of 127.0.0.1 the twins answer at.",
        DefaultValueFactory = _ => TwinCluster.DefaultGatewayPort,
        CustomParser = result => (int)CommandLineText.ReadWholeNumber(result, "--port", 0, 65_535).GetValueOrDefault(),
    };

    private static Command Question(string name, string description, Option[] options, Func<TwinQuestions, ParseResult, Task> ask)
    {
        var twin = new Argument<string>("twin") { Description = "STUDY/SUBJECT" };
        var port = PortOption();
        var json = new Option<bool>("--json") { Description = "Print JSON instead of a table." };
        var command = new Command(name, description) { twin, port, json };
        foreach (var option in options)
        {
            command.Add(option);
        }

        command.SetAction((parsed, cancellation) => ServiceErrors.Guard(parsed.InvocationConfiguration.Error, async () =>
        {
            var key = TwinKey.Parse(parsed.GetRequiredValue(twin));
            await using var client = await TwinClient.ConnectAsync(new TwinClientOptions { Port = parsed.GetValue(port) }, cancellation);
            var output = parsed.InvocationConfiguration.Output;
            ITwinAnswers answers = parsed.GetValue(json) ? new JsonAnswers(output) : new TableAnswers(output);
            await ask(new TwinQuestions(client, key, answers, cancellation), parsed);
        }));
        return command;
    }

    /// <summary>One line a subject, ready to be passed to another question: its twin's name, a tab, its arm.</summary>
    private static Command List()
    {
        var study = new Argument<string>("study") { Description = "STUDY" };
        var port = PortOption();
        var command = new Command("list", "The twins of a study and the arm each subject was in.") { study, port };
        command.SetAction((parsed, cancellation) => ServiceErrors.Guard(parsed.InvocationConfiguration.Error, async () =>
        {
            await using var client = await TwinClient.ConnectAsync(new TwinClientOptions { Port = parsed.GetValue(port) }, cancellation);
            var id = TwinKey.ParseStudy(parsed.GetRequiredValue(study));
            await foreach (var entry in client.Study(id).ListAsync(cancellation))
            {
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"{new TwinKey(id, entry.Subject)}\t{entry.Arm}");
            }
        }));
        return command;
    }

    /// <summary>For container health checks: exit code 0 when a silo takes connections, 1 otherwise.</summary>
    private static Command Health()
    {
        var port = PortOption();
        var command = new Command("health", "Whether a silo answers; exit code 0 or 1.") { port };
        command.SetAction(async (parsed, cancellation) => await TwinHealth.ProbeAsync(parsed.GetValue(port), ProbeTimeout, cancellation) ? 0 : 1);
        return command;
    }

    private static Option<string[]> ArmOption(string description) => new("--arm") { Description = description };

    private static Option<string?> HorizonOption() => new("--horizon")
    {
        Description = "End of the forecast, as '5 years' or '60 months'; the study's horizon unless given.",
    };

    private static Duration? Horizon(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return DurationText.TryParse(text, out var horizon, out _)
            ? horizon
            : throw new FormatException($"--horizon is '{text}', which is not a duration. Use a number and a unit: '5 years', '60 months'.");
    }

    private static ArmId[] Named(string[]? arms) => [.. (arms ?? []).Select(a => new ArmId(a))];

    private static ArmId? Single(string[]? arms) => Named(arms) switch
    {
        [] => null,
        [var only] => only,
        var several => throw new FormatException($"--arm is given {several.Length} times; this question takes one arm."),
    };
}
