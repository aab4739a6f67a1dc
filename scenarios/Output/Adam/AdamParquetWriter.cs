using Parquet;
using Parquet.Schema;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>A data set as Parquet: one row group, numbers as nullable doubles, labels in the file's metadata as <c>label.NAME</c>.</summary>
public static class AdamParquetWriter
{
    public static async Task<byte[]> WriteAsync(AdamDataset dataset, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var fields = dataset.Columns.Select(Field).ToArray();
        using var bytes = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), bytes, cancellationToken: cancellation).ConfigureAwait(false))
        {
            writer.CustomMetadata = new SortedDictionary<string, string>(
                dataset.Columns.ToDictionary(c => $"label.{c.Name}", c => c.Label), StringComparer.Ordinal).ToDictionary();
            using var group = writer.CreateRowGroup();
            for (var i = 0; i < fields.Length; i++)
            {
                await WriteAsync(group, fields[i], dataset.Columns[i]).ConfigureAwait(false);
            }

            group.CompleteValidate();
        }

        return bytes.ToArray();
    }

    private static DataField Field(AdamColumn column) => column is AdamTextColumn
        ? new DataField<string>(column.Name)
        : new DataField<double?>(column.Name);

    private static Task WriteAsync(ParquetRowGroupWriter group, DataField field, AdamColumn column) => column switch
    {
        AdamTextColumn texts => group.WriteAsync(field, texts.Values!),
        AdamNumberColumn numbers => group.WriteAsync<double>(field, numbers.Values.Select(v => double.IsFinite(v) ? v : (double?)null).ToArray()),
        _ => throw new ArgumentException($"Unknown kind of column {column.GetType().Name}.", nameof(column)),
    };
}
