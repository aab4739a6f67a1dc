namespace DigitalTwin.Tests.House;

/// <summary>Rooms keep their size, and say what they are.</summary>
public sealed class RoomTests
{
    private const int MostLinesOfAFile = 400;
    private const int MostLinesOfARoomReadme = 15;

    private static readonly string[] NamesThatSayNothing = ["Utils", "Util", "Common", "Helpers", "Helper", "Manager", "Managers", "Misc"];

    public static TheoryData<string> EngineRooms() =>
        [.. Directory.EnumerateDirectories(Path.Combine(RepositoryRoot.Path, "engine")).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(EngineRooms))]
    public void An_engine_room_says_what_it_is_in_a_few_lines(string room)
    {
        var readme = HouseText.Files.SingleOrDefault(f => f.Path == $"engine/{room}/README.md");
        Assert.True(readme is not null, $"engine/{room} has no README.md.");
        Assert.InRange(readme.Text.TrimEnd().Split('\n').Length, 3, MostLinesOfARoomReadme);
        Assert.Contains("tart here", readme.Text, StringComparison.Ordinal);
        Assert.Contains("xtend here", readme.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_the_engine_holds_one_idea()
    {
        var tooLong = HouseText.Files.Where(f => f.IsCode && f.Path.StartsWith("engine/", StringComparison.Ordinal))
            .Select(f => (f.Path, Lines: f.Text.TrimEnd().Split('\n').Length)).Where(f => f.Lines > MostLinesOfAFile);
        Assert.Equal(string.Empty, string.Join('\n', tooLong.Select(f => $"{f.Path}: {f.Lines} lines")));
    }

    [Fact]
    public void A_name_says_what_is_inside()
    {
        var empty = HouseText.Files.Where(f => f.IsCode)
            .Where(f => f.Path.Split('/').Select(Path.GetFileNameWithoutExtension).Any(part => NamesThatSayNothing.Any(n => EndsWithWord(part!, n))))
            .Select(f => f.Path);
        Assert.Equal(string.Empty, string.Join('\n', empty));
    }

    /// <summary>A folder of the engine or the twins is a namespace of the same name.</summary>
    [Fact]
    public void A_namespace_follows_its_project()
    {
        var strays =
            from file in HouseText.Files
            where file.IsCode && (file.Path.StartsWith("engine/", StringComparison.Ordinal) || file.Path.StartsWith("twins/", StringComparison.Ordinal))
            let project = $"DigitalTwin.{file.Path.Split('/')[1]}"
            let line = file.Text.Split('\n').FirstOrDefault(l => l.StartsWith("namespace ", StringComparison.Ordinal))
            where line is not null && line.TrimEnd() != $"namespace {project};" && !line.StartsWith($"namespace {project}.", StringComparison.Ordinal)
            select $"{file.Path}: {line}";
        Assert.Equal(string.Empty, string.Join('\n', strays));
    }

    private static bool EndsWithWord(string name, string word) =>
        name == word || (name.EndsWith(word, StringComparison.Ordinal) && char.IsLower(name[^(word.Length + 1)]));
}
