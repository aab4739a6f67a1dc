using DigitalTwin.Scenarios.Language;
using DigitalTwin.Tests.House;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Language;

public sealed class ScenarioFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void ClosedForm_HashIsThatOfTheBytes()
    {
        var path = Path.Combine(RepositoryRoot.Path, "scenarios", "veteran-chemotherapy.yaml");
        var file = ScenarioFile.Load(path);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), file.Sha256);
        Assert.Equal("veteran-chemotherapy.yaml", file.FileName);
    }

    [Fact]
    public void Error_NoSuchFileNamesTheNearest()
    {
        Write("gbsg.yaml", "title: t");
        Assert.Equal("There is no such file. Did you mean 'gbsg.yaml'?", Assert.Single(Faults("gbgs.yaml")).Message);
        Assert.Contains("Its folder does not exist either", Assert.Single(Faults("nowhere/gbsg.yaml")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_FolderInsteadOfFile() => Assert.Single(Faults("."));

    [Fact]
    public void Error_LinkOutOfTheFolder()
    {
        Directory.CreateSymbolicLink(Path.Combine(_folder.FullName, "inside"), Path.GetTempPath());
        Write("s.yaml", ScenarioFixture.With("bundle: bundles/trial", "bundle: inside/trial"));
        Assert.Contains(Faults("s.yaml"), f => f.Location.Line == 5 && f.Message.Contains("is a link that leads out of the scenario's folder", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_DamagedBundleIsNamedAtItsPath()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "bundles", "trial"));
        Write("s.yaml", ScenarioFixture.Valid);
        Assert.Contains(Faults("s.yaml"), f => f.Location.Line == 5 && f.Message.StartsWith("cohorts.trial.bundle 'bundles/trial' cannot be read: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("- a", "A scenario is a mapping of keys, but this file is a list.")]
    [InlineData("a: &x [1]\nb: *x", "The anchor '&x' is not allowed.")]
    public void Error_NotAScenario(string text, string message)
    {
        Write("s.yaml", text);
        Assert.StartsWith(message, Faults("s.yaml")[0].Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.FullName, name), text);

    private IReadOnlyList<Fault> Faults(string name) =>
        Assert.Throws<InvalidInputException>(() => ScenarioFile.Load(Path.Combine(_folder.FullName, name))).Faults;
}
