using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Scenarios.Shipped;

namespace DigitalTwin.Tests.House;

/// <summary>What the README promises on the first page.</summary>
public sealed class ReadmeTests
{
    private const string RunCommand = "dotnet run -c Release --project scenarios -- run scenarios/gbsg-hormone-therapy.yaml";
    private const string TestCommand = "dotnet test -c Release";

    private static readonly string[] s_lines = HouseText.File("README.md").Text.Split('\n');

    [Theory]
    [InlineData(RunCommand)]
    [InlineData(TestCommand)]
    public void The_command_stands_alone_on_its_line(string command) => Assert.Single(s_lines, line => line.Trim() == command);

    [Fact]
    public void The_paths_of_the_first_command_are_there()
    {
        Assert.Single(Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "scenarios"), "*.csproj"));
        Assert.True(File.Exists(Path.Combine(RepositoryRoot.Path, RunCommand.Split(' ')[^1])));
    }

    [Fact]
    public void Continuous_integration_runs_the_second_command() =>
        Assert.Contains(TestCommand, HouseText.File(".ci/run").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData("evaluate scenarios/acc-multiomics.yaml")]
    [InlineData("evaluate scenarios/gbsg-tamoxifen-effect.yaml")]
    [InlineData("evaluate scenarios/simulated-multiomics-trial.yaml")]
    public void Continuous_integration_evaluates_what_is_shipped_with_its_data(string command) =>
        Assert.Contains(command, HouseText.File(".ci/run").Text, StringComparison.Ordinal);

    [Fact]
    public void Every_shipped_study_is_in_the_table_of_its_room() => Assert.All(
        ShippedStudies.All, file => Assert.Contains($"`{Path.GetFileName(file)}`", HouseText.File("scenarios/README.md").Text, StringComparison.Ordinal));

    [Fact]
    public void Every_shipped_scenario_validates()
    {
        Assert.True(ShippedStudies.WithData.Length >= 5);
        foreach (var file in ShippedStudies.WithData)
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            Assert.True(ValidateCommand.Run(file, asJson: false, output, error) == 0, error.ToString());
        }
    }
}
