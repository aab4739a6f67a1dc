using DigitalTwin.Vocabulary;
using Parquet;
using Parquet.Meta;
using Parquet.Schema;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>Reads one Parquet table column by column. The only code that touches the Parquet reader: whatever that throws leaves as
/// <see cref="InvalidInputException"/>, and nothing is allocated before sizes agree with what the manifest declares.</summary>
/// <remarks>The Parquet reader does not check its own pages; callers hand over bytes whose checksum has been checked.</remarks>
internal sealed class TableReader
{
    // Above the values themselves a chunk holds page headers, a dictionary and levels.
    private const long ChunkOverhead = 1 << 20;
    private const int LongestText = 1024;

    private readonly ParquetReader _reader;
    private readonly string _name;
    private readonly int _rowCount;
    private readonly Dictionary<string, DataField> _fields;

    private TableReader(ParquetReader reader, string name, int rowCount)
    {
        _reader = reader;
        _name = name;
        _rowCount = rowCount;
        _fields = reader.Schema.DataFields.ToDictionary(f => f.Name, StringComparer.Ordinal);
    }

    /// <summary>Names of the table's columns, in its order.</summary>
    public IReadOnlyList<string> ColumnNames => [.. _reader.Schema.DataFields.Select(f => f.Name)];

    /// <summary>Opens a table, checks its shape, and reads from it.</summary>
    /// <param name="stream">The whole file; left open.</param>
    /// <param name="name">Name of the file inside the bundle, for faults.</param>
    /// <param name="rowCount">Rows the manifest declares.</param>
    /// <param name="columns">The columns the table must have, in order, given the names it has.</param>
    /// <param name="limits">What the reader may take on.</param>
    /// <param name="read">Reads the columns.</param>
    /// <exception cref="InvalidInputException">The table is damaged, of another shape, or too large.</exception>
    public static T Read<T>(
        Stream stream,
        string name,
        int rowCount,
        Func<IReadOnlyList<string>, IReadOnlyList<TableColumn>> columns,
        CohortLimits limits,
        Func<TableReader, T> read)
    {
        try
        {
            FooterCheck.Run(stream);
            using var reader = new Opened(Wait(() => ParquetReader.CreateAsync(new MeteredStream(stream), null, leaveStreamOpen: true)));
            var names = reader.Parquet.Schema.DataFields.Select(f => f.Name).ToList();
            CheckShape(reader.Parquet, stream.Length, name, rowCount, columns(names), limits);
            return read(new TableReader(reader.Parquet, name, rowCount));
        }
        catch (InvalidInputException)
        {
            throw;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Parquet.Net throws whatever its decoders run into: from IOException to IndexOutOfRangeException and OutOfMemoryException.
            throw new InvalidInputException(
                new Fault(new TextLocation(name, 0, 0), $"The file is not a readable Parquet table ({e.GetType().Name}). Import the cohort again from its source."), e);
        }
    }

    public double[] ReadDoubles(string column) => ReadColumn<double>(column, (group, field, values) => group.ReadAsync<double>(field, values));

    public float[] ReadFloats(string column) => ReadColumn<float>(column, (group, field, values) => group.ReadAsync<float>(field, values));

    public short[] ReadShorts(string column) => ReadColumn<short>(column, (group, field, values) => group.ReadAsync<short>(field, values));

    public byte[] ReadBytes(string column) => ReadColumn<byte>(column, (group, field, values) => group.ReadAsync<byte>(field, values));

    /// <summary>Texts of a column; a text that repeats in neighbouring rows is one object.</summary>
    public string[] ReadTexts(string column)
    {
        var texts = ReadColumn<string>(column, (group, field, values) => group.ReadAsync(field, values!));
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is null || texts[i].Length is 0 or > LongestText)
            {
                throw new InvalidInputException(
                    new TextLocation(_name, 0, 0), $"Row {i + 1} of column '{column}' is empty or longer than {LongestText} characters. Import the cohort again from its source.");
            }

