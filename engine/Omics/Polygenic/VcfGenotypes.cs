using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>How many copies a haploid call (an X chromosome of a man) counts.</summary>
public enum HaploidRule
{
    /// <summary>One copy: 0 or 1.</summary>
    Once,

    /// <summary>Two copies: 0 or 2, as if on both chromosomes.</summary>
    Twice,
}

/// <summary>Genotypes of a VCF text: dosages (DS) where the file has them, else calls (GT), phased or not.</summary>
/// <remarks>Source: [Danecek2011], the VCF format. A call with an unknown allele is missing as a whole. The reference allele has what the others leave:
/// 2 less their dosages, 1 for a haploid call counted once.</remarks>
public sealed class VcfGenotypes : IGenotypeSource
{
    private const int FixedColumns = 9;

    private readonly VariantLines _lines;
    private readonly HaploidRule _haploid;
    private bool _isRead;

    private VcfGenotypes(VariantLines lines, string sourceName, SubjectId[] subjects, HaploidRule haploid)
    {
        _lines = lines;
        SourceName = sourceName;
        Subjects = subjects;
        _haploid = haploid;
    }

    public string SourceName { get; }

    public IReadOnlyList<SubjectId> Subjects { get; }

    /// <summary>Reads up to the line of column names.</summary>
    /// <exception cref="InvalidInputException">There is no such line, it names no subject or one twice, or too many.</exception>
    public static VcfGenotypes Open(
        TextReader text, string sourceName = "VCF", HaploidRule haploid = HaploidRule.Once, PolygenicReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        limits ??= new PolygenicReadLimits();
        var lines = new VariantLines(text, sourceName, limits);
        string? line;
        do
        {
            line = lines.Read();
        }
        while (line is not null && line.StartsWith("##", StringComparison.Ordinal));

        var columns = line?.Split('\t') ?? [];
        if (columns.Length <= FixedColumns || columns[0] != "#CHROM" || columns[8] != "FORMAT")
        {
            throw lines.Fault("There is no line '#CHROM ... FORMAT' that names subjects. Give a VCF file with genotypes.");
        }

        return new VcfGenotypes(lines, sourceName, SubjectColumns.Parse(columns.AsSpan(FixedColumns), lines, limits), haploid);
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
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            _lines.CountVariant();
            if (Parse(line, isWanted) is { } variant)
            {
                yield return variant;
            }
        }
    }

    private VariantGenotypes? Parse(string line, Predicate<VariantSite> isWanted)
    {
        var cells = line.AsSpan();
        Span<Range> ranges = stackalloc Range[FixedColumns + 1];
        if (cells.Split(ranges, '\t') <= FixedColumns)
        {
            throw _lines.Fault("The row has no genotypes. Cells stand apart by tabs.");
        }

        if (!int.TryParse(cells[ranges[1]], NumberStyles.None, CultureInfo.InvariantCulture, out var position))
        {
            throw _lines.Fault("The position is no whole number. Correct it.");
        }

        var alternates = cells[ranges[4]].ToString();
        string[] alleles = [cells[ranges[3]].ToString().ToUpperInvariant(), .. alternates == "." ? [] : alternates.ToUpperInvariant().Split(',')];
        var site = new VariantSite(Alleles.Chromosome(cells[ranges[0]].ToString()), position, cells[ranges[2]].ToString(), alleles);
        return isWanted(site) ? Genotypes(site, cells[ranges[8]].ToString().Split(':'), cells[ranges[9]]) : null;
    }

    private VariantGenotypes Genotypes(VariantSite site, string[] format, ReadOnlySpan<char> cells)
    {
        var (call, dosage) = (Array.IndexOf(format, "GT"), Array.IndexOf(format, "DS"));
        if (call < 0 && dosage < 0)
        {
            throw _lines.Fault("FORMAT has neither GT nor DS. Give a file with calls or dosages.");
        }

        var dosages = new float[site.Alleles.Count][];
        for (var a = 0; a < dosages.Length; a++)
        {
            dosages[a] = new float[Subjects.Count];
        }

        var subject = 0;
        foreach (var range in cells.Split('\t'))
        {
            if (subject == Subjects.Count)
            {
                throw _lines.Fault($"The row has more genotypes than the {Subjects.Count} subjects. Correct it.");
            }

            var cell = cells[range];
            var copies = call < 0 ? 2 : Call(Field(cell, call), dosages, subject);
            if (dosage >= 0 && Field(cell, dosage) is var stated && stated.Length > 0 && !stated.SequenceEqual("."))
            {
                Dosage(stated, copies, dosages, subject);
            }
            else if (call < 0)
            {
                SetMissing(dosages, subject);
            }

            subject++;
        }

        return subject == Subjects.Count
            ? new VariantGenotypes(site, dosages)
            : throw _lines.Fault($"The row has {subject} genotypes for {Subjects.Count} subjects. Correct it.");
    }

    private static ReadOnlySpan<char> Field(ReadOnlySpan<char> cell, int place)
    {
        for (; place > 0; place--)
        {
            var end = cell.IndexOf(':');
            if (end < 0)
            {
                return [];
            }

            cell = cell[(end + 1)..];
        }

        return cell.IndexOf(':') is >= 0 and var stop ? cell[..stop] : cell;
    }

    private static void SetMissing(float[][] dosages, int subject)
    {
        foreach (var allele in dosages)
        {
            allele[subject] = float.NaN;
        }
    }

    /// <summary>Counts the alleles of a call; says how many copies the subject has.</summary>
    private int Call(ReadOnlySpan<char> call, float[][] dosages, int subject)
    {
        var called = 0;
        var isMissing = call.IsEmpty;
        foreach (var range in call.SplitAny('|', '/'))
        {
            var text = call[range];
            called++;
            if (text.SequenceEqual("."))
            {
                isMissing = true;
            }
            else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var allele) && allele < dosages.Length)
            {
                dosages[allele][subject]++;
            }
            else if (!call.IsEmpty)
            {
                throw _lines.Fault($"The call of subject '{Subjects[subject]}' names no allele of the row. Correct it.");
            }
        }

        if (called > 2)
        {
            throw _lines.Fault($"The call of subject '{Subjects[subject]}' has {called} alleles; at most 2 are supported. Correct it.");
        }

        var copies = called == 1 && !isMissing && _haploid == HaploidRule.Once ? 1 : 2;
        if (isMissing)
        {
            SetMissing(dosages, subject);
        }
        else if (called == 1 && copies == 2)
        {
            foreach (var allele in dosages)
            {
                allele[subject] *= 2;
            }
        }

        return copies;
    }

    private void Dosage(ReadOnlySpan<char> text, int copies, float[][] dosages, int subject)
    {
        var sum = 0f;
        var allele = 0;
        foreach (var range in text.Split(','))
        {
            allele++;
            if (allele >= dosages.Length
                || !float.TryParse(text[range], NumberStyles.Float, CultureInfo.InvariantCulture, out var dosage) || !(dosage >= 0 && dosage <= copies + 0.001f))
            {
                throw _lines.Fault($"The dosage of subject '{Subjects[subject]}' is no list of numbers from 0 to {copies}, one for each alternate allele. Correct it.");
            }

            dosages[allele][subject] = dosage;
            sum += dosage;
        }

        if (allele != dosages.Length - 1)
        {
            throw _lines.Fault($"The dosage of subject '{Subjects[subject]}' has {allele} numbers for {dosages.Length - 1} alternate alleles. Correct it.");
        }

        dosages[0][subject] = Math.Max(0, copies - sum);
    }
}
