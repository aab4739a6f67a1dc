using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Reads scoring files of the PGS Catalog, formatted or harmonised. Harmonised positions (hm_chr, hm_pos) are used where the file has them.</summary>
/// <remarks>Source: [Lambert2021] and the catalog's description of its file format 2.0.</remarks>
public static class ScoringFileReader
{
    private const int MostHeaderLines = 10_000;

    /// <param name="text">The unpacked file.</param>
    /// <param name="sourceName">Name of the file, for errors.</param>
    /// <param name="limits">Bounds of what is read.</param>
    /// <exception cref="InvalidInputException">A needed column is absent, or rows cannot be used; carries every fault up to a hundred.</exception>
    public static ScoringFile Read(TextReader text, string sourceName = "scoring file", PolygenicReadLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = new VariantLines(text, sourceName, limits ?? new PolygenicReadLimits());
        var header = new Dictionary<string, string>(StringComparer.Ordinal);
        var line = lines.Read();
        for (; line is not null && line.StartsWith('#'); line = lines.Read())
        {
            if (lines.Number > MostHeaderLines)
            {
                throw lines.Fault($"The header has more than {MostHeaderLines} lines. Give a scoring file of the PGS Catalog.");
            }

            var key = line.TrimStart('#').Split('=', 2);
            if (key.Length == 2)
            {
                header[key[0].Trim()] = key[1].Trim();
            }
        }

        var rows = new ScoringRows(line ?? throw lines.Fault("There is no line of column names. Give a scoring file of the PGS Catalog."), lines);
        var variants = new List<ScoreVariant>();
        var faults = new List<Fault>();
        for (line = lines.Read(); line is not null; line = lines.Read())
        {
            if (line.Length == 0)
            {
                continue;
            }

            lines.CountVariant();
            try
            {
                variants.Add(rows.Parse(line));
            }
            catch (InvalidInputException fault)
            {
                faults.AddRange(fault.Faults);
                if (faults.Count == 100)
                {
                    break;
                }
            }
        }

        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }

        return variants.Count == 0
            ? throw lines.Fault("There is no variant. Give a scoring file of the PGS Catalog.")
            : new ScoringFile(
                sourceName,
                header.GetValueOrDefault("pgs_id") ?? header.GetValueOrDefault("omicspred_id") ?? string.Empty,
                Build(header, rows.IsHarmonized),
                header,
                variants);
    }

    private static string? Build(Dictionary<string, string> header, bool isHarmonized) =>
        header.GetValueOrDefault(isHarmonized ? "HmPOS_build" : "genome_build") is { } build && build is not ("NR" or "") ? build : null;

    /// <summary>One row after another, by the names of the columns.</summary>
    private sealed class ScoringRows
    {
        private static readonly string[] s_refused = ["is_interaction", "is_haplotype", "is_diplotype"];

        private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
        private readonly VariantLines _lines;

        public ScoringRows(string names, VariantLines lines)
        {
            _lines = lines;
            var columns = names.Split('\t');
            for (var c = 0; c < columns.Length; c++)
            {
                if (!_columns.TryAdd(columns[c].Trim(), c))
                {
                    throw lines.Fault($"Column '{columns[c]}' stands twice. Keep one.");
                }
            }

            foreach (var needed in (string[])["effect_allele", "effect_weight"])
            {
                if (!_columns.ContainsKey(needed))
                {
                    var hint = needed == "effect_weight" && _columns.ContainsKey("dosage_0_weight") ? " Weights by dosage are not supported." : string.Empty;
                    throw lines.Fault($"There is no column '{needed}'.{hint} Give a scoring file of the PGS Catalog, columns apart by tabs.");
                }
            }

            IsHarmonized = _columns.ContainsKey("hm_chr") && _columns.ContainsKey("hm_pos");
            if (!IsHarmonized && !_columns.ContainsKey("rsID") && !(_columns.ContainsKey("chr_name") && _columns.ContainsKey("chr_position")))
            {
                throw lines.Fault("There is neither 'hm_chr' and 'hm_pos' nor 'chr_name' and 'chr_position' nor 'rsID', so variants cannot be found. Give a harmonised file.");
            }
        }

        /// <summary>Whether the positions are those of the harmonised build.</summary>
        public bool IsHarmonized { get; }

        public ScoreVariant Parse(string line)
        {
            var cells = line.Split('\t');
            if (cells.Length > _columns.Count || cells.Length < 2)
            {
                throw _lines.Fault($"The row has {cells.Length} cells for {_columns.Count} columns. Cells stand apart by tabs.");
            }

            if (s_refused.FirstOrDefault(c => IsTrue(cells, c)) is { } kind)
            {
                throw _lines.Fault($"'{kind}' is set: effects of several variants together are not supported. Choose another score.");
            }

            var position = Cell(cells, IsHarmonized ? "hm_pos" : "chr_position");
            var place = 0;
            if (position.Length > 0 && (!int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out place) || place == 0))
            {
                throw _lines.Fault($"The position '{Short(position)}' is no whole number above 0. Correct it.");
            }

            var rsId = Cell(cells, "hm_rsID") is { Length: > 0 } harmonized ? harmonized : Cell(cells, "rsID");
            var other = Cell(cells, "other_allele") is { Length: > 0 } stated ? stated : Cell(cells, "hm_inferOtherAllele");
            var effect = Cell(cells, "effect_allele");
            if (effect.Length == 0)
            {
                throw _lines.Fault("There is no effect allele. State it, or drop the row.");
            }

            var frequency = Cell(cells, "allelefrequency_effect");
            return new ScoreVariant(
                place == 0 ? string.Empty : Alleles.Chromosome(Cell(cells, IsHarmonized ? "hm_chr" : "chr_name")),
                place,
                rsId.StartsWith("rs", StringComparison.Ordinal) ? rsId : string.Empty,
                effect.ToUpperInvariant(),
                other.Contains('/', StringComparison.Ordinal) ? string.Empty : other.ToUpperInvariant(),
                Number(Cell(cells, "effect_weight"), "weight", double.NegativeInfinity, double.PositiveInfinity),
                Effect(cells),
                frequency.Length == 0 ? double.NaN : Number(frequency, "frequency", 0, 1),
                _lines.Number);
        }

        private static string Short(string text) => text.Length > 30 ? text[..30] + "..." : text;

        private string Cell(string[] cells, string column)
        {
            var text = _columns.TryGetValue(column, out var place) && place < cells.Length ? cells[place].Trim() : string.Empty;
            return text is "NA" or "." ? string.Empty : text;
        }

        private bool IsTrue(string[] cells, string column) => Cell(cells, column).Equals("true", StringComparison.OrdinalIgnoreCase);

        private EffectType Effect(string[] cells)
        {
            var stated = Cell(cells, "effect_type");
            return IsTrue(cells, "is_dominant") || stated == "dominant" ? EffectType.Dominant
                : IsTrue(cells, "is_recessive") || stated == "recessive" ? EffectType.Recessive
                : stated is "" or "additive" ? EffectType.Additive
                : throw _lines.Fault($"The effect type '{Short(stated)}' is none of additive, dominant, recessive. Choose another score.");
        }

        private double Number(string text, string what, double least, double most) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number >= least && number <= most
                ? number
                : throw _lines.Fault($"The {what} '{Short(text)}' is no number{(least == 0 ? " from 0 to 1" : string.Empty)}. Correct it.");
    }
}
