namespace DigitalTwin.Omics.Polygenic;

/// <summary>Rows of a score by where their variants stand. A row that repeats an earlier one, or whose allele is no sequence, is under no place; so is
/// one that states neither position nor rs number, which no genotype can be found for.</summary>
internal sealed class ScorePlaces
{
    private readonly Dictionary<(string Chromosome, int Position), List<int>> _byPosition = [];
    private readonly Dictionary<string, List<int>> _byRsId = new(StringComparer.Ordinal);

    public ScorePlaces(IReadOnlyList<ScoreVariant> variants)
    {
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < variants.Count; i++)
        {
            var variant = variants[i];
            if (!Alleles.IsSequence(variant.EffectAllele) || (variant.OtherAllele.Length > 0 && !Alleles.IsSequence(variant.OtherAllele)))
            {
                NoSequenceCount++;
                continue;
            }

            if (variant.Position == 0 && variant.RsId.Length == 0)
            {
                continue;
            }

            var pair = string.CompareOrdinal(variant.EffectAllele, variant.OtherAllele) < 0
                ? $"{variant.EffectAllele}/{variant.OtherAllele}"
                : $"{variant.OtherAllele}/{variant.EffectAllele}";
            if (!seen.Add((variant.ToString(), pair)))
            {
                RepeatedCount++;
                continue;
            }

            if (variant.Position > 0)
            {
                Add(_byPosition, (variant.Chromosome, variant.Position), i);
            }
            else
            {
                Add(_byRsId, variant.RsId, i);
            }
        }
    }

    public int NoSequenceCount { get; }

    public int RepeatedCount { get; }

    public bool IsWanted(VariantSite site) => Rows(site).Any();

    /// <summary>Rows whose variant may be this one.</summary>
    public IEnumerable<int> Rows(VariantSite site)
    {
        foreach (var row in _byPosition.GetValueOrDefault((site.Chromosome, site.Position)) ?? [])
        {
            yield return row;
        }

        if (_byRsId.Count > 0)
        {
            foreach (var name in site.Id.Split(';'))
            {
                foreach (var row in _byRsId.GetValueOrDefault(name) ?? [])
                {
                    yield return row;
                }
            }
        }
    }

    private static void Add<TKey>(Dictionary<TKey, List<int>> places, TKey key, int row)
        where TKey : notnull
    {
        if (!places.TryGetValue(key, out var rows))
        {
            places.Add(key, rows = []);
        }

        rows.Add(row);
    }
}
