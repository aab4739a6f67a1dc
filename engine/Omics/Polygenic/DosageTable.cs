using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Dosages as a table, cells apart by tabs: <c>chromosome, position, id, ref, alt</c>, then one column a subject with the copies of the
/// alternate allele, 0 to 2; empty, NA or a full stop is missing.</summary>
public sealed class DosageTable : IGenotypeSource
{
    private static readonly string[] s_fixed = ["chromosome", "position", "id", "ref", "alt"];

    private readonly VariantLines _lines;
    private bool _isRead;

    private DosageTable(VariantLines lines, string sourceName, SubjectId[] subjects)
    {
        _lines = lines;
        SourceName = sourceName;
        Subjects = subjects;
    }

    public string SourceName { get; }

    public IReadOnlyList<SubjectId> Subjects { get; }

    /// <summary>Reads the line of column names.</summary>
    /// <exception cref="InvalidInputException">The first columns are others, or a subject stands twice, or there are too many.</exception>
    public static DosageTable Open(TextReader text, string sourceName = "dosage table", PolygenicReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= new PolygenicReadLimits();
        var lines = new VariantLines(text, sourceName, limits);
        var columns = lines.Read()?.Split('\t') ?? [];
        return columns.Length > s_fixed.Length && columns.Take(s_fixed.Length).SequenceEqual(s_fixed, StringComparer.OrdinalIgnoreCase)
            ? new DosageTable(lines, sourceName, SubjectColumns.Parse(columns.AsSpan(s_fixed.Length), lines, limits))
            : throw lines.Fault($"The first columns are not {string.Join(", ", s_fixed)} and then subjects. Name them so, apart by tabs.");
    }

    public IEnumerable<VariantGenotypes> Read(Predicate<VariantSite> isWanted)
    {
        ArgumentNullException.ThrowIfNull(isWanted);
        if (_isRead)
        {
            throw new InvalidOperationException($"{SourceName} has been read. Open it again.");
        }

        _isRead = true;
        return Variants(isWanted);
    }

    private IEnumerable<VariantGenotypes> Variants(Predicate<VariantSite> isWanted)
    {
        for (var line = _lines.Read(); line is not null; line = _lines.Read())
        {
            if (line.Length == 0)
            {
                continue;
            }

            _lines.CountVariant();
            var cells = line.Split('\t');
            if (cells.Length != s_fixed.Length + Subjects.Count)
            {
                throw _lines.Fault($"The row has {cells.Length} cells for {s_fixed.Length + Subjects.Count} columns. Correct it.");
            }

            if (!int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                throw _lines.Fault("The position is no whole number. Correct it.");
            }

            var site = new VariantSite(Alleles.Chromosome(cells[0]), position, cells[2], [cells[3].ToUpperInvariant(), cells[4].ToUpperInvariant()]);
            if (isWanted(site))
            {
                yield return new VariantGenotypes(site, Dosages(cells));
            }
        }
    }

    private float[][] Dosages(string[] cells)
    {
        float[][] dosages = [new float[Subjects.Count], new float[Subjects.Count]];
        for (var s = 0; s < Subjects.Count; s++)
        {
            var cell = cells[s_fixed.Length + s].Trim();
            var isMissing = cell is "" or "NA" or ".";
            var dosage = float.NaN;
            if (!isMissing && (!float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out dosage) || !(dosage >= 0 && dosage <= 2)))
            {
                throw _lines.Fault($"The dosage of subject '{Subjects[s]}' is no number from 0 to 2. Correct it.");
            }

            (dosages[0][s], dosages[1][s]) = (2 - dosage, dosage);
        }

        return dosages;
    }
}
