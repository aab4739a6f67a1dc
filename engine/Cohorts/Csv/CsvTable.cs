using System.IO.Compression;
using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Csv;

/// <summary>A CSV file with a header, plain or gzip. Rows of another length than the header are faults.</summary>
internal sealed class CsvTable : IDisposable
{
    // Decompressed text; a larger source is split or imported in another way.
    private const long MostBytes = 16L << 30;

    private readonly StreamReader _text;
    private readonly CsvReader _rows;
    private readonly CsvRow _header;
    private readonly string[] _columns;
    private readonly Dictionary<string, int> _indexOf = new(StringComparer.Ordinal);

    private CsvTable(StreamReader text, string name)
    {
        _text = text;
        Name = name;
        _rows = new CsvReader(text, name);
        _header = _rows.ReadRow() ?? throw new InvalidInputException(new TextLocation(name, 0, 0), "The file is empty. It needs a header line and rows.");
        _columns = [.. _header.Texts];
        foreach (var (index, column) in _columns.Index())
        {
            if (!_indexOf.TryAdd(column, index))
            {
                throw new InvalidInputException(_header.LocationOf(index), $"Column '{column}' stands twice. Rename one.");
            }
        }
    }

    /// <summary>Name of the file without its folder, for faults.</summary>
    public string Name { get; }

    /// <summary>The header.</summary>
    public IReadOnlyList<string> Columns => _columns;

    /// <summary>Position of a column, or -1.</summary>
    public int IndexOf(string column) => _indexOf.GetValueOrDefault(column, -1);

    /// <summary>Where a column's name stands.</summary>
    public TextLocation LocationOf(int column) => _header.LocationOf(column);

    /// <exception cref="InvalidInputException">The file is absent, empty, or its header is faulty.</exception>
    public static CsvTable Open(string path)
    {
        var name = Path.GetFileName(path);
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
            var isGzip = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
            file.Position = 0;
            Stream content = isGzip ? new GZipStream(file, CompressionMode.Decompress) : file;
            var text = new StreamReader(new BoundedStream(content, MostBytes), new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, 1 << 16);
            return Guard(name, () => new CsvTable(text, name));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Fault(new TextLocation(path, 0, 0), $"The file cannot be read: {e.Message}"), e);
        }
    }

    /// <summary>Position of a column, or -1 with a fault that names the nearest one.</summary>
    public int Find(string column, List<Fault> faults)
    {
        if (_indexOf.TryGetValue(column, out var index))
        {
            return index;
        }

        var nearest = NearestName.Find(column, _indexOf.Keys);
        faults.Add(new Fault(
            new TextLocation(Name, 1, 1), $"There is no column '{column}'. " + (nearest is null ? "Correct the manifest." : $"Did you mean '{nearest}'?")));
        return -1;
    }

    /// <summary>The next row as long as the header, or null at the end; others are reported and passed over.</summary>
    public CsvRow? ReadRow(ImportFaults faults)
    {
        while (Guard(Name, _rows.ReadRow) is { } row)
        {
            if (row.Count == _header.Count)
            {
                return row;
            }

            faults.Add(row.LocationOf(0), $"The row has {row.Count} fields, the header {_header.Count}. Correct the row.");
        }

        return null;
    }

    public void Dispose() => _text.Dispose();

    private static T Guard<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or DecoderFallbackException or IOException)
        {
            throw new InvalidInputException(
                new Fault(new TextLocation(name, 0, 0), e is DecoderFallbackException ? "The file is not UTF-8 text. Save it as UTF-8." : $"The file cannot be read: {e.Message}"), e);
        }
    }
}
