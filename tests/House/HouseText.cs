namespace DigitalTwin.Tests.House;

/// <summary>One text file of the checkout.</summary>
/// <param name="Path">Relative to the root, with forward slashes.</param>
/// <param name="Text">Its content.</param>
internal sealed record HouseFile(string Path, string Text)
{
    public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsDocument => Path.EndsWith(".md", StringComparison.Ordinal);

    public string Folder => Path.Contains('/', StringComparison.Ordinal) ? Path[..Path.LastIndexOf('/')] : string.Empty;
}

/// <summary>The text files that people write; what builds and runs leave behind is not among them.</summary>
internal static class HouseText
{
    private static readonly string[] Rooms = ["engine", "twins", "scenarios", "tests", "docs", "bench", ".ci"];

    private static readonly string[] LeftBehind = ["bin", "obj", "artifacts", "runs", "out", "TestResults"];

    private static readonly string[] Endings =
    [
        ".cs", ".md", ".csproj", ".props", ".yaml", ".yml", ".R", ".sh", ".json", ".svg", ".txt", ".editorconfig", ".gitattributes", "Dockerfile", "Makefile", "run",
    ];

    private static readonly Lazy<HouseFile[]> s_files = new(() => [.. Read()]);

    public static IReadOnlyList<HouseFile> Files => s_files.Value;

    public static HouseFile File(string path) => Files.Single(f => f.Path == path);

    private static IEnumerable<HouseFile> Read()
    {
        var paths = Directory.EnumerateFiles(RepositoryRoot.Path)
            .Concat(Rooms.SelectMany(room => FilesBelow(Path.Combine(RepositoryRoot.Path, room))));
        return from path in paths
               where Endings.Any(e => path.EndsWith(e, StringComparison.Ordinal)) && !path.EndsWith("packages.lock.json", StringComparison.Ordinal)
               let relative = Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/')
               orderby relative
               select new HouseFile(relative, System.IO.File.ReadAllText(path));
    }

    private static IEnumerable<string> FilesBelow(string folder) => Directory.EnumerateFiles(folder).Concat(
        Directory.EnumerateDirectories(folder).Where(d => !LeftBehind.Contains(Path.GetFileName(d))).SelectMany(FilesBelow));
}
