using DigitalTwin.Scenarios.Output;

namespace DigitalTwin.Tests.Scenarios.Output;

public sealed class RunFolderTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("run-folder-").FullName;

    private string Target => Path.Combine(_parent, "out");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Property_NothingStandsUnderTheFinalNameUntilTheEnd()
    {
        using var folder = RunFolder.Open(Target, force: false);
        folder.Write("adam/ADSL.csv", "a"u8);

        Assert.False(Directory.Exists(Target));
        folder.Complete();
        Assert.Equal("a", File.ReadAllText(Path.Combine(Target, "adam", "ADSL.csv")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Property_FailureLeavesNothingBehind()
    {
        Assert.Throws<OperationCanceledException>(CancelHalfway);

        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Error_AFolderThatExistsIsKept()
    {
        WriteEarlierRun();

        var error = Assert.Throws<OutputExistsException>(() => RunFolder.Open(Target, force: false));
        Assert.Contains("--force", error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "run.json")));
    }

    [Fact]
    public void Property_ForceReplacesAnEarlierRun_ButOnlyWhenTheNewOneIsWhole()
    {
        WriteEarlierRun();
        using var folder = RunFolder.Open(Target, force: true);
        folder.Write("run.json", "new"u8);

        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "run.json")));
        folder.Complete();
        Assert.Equal("new", File.ReadAllText(Path.Combine(Target, "run.json")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Error_ForceThatFailsKeepsTheEarlierRun()
    {
        WriteEarlierRun();
        using (RunFolder.Open(Target, force: true))
        {
            // Disposed without completing, as on Ctrl-C.
        }

        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "run.json")));
        Assert.Equal([Target], Directory.GetFileSystemEntries(_parent));
    }

    [Fact]
    public void Error_ASwapThatFailsBringsTheEarlierRunBack()
    {
        WriteEarlierRun();
        using var folder = RunFolder.Open(Target, force: true);
        Directory.Delete(Directory.GetDirectories(_parent, ".out.*").Single(), recursive: true);

        Assert.Throws<DirectoryNotFoundException>(folder.Complete);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "run.json")));
    }

    [Fact]
    public void Error_ForceNeverReplacesAFolderThatIsNoRun()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "thesis.docx"), "mine");

        Assert.Throws<OutputExistsException>(() => RunFolder.Open(Target, force: true));
        Assert.True(File.Exists(Path.Combine(Target, "thesis.docx")));
    }

    [Fact]
    public void Error_AFolderThatAppearsDuringTheRunIsKept()
    {
        using var folder = RunFolder.Open(Target, force: false);
        WriteEarlierRun();

        Assert.Throws<OutputExistsException>(folder.Complete);
        Assert.Equal("old", File.ReadAllText(Path.Combine(Target, "run.json")));
    }

    [Fact]
    public void Error_AFileIsNoFolder()
    {
        File.WriteAllText(Target, "a file");

        Assert.Throws<OutputExistsException>(() => RunFolder.Open(Target, force: true));
        Assert.Equal("a file", File.ReadAllText(Target));
    }

    [Fact]
    public void Error_AFolderThatCannotBeMadeSaysWhatToDo()
    {
        File.WriteAllText(Target, "a file");

        Assert.Contains("--out", Assert.Throws<IOException>(() => RunFolder.Open(Path.Combine(Target, "out"), force: false)).Message, StringComparison.Ordinal);
        Assert.Contains("--out", Assert.Throws<IOException>(() => RunFolder.Open(Path.Combine(_parent, new string('a', 250)), force: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_AProcessKilledInTheMiddleDoesNotStopTheNextRun()
    {
        // What a kill leaves: the hidden folder, half written, and no final name.
        var killed = RunFolder.Open(Target, force: false);
        killed.Write("results.json", "{ half"u8);

        using var next = RunFolder.Open(Target, force: false);
        next.Write("results.json", "{}"u8);
        next.Complete();

        Assert.Equal("{}", File.ReadAllText(Path.Combine(Target, "results.json")));
        Assert.Equal(["results.json"], Directory.GetFiles(Target).Select(Path.GetFileName));
        killed.Dispose();
    }

    [Theory]
    [InlineData("../evil.txt")]
    [InlineData("/evil.txt")]
    [InlineData("adam/../../evil.txt")]
    public void Error_APathOutsideTheFolderIsRefused(string path)
    {
        using var folder = RunFolder.Open(Target, force: false);

        Assert.Throws<ArgumentException>(() => folder.Write(path, "x"u8));
    }

    private void CancelHalfway()
    {
        using var folder = RunFolder.Open(Target, force: false);
        folder.Write("results.json", "{}"u8);
        new CancellationToken(canceled: true).ThrowIfCancellationRequested();
        folder.Complete();
    }

    private void WriteEarlierRun()
    {
        Directory.CreateDirectory(Target);
        File.WriteAllText(Path.Combine(Target, "run.json"), "old");
    }
}
