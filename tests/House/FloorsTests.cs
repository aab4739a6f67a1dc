using System.Xml.Linq;

namespace DigitalTwin.Tests.House;

/// <summary>Imports only point down: each project may reference just what stands in this table.</summary>
public sealed class FloorsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["engine/Vocabulary"] = [],
        ["engine/Numerics"] = [],
        ["engine/Networks"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Kernels"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Omics"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Cohorts"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Models"] = ["engine/Vocabulary", "engine/Numerics", "engine/Networks", "engine/Omics"],
        ["engine/ControlArms"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Estimation"] = ["engine/Vocabulary", "engine/Numerics"],
        ["engine/Trials"] = ["engine/Vocabulary", "engine/Numerics", "engine/Models"],
        ["twins/Contracts"] = ["engine/Vocabulary"],
        ["twins/Grains"] = ["twins/Contracts", "engine/Models", "engine/Vocabulary"],
        ["twins/Hosting"] = ["twins/Grains", "twins/Contracts", "engine/Models", "engine/Cohorts", "engine/Vocabulary"],
        ["twins/Client"] = ["twins/Contracts"],
        ["scenarios"] =
        [
            "engine/Vocabulary", "engine/Numerics", "engine/Kernels", "engine/Omics", "engine/Cohorts", "engine/Models", "engine/ControlArms",
            "engine/Estimation", "engine/Trials", "twins/Contracts", "twins/Grains", "twins/Hosting", "twins/Client",
        ],
    };

    private static readonly string[] PackagesOfTheFloorZero = ["MathNet.Numerics"];

    public static TheoryData<string> Projects()
    {
        var data = new TheoryData<string>();
        foreach (var room in new[] { "engine", "twins", "scenarios" })
        {
            foreach (var project in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, room), "*.csproj", SearchOption.AllDirectories))
            {
                data.Add(Path.GetRelativePath(RepositoryRoot.Path, Path.GetDirectoryName(project)!).Replace('\\', '/'));
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_lower_floors(string folder)
    {
        Assert.True(Allowed.TryGetValue(folder, out var allowed), $"{folder} is on no floor: add it to the table and to docs/architecture.md.");
        var project = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj").Single();
        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(r => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, r.Attribute("Include")!.Value)))
            .Select(p => Path.GetRelativePath(RepositoryRoot.Path, Path.GetDirectoryName(p)!).Replace('\\', '/'));
        foreach (var reference in references)
        {
            Assert.True(allowed.Contains(reference), $"{folder} references {reference}, which is not below it.");
        }
    }

    [Theory]
    [InlineData("engine/Vocabulary")]
    [InlineData("engine/Numerics")]
    public void The_ground_floor_uses_no_package_but_MathNet(string folder)
    {
        var project = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.csproj").Single();
        var packages = XDocument.Load(project).Descendants("PackageReference").Select(p => p.Attribute("Include")!.Value);
        Assert.Empty(packages.Except(PackagesOfTheFloorZero));
    }

    [Fact]
    public void The_top_level_holds_only_what_the_house_names()
    {
        string[] rooms = ["engine", "twins", "tests", "scenarios", "docs", "bench"];
        var found = Directory.EnumerateDirectories(RepositoryRoot.Path)
            .Select(p => Path.GetFileName(p)!)
            .Where(n => !n.StartsWith('.') && n is not ("artifacts" or "runs" or "out" or "TestResults"));
        Assert.Empty(found.Except(rooms));
    }
}
