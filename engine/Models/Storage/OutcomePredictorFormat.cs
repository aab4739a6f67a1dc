using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Storage;

/// <summary>Trained predictors as bytes, and back: what is read predicts bit for bit what was written (on the same kind of machine) and has the same findings. A model stands
/// alone: the genes and edges it computes over are in its bytes. Ids of training subjects and what was predicted of them are not; the sorted training values of each feature of
/// a layer are, for a new value is scored among them.</summary>
/// <remarks>Little-endian: magic (8 bytes), format version (4), models, SHA-256 of all before it (32). The same models give the same bytes.</remarks>
public static class OutcomePredictorFormat
{
    /// <summary>Version of the format. Raise it whenever any type writes anything else than before; older bytes are then refused by name.</summary>
    public const int Version = 1;

    private static ReadOnlySpan<byte> Magic => "DTmodels"u8;

    /// <summary>One predictor as bytes.</summary>
    /// <exception cref="NotSupportedException">It is, or holds, a predictor of a kind that cannot be stored; says which.</exception>
    public static byte[] Write(IOutcomePredictor predictor) => WriteAll([predictor]);

    /// <summary>Several predictors as bytes: what they share (a gene network, a model that others start from) is written once.</summary>
    /// <exception cref="NotSupportedException">One is, or holds, a predictor of a kind that cannot be stored; says which.</exception>
    public static byte[] WriteAll(IReadOnlyList<IOutcomePredictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        return StoredFile.Write(Magic, writer => writer.Parts(predictors));
    }

    /// <inheritdoc cref="WriteAll(IReadOnlyList{IOutcomePredictor})"/>
    /// <param name="predictors">In the order they come back.</param>
    /// <param name="target">Gets the bytes from where it stands; stays open.</param>
    public static void WriteAll(IReadOnlyList<IOutcomePredictor> predictors, Stream target)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(target);
        StoredFile.Write(Magic, writer => writer.Parts(predictors), target.Write);
    }

    /// <summary>One predictor from bytes.</summary>
    /// <param name="bytes">Of one predictor.</param>
    /// <param name="threadCount">Threads it may use to predict, 1 or more; no number depends on it. Networks predict on processors, whatever they were trained on.</param>
    /// <exception cref="ModelFormatException">The bytes are not one sound model of this version.</exception>
    public static IOutcomePredictor Read(ReadOnlyMemory<byte> bytes, int threadCount)
    {
        var all = ReadAll(bytes, threadCount);
        return all.Count == 1 ? all[0] : throw new ModelFormatException($"These bytes hold {all.Count} models where one is wanted. Read them as a list.");
    }

    /// <summary>The predictors that <see cref="WriteAll(IReadOnlyList{IOutcomePredictor})"/> wrote, in their order.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<IOutcomePredictor> ReadAll(ReadOnlyMemory<byte> bytes, int threadCount) =>
        StoredFile.Read<IOutcomePredictor[]>(Magic, bytes, threadCount, reader => reader.Parts<IStoredPredictor>());
}
