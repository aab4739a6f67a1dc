using DigitalTwin.Models.Network.Encoders;

namespace DigitalTwin.Models.Network.Training;

/// <summary>How many subjects to compute at once out of training.</summary>
internal static class NetworkBatches
{
    private const int MostNumbers = 1 << 16;

    /// <summary>Parts that each thread has several of, so that none waits for the last long.</summary>
    private const int PartsOfThread = 4;

    public static int SizeFor(IReadOnlyList<ModalityNumbers> modalities) =>
        Math.Clamp(MostNumbers / modalities.Max(m => m.RowCount * m.ColumnCount), 16, 512);

    /// <summary>Subjects cut so that all threads are busy to the end, each part one batch or more; how they are cut changes no number.</summary>
    public static IReadOnlyList<int[]> PartsFor(int subjectCount, int batchSize, int memberCount, int threadCount)
    {
        var wanted = threadCount == 1 ? 1 : ((PartsOfThread * threadCount) + memberCount - 1) / memberCount;
        var size = (subjectCount + wanted - 1) / wanted;
        size = Math.Max(1, (size + batchSize - 1) / batchSize * batchSize);
        return [.. Enumerable.Range(0, subjectCount).Chunk(size)];
    }
}
