using Parquet;
using Parquet.Schema;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>Writes one Parquet table column by column: the same values give the same bytes.</summary>
internal static class TableWriter
{
    // Bounds what a reader decompresses at a time.
    private const int RowsOfGroup = 1 << 17;

    /// <param name="stream">Receives the table; left open.</param>
    /// <param name="columns">Name and values: string[], double[], float[], short[] or byte[], all of one length.</param>
    /// <param name="compression">Codec of the pages.</param>
    public static void Write(Stream stream, IReadOnlyList<(string Name, Array Values)> columns, TableCompression compression)
    {
        var fields = columns.Select(c => new DataField(c.Name, c.Values.GetType().GetElementType()!, isNullable: false)).ToArray();
        var rowCount = columns[0].Values.Length;
        var options = new ParquetOptions
        {
            CompressionMethod = MethodOf(compression),
            CompressionLevel = System.IO.Compression.CompressionLevel.Optimal,

            // Plain values only: Zstandard makes up for the dictionary, and damaged dictionary indices send the reader into an endless loop.
            DictionaryEncodingThreshold = 0,
        };
        Task.Run(async () =>
        {
            var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields.Cast<Field>()), stream, options).ConfigureAwait(false);
            await using (writer.ConfigureAwait(false))
            {
                for (var start = 0; start < rowCount; start += RowsOfGroup)
                {
                    using var group = writer.CreateRowGroup();
                    foreach (var (field, values) in fields.Zip(columns.Select(c => c.Values)))
                    {
                        await WriteAsync(group, field, values, start, Math.Min(RowsOfGroup, rowCount - start)).ConfigureAwait(false);
                    }
                }
            }
        }).GetAwaiter().GetResult();
    }

    private static async Task WriteAsync(ParquetRowGroupWriter group, DataField field, Array values, int start, int count)
    {
        switch (values)
        {
            case string[] texts:
                await group.WriteAsync(field, new ArraySegment<string>(texts, start, count)).ConfigureAwait(false);
                break;
            case double[] doubles:
                await group.WriteAsync<double>(field, doubles.AsMemory(start, count)).ConfigureAwait(false);
                break;
            case float[] floats:
                await group.WriteAsync<float>(field, floats.AsMemory(start, count)).ConfigureAwait(false);
                break;
            case short[] shorts:
                await group.WriteAsync<short>(field, shorts.AsMemory(start, count)).ConfigureAwait(false);
                break;
            case byte[] bytes:
                await group.WriteAsync<byte>(field, bytes.AsMemory(start, count)).ConfigureAwait(false);
                break;
            default:
                throw new ArgumentException($"A table holds no {values.GetType().Name}.", nameof(values));
        }
    }

    private static CompressionMethod MethodOf(TableCompression compression) => compression switch
    {
        TableCompression.Zstd => CompressionMethod.Zstd,
        TableCompression.Snappy => CompressionMethod.Snappy,
        TableCompression.Gzip => CompressionMethod.Gzip,
        TableCompression.None => CompressionMethod.None,
        _ => throw new ArgumentOutOfRangeException(nameof(compression), compression, "Unknown compression."),
    };
}
