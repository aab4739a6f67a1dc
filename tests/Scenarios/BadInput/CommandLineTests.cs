using System.CommandLine;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>What may be typed wrongly: one message, exit code 2, no stack trace.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("--out is empty. Name a file or folder.", "run", "FILE", "--out", "")]
    [InlineData("FILE is empty. Name a file or folder.", "run", "")]
    [InlineData("--seed is 'junk', which is not a whole number from 0 to 9223372036854775807.", "run", "FILE", "--seed", "junk")]
    [InlineData("--seed is '-1', which is not a whole number", "run", "FILE", "--seed", "-1")]
    [InlineData("--threads is '0', which is not a whole number from 1 to 1024.", "run", "FILE", "--threads", "0")]
    [InlineData("'tpu' not recognized", "run", "FILE", "--device", "tpu")]
    [InlineData("'FILE' missing", "run")]
    [InlineData("'--frobnicate'", "run", "FILE", "--frobnicate")]
    [InlineData("FILE is empty", "validate", "")]
    [InlineData("--port is '99999', which is not a whole number from 0 to 65535.", "serve", "FILE", "--port", "99999")]
    [InlineData("csv is empty", "cohort", "import", "", "--manifest", "m.yaml", "--out", "o")]
    public async Task A_command_line_that_cannot_be_read_exits_with_two(string message, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(CommandLine.Create(), arguments, new InvocationConfiguration { Output = output, Error = error });
        Assert.Equal(2, code);
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("System.", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cuda")]
    [InlineData("opencl")]
    public async Task A_device_the_twin_model_cannot_use_is_refused_by_name(string device)
    {
        using var study = new SmallStudy();
        using var run = await ScenarioRun.Of(study.Save(), device: device);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--device  '{device}' cannot run this study: its twin model", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serving_a_study_whose_twins_cannot_be_made_is_refused()
    {
        using var study = new SmallStudy().WithTwin().With("terms: [karno, age]", "terms: [age > 0]").WithMethod("{ id: w, type: unadjusted }");
        using var error = new StringWriter();
        Assert.Equal(2, await CommandLine.RunAsync(CommandLine.Create(), ["serve", study.Save()], new InvocationConfiguration { Error = error }));
        Assert.StartsWith("twin has no answer on these data.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_is_no_scenario()
    {
        using var study = new SmallStudy();
        using var run = await ScenarioRun.Of(study.Folder);
        Assert.Equal(2, run.ExitCode);
        Assert.EndsWith("This is a folder. Name the scenario file in it.", run.Error.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_of_the_program_is_one_line_without_data()
    {
        var broken = new RootCommand("broken");
        broken.SetAction((Func<ParseResult, int>)(_ => throw new InvalidOperationException("subject 17 has a glucose of 5.4")));
        using var error = new StringWriter();
        Assert.Equal(1, await CommandLine.RunAsync(broken, [], new InvocationConfiguration { Error = error }));
        Assert.Single(error.ToString().TrimEnd().Split('\n'));
        Assert.Contains("InvalidOperationException in DigitalTwin.Tests", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("glucose", error.ToString(), StringComparison.Ordinal);
    }
}
