using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>A scenario of 137 subjects and one method beside a copy of its bundle, for tests that spoil one thing and run it.</summary>
internal sealed class SmallStudy : IDisposable
{
    public const string FileName = "small.yaml";

    private const string Valid = """
        schema: digitaltwin/scenario/1
        title: Small
        seed: 1
        cohorts:
          veteran: { bundle: bundles/veteran }
        populations:
          test: { cohort: veteran, where: trt == 'test' }
          standard: { cohort: veteran, where: trt == 'standard' }
        arms:
          test: { population: test, role: treated }
          standard: { population: standard, role: control, kind: concurrent }
        endpoint: { type: time-to-event, event: death, horizon: 12 months }
        estimand:
          population: ATT
          measures: [hazard-ratio]
        covariates: { terms: [karno, age], missing: complete-case }
        controlArm:
          primary: w
          methods:
            - { id: w, type: propensity-weighting }

        """;

    private readonly TemporaryFolder _folder = new();
    private string _text = Valid;

    public SmallStudy()
    {
        Directory.CreateDirectory(Bundle);
        foreach (var file in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "scenarios", "bundles", "veteran")))
        {
            File.Copy(file, Path.Combine(Bundle, Path.GetFileName(file)));
        }
    }

    public string Folder => _folder.Path;

    public string Bundle => Path.Combine(_folder.Path, "bundles", "veteran");

    /// <summary>Replaces a part of the scenario; fails when the part is not there.</summary>
    public SmallStudy With(string part, string replacement)
    {
        Assert.Contains(part, _text, StringComparison.Ordinal);
        _text = _text.Replace(part, replacement, StringComparison.Ordinal);
        return this;
    }

    public SmallStudy WithMethod(string method) => With("{ id: w, type: propensity-weighting }", method);

    public SmallStudy WithTwin() => With("controlArm:", "twin: { model: penalized-cox, members: 2, folds: 2 }\ncontrolArm:");

    public string Save() => _folder.Write(FileName, _text);

    public Task<ScenarioRun> Run() => ScenarioRun.Of(Save());

    /// <summary>Runs and expects a refusal: exit code 2, one message, nothing written, no stack trace.</summary>
    public async Task<string> Refusal()
    {
        using var run = await Run();
        Assert.True(run.ExitCode == 2, $"{run.ExitCode}: {run.Error}");
        Assert.False(Directory.Exists(run.Folder));
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.StartsWith($"{FileName}: ", run.Error, StringComparison.Ordinal);
        return run.Error;
    }

    public void Dispose() => _folder.Dispose();
}
