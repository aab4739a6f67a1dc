namespace DigitalTwin.Tests.House;

/// <summary>Nothing that is committed knows the machine it was made on, or where its packages came from.</summary>
public sealed class TraceOfMachinesTests
{
    // Put together here, so that this file does not hold what it looks for.
    private static readonly string[] Traces =
    [
        "/" + "work/", "/" + "root/", "/" + "home/", "/" + "tmp/", "C:" + "\\Users", "/" + "Users/",
        "nuget" + ".org", "pypi" + ".org", "npmjs" + ".com", "crates" + ".io", "repo" + ".maven", "cran" + ".r-project",
    ];

    [Fact]
    public void No_file_names_a_machine_path_or_a_registry()
    {
        var found = from file in HouseText.Files
                    from trace in Traces
                    where file.Text.Contains(trace, StringComparison.OrdinalIgnoreCase)
                    select $"{file.Path}: {trace}";
        Assert.Equal(string.Empty, string.Join('\n', found));
    }
}
