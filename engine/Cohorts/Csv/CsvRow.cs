using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Csv;

/// <summary>Fields of one row, each with the place it starts at.</summary>
internal sealed class CsvRow(string fileName)
{
    private readonly List<(string Text, int Line, int Column)> _fields = [];

    public int Count => _fields.Count;

    public string this[int field] => _fields[field].Text;

    public TextLocation LocationOf(int field) => new(fileName, _fields[field].Line, _fields[field].Column);

    public IEnumerable<string> Texts => _fields.Select(f => f.Text);

    public void Add(string text, int line, int column) => _fields.Add((text, line, column));
}
