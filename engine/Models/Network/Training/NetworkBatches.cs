using DigitalTwin.Models.Network.Encoders;

namespace DigitalTwin.Models.Network.Training;

/// <summary>How many subjects to compute at once out of training.</summary>
internal static class NetworkBatches
{
    private const int MostNumbers = 1 << 16;

    public static int SizeFor(IReadOnlyList<ModalityNumbers> modalities) =>
        Math.Clamp(MostNumbers / modalities.Max(m => m.RowCount * m.ColumnCount), 16, 512);
}