            if (i > 0 && texts[i] == texts[i - 1])
            {
                texts[i] = texts[i - 1];
            }
        }

        return texts;
    }

    private T[] ReadColumn<T>(string column, Func<ParquetRowGroupReader, DataField, Memory<T>, ValueTask> read)
    {
        var values = new T[_rowCount];
        var start = 0;
        for (var g = 0; g < _reader.RowGroupCount; g++)
        {
            using var group = _reader.OpenRowGroupReader(g);
            var target = values.AsMemory(start, (int)group.RowCount);
            Wait(async () =>
            {
                await read(group, _fields[column], target).ConfigureAwait(false);
                return true;
            });
            start += target.Length;
        }

        return values;
    }

    private static void CheckShape(
        ParquetReader reader, long fileLength, string name, int rowCount, IReadOnlyList<TableColumn> expected, CohortLimits limits)
    {
        var faults = new List<Fault>();
        var actual = reader.Schema.Fields;
        var metadata = reader.Metadata ?? throw new InvalidDataException("The table has no footer.");
        if (metadata.RowGroups.Any(g => g.NumRows < 0) || metadata.RowGroups.Sum(g => g.NumRows) is var total && total != rowCount)
        {
            Report($"The table has {metadata.RowGroups.Sum(g => g.NumRows)} rows, the manifest declares {rowCount}.");
        }

        var needed = rowCount * expected.Sum(c => (long)c.BytesInMemory);
        if (needed > limits.MaximumBytes)
        {
            Report($"The table needs about {needed >> 20} MiB of memory, the limit is {limits.MaximumBytes >> 20} MiB.");
        }

        for (var i = 0; i < Math.Max(expected.Count, actual.Count) && faults.Count < 10; i++)
        {
            var want = i < expected.Count ? expected[i] : null;
            var have = i < actual.Count ? actual[i] : null;
            if (want is null || have is null || have.Name != want.Name)
            {
                Report($"Column {i + 1} is {(have is null ? "absent" : $"'{have.Name}'")}, the manifest declares {(want is null ? "none" : $"'{want.Name}'")}.");
                break;
            }

            if (have is not DataField field || field.IsArray || field.IsNullable || !Holds(field.ClrType, want.Type))
            {
                Report($"Column '{want.Name}' is not of type {want.Type.Name} without nulls.");
            }
        }

        if (faults.Count == 0 && !metadata.RowGroups.All(g => g.Columns.Count == expected.Count && g.Columns.Zip(expected).All(c => FitsItsRows(c.First, g.NumRows, c.Second))))
        {
            Report("A column's chunk does not fit its rows, or is not in the plain encoding.");
        }

        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }

        void Report(string what) =>
            faults.Add(new Fault(new TextLocation(name, 0, 0), $"{what} Data and manifest disagree; import the cohort again from its source."));

        bool FitsItsRows(ColumnChunk chunk, long rows, TableColumn column) =>
            chunk.MetaData is { } data
            && data.NumValues == rows
            && data.DictionaryPageOffset is null
            && data.Encodings.All(e => e is Encoding.PLAIN or Encoding.RLE or Encoding.BIT_PACKED)
            && data.TotalCompressedSize >= 0 && data.TotalCompressedSize <= fileLength
            && data.TotalUncompressedSize <= (rows * (column.Type == typeof(string) ? LongestText : 2 * sizeof(double))) + ChunkOverhead;
    }

    // Parquet.Net shows text columns as memory of characters.
    private static bool Holds(System.Type actual, System.Type wanted) =>
        actual == wanted || (wanted == typeof(string) && actual == typeof(ReadOnlyMemory<char>));

    // On the pool, so that a caller's own scheduler (a grain's) is never captured.
    private static T Wait<T>(Func<Task<T>> work) => Task.Run(work).GetAwaiter().GetResult();

    private sealed class Opened(ParquetReader parquet) : IDisposable
    {
        public ParquetReader Parquet => parquet;

        public void Dispose() => Wait(async () =>
        {
            await parquet.DisposeAsync().ConfigureAwait(false);
            return true;
        });
    }
}
