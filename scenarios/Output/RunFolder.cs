namespace DigitalTwin.Scenarios.Output;

/// <summary>The output folder of a run. Everything is written to a hidden sibling folder that takes the final name in one step
/// when <see cref="Complete"/> is called; dispose without it (failure, Ctrl-C) and nothing is left behind.</summary>
/// <remarks>With force, the folder that stood there is moved aside only when the new one is whole, comes back if the swap fails, and is
/// removed last. A process killed outright leaves the hidden folder, never a half-written result under the final name.</remarks>
public sealed class RunFolder : IDisposable
{
    private readonly string _partial;
    private readonly bool _force;
    private bool _completed;

    private RunFolder(string path, string partial, bool force)
    {
        Path = path;
        _partial = partial;
        _force = force;
    }

    /// <summary>Full path the outputs will have in the end.</summary>
    public string Path { get; }

    /// <summary>Starts a run's output.</summary>
    /// <param name="path">Folder the outputs are to have; its parents are made when they are missing.</param>
    /// <param name="force">True to replace a folder that exists.</param>
    /// <exception cref="OutputExistsException">Something exists under that name and <paramref name="force"/> is false, or it is no earlier run.</exception>
    /// <exception cref="IOException">The parent folder cannot be written.</exception>
    public static RunFolder Open(string path, bool force)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        if (File.Exists(full))
        {
            throw new OutputExistsException(full, $"The output '{path}' is a file. Name a folder that does not exist yet.");
        }

        if (Directory.Exists(full) && !force)
        {
            throw new OutputExistsException(full, $"The output folder '{path}' exists and is kept. Choose another with --out, or replace it with --force.");
        }

        if (Directory.Exists(full) && !IsReplaceable(full))
        {
            throw new OutputExistsException(full, $"The folder '{path}' holds no {RunManifest.FileName}, so it is not an earlier run and is kept. Choose another with --out.");
        }

        var parent = System.IO.Path.GetDirectoryName(full)
            ?? throw new OutputExistsException(full, $"The output '{path}' is the root of a file system. Name a folder below it.");
        var partial = System.IO.Path.Combine(parent, $".{System.IO.Path.GetFileName(full)}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The output folder '{path}' cannot be made: a folder above it is no folder or may not be written, or the name is too long. Choose another with --out.", e);
        }

        return new RunFolder(full, partial, force);
    }

    /// <summary>Writes one file.</summary>
    /// <param name="relativePath">Path inside the folder, with forward slashes.</param>
    /// <param name="bytes">Content.</param>
    /// <exception cref="ArgumentException">The path leaves the folder.</exception>
    public void Write(string relativePath, ReadOnlySpan<byte> bytes)
    {
        var path = Resolve(relativePath);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
    }

    /// <summary>Files written so far, by path with forward slashes, in ordinal order.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(_partial, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(_partial, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Bytes of a file written before.</summary>
    public byte[] Read(string relativePath) => File.ReadAllBytes(Resolve(relativePath));

    /// <summary>Gives the outputs their final name.</summary>
    /// <exception cref="OutputExistsException">Something took the name meanwhile and force was not given.</exception>
    public void Complete()
    {
        if (!Directory.Exists(Path))
        {
            Directory.Move(_partial, Path);
            _completed = true;
            return;
        }

        if (!_force || !IsReplaceable(Path))
        {
            throw new OutputExistsException(Path, $"The output folder '{Path}' appeared during the run and is kept. Run again with another --out, or with --force.");
        }

        Swap();
        _completed = true;
    }

    /// <summary>Removes what was written unless the run completed.</summary>
    public void Dispose()
    {
        if (!_completed && Directory.Exists(_partial))
        {
            Directory.Delete(_partial, recursive: true);
        }
    }

    /// <summary>Force replaces an earlier run or an empty folder, never somebody's other files.</summary>
    private static bool IsReplaceable(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, RunManifest.FileName)) || !Directory.EnumerateFileSystemEntries(folder).Any();

    private void Swap()
    {
        var old = _partial + ".old";
        Directory.Move(Path, old);
        try
        {
            Directory.Move(_partial, Path);
        }
        catch
        {
            Directory.Move(old, Path);
            throw;
        }

        Directory.Delete(old, recursive: true);
    }

    private string Resolve(string relativePath)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(relativePath);
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(_partial, relativePath));
        return full.StartsWith(_partial + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new ArgumentException($"'{relativePath}' lies outside the output folder.", nameof(relativePath));
    }
}
