using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Bundles;

/// <summary>An opened bundle whose every byte has been checked against <c>checksums.sha256</c>. The open files are the checked ones:
/// a file swapped on disk afterwards is not read.</summary>
internal sealed partial class BundleFolder : IDisposable
{
    public const string ChecksumFile = "checksums.sha256";

    public const string ManifestFile = "cohort.yaml";

    private const int LargestChecksumFile = 1 << 20;

    private readonly Dictionary<string, FileStream> _streams;

    private BundleFolder(string hash, IReadOnlyList<(string Name, string Sha256)> files, Dictionary<string, FileStream> streams)
    {
        Hash = hash;
        Files = files;
        _streams = streams;
    }

    /// <summary>SHA-256 of the checksum file.</summary>
    public string Hash { get; }

    /// <summary>Files and their checksums, in the order of the checksum file.</summary>
    public IReadOnlyList<(string Name, string Sha256)> Files { get; }

    /// <exception cref="InvalidInputException">With every file that is missing, changed, or not in the checksum file.</exception>
    public static BundleFolder Open(string folder, CohortLimits limits)
    {
        if (!Directory.Exists(folder))
        {
            throw new InvalidInputException(new TextLocation(folder, 0, 0), "There is no such folder. Give the folder of a cohort bundle.");
        }

        var streams = new Dictionary<string, FileStream>(StringComparer.Ordinal);
        try
        {
            var bytes = ReadChecksumFile(folder);
            var declared = ParseChecksums(bytes, limits);
            var faults = new List<Fault>();
            RefuseStrangers(folder, declared, limits, faults);
            foreach (var (name, sha256) in declared)
            {
                OpenChecked(folder, name, sha256, streams, faults);
            }

            if (faults.Count > 0)
            {
                throw new InvalidInputException(faults);
            }

            return new BundleFolder(Convert.ToHexStringLower(SHA256.HashData(bytes)), declared, streams);
        }
        catch (Exception e)
        {
            foreach (var stream in streams.Values)
            {
                stream.Dispose();
            }

            if (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidInputException(new Fault(new TextLocation(folder, 0, 0), $"The bundle cannot be read: {e.Message}"), e);
            }

            throw;
        }
    }

    /// <summary>A checked file, from its start.</summary>
    /// <exception cref="InvalidInputException">The manifest needs a file the bundle does not have.</exception>
    public Stream this[string name]
    {
        get
        {
            if (!_streams.TryGetValue(name, out var stream))
            {
                throw new InvalidInputException(
                    new TextLocation(ManifestFile, 0, 0), $"The manifest needs '{name}', which the bundle does not have. Import the cohort again from its source.");
            }

            stream.Position = 0;
            return stream;
        }
    }

    public void Dispose()
    {
        foreach (var stream in _streams.Values)
        {
            stream.Dispose();
        }
    }

    private static byte[] ReadChecksumFile(string folder)
    {
        var file = new FileInfo(Path.Combine(folder, ChecksumFile));
        if (!file.Exists || file.LinkTarget is not null || file.Length > LargestChecksumFile)
        {
            throw new InvalidInputException(
                new TextLocation(ChecksumFile, 0, 0), $"'{folder}' has no usable {ChecksumFile}. Give a bundle made by 'digitaltwin cohort import'.");
        }

        return File.ReadAllBytes(file.FullName);
    }

    private static List<(string Name, string Sha256)> ParseChecksums(byte[] bytes, CohortLimits limits)
    {
        var declared = new List<(string, string)>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var lines = System.Text.Encoding.Latin1.GetString(bytes).Split('\n');
        var faults = new List<Fault>();
        for (var i = 0; i < lines.Length && lines[i] is var line && !(i == lines.Length - 1 && line.Length == 0) && faults.Count < 20; i++)
        {
            var match = ChecksumLine().Match(line);
            var name = match.Groups["name"].Value;
            if (!match.Success)
            {
                Report(i, "This is not a checksum, two blanks and the path of a file inside the bundle. Import the cohort again from its source.");
            }
            else if (!names.Add(name))
            {
                Report(i, $"'{name}' stands twice. Import the cohort again from its source.");
            }
            else
            {
                declared.Add((name, match.Groups["sha"].Value));
            }
        }

        if (declared.Count > limits.MaximumFileCount)
        {
            Report(0, $"The bundle has more than {limits.MaximumFileCount} files.");
        }

        if (faults.Count == 0 && !names.Contains(ManifestFile))
        {
            Report(0, $"{ManifestFile} is not listed. Give a bundle made by 'digitaltwin cohort import'.");
        }

        return faults.Count > 0 ? throw new InvalidInputException(faults) : declared;

        void Report(int line, string message) => faults.Add(new Fault(new TextLocation(ChecksumFile, line + 1, 1), message));
    }

    // Links could lead out of the bundle, and a file nobody vouches for could be mistaken for a part of it.
    private static void RefuseStrangers(string folder, List<(string Name, string Sha256)> declared, CohortLimits limits, List<Fault> faults)
    {
        var known = declared.Select(d => d.Name).Append(ChecksumFile).ToHashSet(StringComparer.Ordinal);
        var root = new DirectoryInfo(folder);
        foreach (var entry in root.EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 3 })
            .Take(2 * limits.MaximumFileCount))
        {
            var name = Path.GetRelativePath(folder, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
            if (entry.LinkTarget is not null)
            {
                faults.Add(new Fault(new TextLocation(name, 0, 0), "This is a link. A bundle holds plain files; import the cohort again from its source."));
            }
            else if (entry is FileInfo && !known.Contains(name))
            {
                faults.Add(new Fault(new TextLocation(name, 0, 0), $"This file is not listed in {ChecksumFile}. Remove it, or import the cohort again."));
            }
        }
    }

    private static void OpenChecked(string folder, string name, string sha256, Dictionary<string, FileStream> streams, List<Fault> faults)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            faults.Add(new Fault(new TextLocation(name, 0, 0), $"The file is listed in {ChecksumFile} but absent. Import the cohort again from its source."));
            return;
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        streams.Add(name, stream);
        if (Convert.ToHexStringLower(SHA256.HashData(stream)) != sha256)
        {
            faults.Add(new Fault(new TextLocation(name, 0, 0), $"The file is not the one that was written: its SHA-256 differs from {ChecksumFile}. Restore it, or import the cohort again from its source."));
        }
    }

    // Only plain names: no leading dot or slash, no "..", no backslash.
    [GeneratedRegex(@"^(?<sha>[0-9a-f]{64})  (?<name>(?:omics/)?[A-Za-z0-9_][A-Za-z0-9_-]*\.(?:yaml|parquet))\z")]
    private static partial Regex ChecksumLine();
}
