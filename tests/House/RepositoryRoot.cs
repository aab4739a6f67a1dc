namespace DigitalTwin.Tests.House;

/// <summary>Finds the checkout the tests were built from.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    /// <summary>Real data sets kept outside the project; null where they are absent.</summary>
    public static string? SharedData
    {
        get
        {
            var folder = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, "..", "shared", "data"));
            return Directory.Exists(folder) ? folder : null;
        }
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DigitalTwin.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests must run from inside the checkout: DigitalTwin.sln was not found above them.");
    }
}
