namespace DigitalTwin.Tests.Reference;

/// <summary>Finds the reference files: committed ones beside the tests, large ones beside the repository.</summary>
public static class ReferenceData
{
    /// <summary>A data set of R's survival package: gbsg, rotterdam, pbc, pbcseq, veteran, lung. See data/SOURCE.md.</summary>
    public static ReferenceTable DataSet(string name) => Table($"data/{name}.csv");

    /// <summary>A committed file under tests/Reference, read as a table.</summary>
    public static ReferenceTable Table(string path)
    {
        using var reader = new StreamReader(PathOf(path));
        return ReferenceTable.Parse(reader);
    }

    /// <summary>Values another program computed: rows <c>case,quantity,index,value</c>.</summary>
    public static ReferenceValues Values(string path) => new(Table(path));

    /// <summary>Where a committed file under tests/Reference stands in the test output.</summary>
    public static string PathOf(string path) => Path.Combine(AppContext.BaseDirectory, "Reference", path);

    /// <summary>A file under the data folder beside the repository, or null where there is none.</summary>
    public static string? SharedPathOrNull(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "DigitalTwin.sln")))
            {
                var candidate = Path.Combine(folder.FullName, "..", "shared", "data", path);
                return File.Exists(candidate) ? candidate : null;
            }
        }

        return null;
    }
}
