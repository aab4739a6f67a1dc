using System.Globalization;

namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>Parameters of a model to a tensor archive and back, bit for bit, all or nothing.</summary>
public static class ParameterCheckpoint
{
    private const int MostNamed = 10;

    /// <summary>Writes all parameters, statistics that are kept with them included.</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="stream">Where to.</param>
    /// <param name="metadata">Words about the model, by key.</param>
    public static void Save(ParameterSet parameters, Stream stream, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var archive = new TensorArchive();
        foreach (var (key, text) in metadata ?? new Dictionary<string, string>())
        {
            archive.Describe(key, text);
        }

        Add(parameters, archive);
        archive.Write(stream);
    }

    /// <summary>Reads parameters that <see cref="Save"/> wrote. When it throws, the parameters are as they were.</summary>
    /// <returns>The words about the model.</returns>
    /// <exception cref="CheckpointException">The file is damaged, or of another architecture: every missing, unexpected and differently shaped tensor is named, up to ten.</exception>
    public static IReadOnlyDictionary<string, string> Load(ParameterSet parameters, Stream stream, TensorArchiveLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var archive = TensorArchive.Read(stream, limits);
        parameters.Restore(Match(parameters, archive));
        return archive.Metadata;
    }

    /// <summary>Adds all parameters to an archive.</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="archive">Where to.</param>
    /// <param name="prefix">Before each name.</param>
    public static void Add(ParameterSet parameters, TensorArchive archive, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Add(parameters, parameters.Snapshot(), archive, prefix);
    }

    /// <summary>Adds the numbers of a snapshot to an archive, parameter by parameter.</summary>
    public static void Add(ParameterSet parameters, ReadOnlySpan<float> snapshot, TensorArchive archive, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(archive);
        foreach (var p in parameters.Parameters)
        {
            archive.Add(StoredTensor.Of(prefix + p.Name, snapshot.Slice((int)p.Offset, p.Rows * p.Columns), p.Rows, p.Columns));
        }
    }

    /// <summary>The numbers of an archive as a snapshot of a model, for <see cref="ParameterSet.Restore"/>. Changes nothing.</summary>
    /// <param name="parameters">Of the model.</param>
    /// <param name="archive">Where from.</param>
    /// <param name="prefix">Before each name; tensors without it are not looked at.</param>
    /// <exception cref="CheckpointException">The archive is of another architecture.</exception>
    public static float[] Match(ParameterSet parameters, TensorArchive archive, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(archive);
        var faults = new List<string>();
        var snapshot = new float[parameters.AllValues.Length];
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var p in parameters.Parameters)
        {
            names.Add(prefix + p.Name);
            var tensor = archive.Find(prefix + p.Name);
            if (tensor is null)
            {
                faults.Add($"'{p.Name}' [{p.Rows}, {p.Columns}] is missing");
            }
            else if (tensor.Type != TensorType.F32)
            {
                faults.Add($"'{p.Name}' holds {tensor.Type}, not {TensorType.F32}");
            }
            else if (tensor.Shape is not [var rows, var columns] || rows != p.Rows || columns != p.Columns)
            {
                faults.Add($"'{p.Name}' is {tensor.ShapeText}, not [{p.Rows}, {p.Columns}]");
            }
            else
            {
                tensor.ToSingles().CopyTo(snapshot.AsSpan((int)p.Offset));
            }
        }

        faults.AddRange(archive.Tensors.Where(t => t.Name.StartsWith(prefix, StringComparison.Ordinal) && !names.Contains(t.Name)).Select(t => $"'{t.Name[prefix.Length..]}' {t.ShapeText} is unexpected"));
        if (faults.Count > 0)
        {
            var rest = faults.Count > MostNamed ? string.Create(CultureInfo.InvariantCulture, $"; and {faults.Count - MostNamed} more") : "";
            throw new CheckpointException($"The checkpoint is of another architecture: {string.Join("; ", faults.Take(MostNamed))}{rest}. Make the model with the settings it was saved with.");
        }

        return snapshot;
    }
}
