using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Meets genotypes one variant after another and adds up what belongs to a score.</summary>
internal sealed class ScoreMatching
{
    private readonly ScoringFile _score;
    private readonly ScorePlaces _places;
    private readonly PolygenicOptions _options;
    private readonly bool[] _isFrequencySubject;
    private readonly Outcome[] _outcomes;
    private readonly SortedDictionary<int, float[]> _flipped = [];
    private long _filled;

    public ScoreMatching(ScoringFile score, ScorePlaces places, PolygenicOptions options, IReadOnlyList<SubjectId> subjects)
    {
        _score = score;
        _places = places;
        _options = options;
        _isFrequencySubject = [.. subjects.Select(options.FrequencySubjects.Contains)];
        _outcomes = new Outcome[score.Variants.Count];
        Sums = new double[subjects.Count];
        FilledCounts = new int[subjects.Count];
    }

    // In the order of how much is known: a later one replaces an earlier one.
    private enum Outcome : byte
    {
        NotFound,
        Mismatch,
        Palindrome,
        Flipped,
        Direct,
    }

    public double[] Sums { get; }

    public int[] FilledCounts { get; }

    /// <summary>Adds what the variant's alleles say of each row of the score at its place.</summary>
    public void Meet(VariantGenotypes variant)
    {
        foreach (var row in _places.Rows(variant.Site))
        {
            if (_outcomes[row] == Outcome.Direct)
            {
                continue;
            }

            var (outcome, allele) = Match(_score.Variants[row], variant);
            if (outcome <= _outcomes[row])
            {
                continue;
            }

            _outcomes[row] = outcome;
            _flipped.Remove(row);
            if (outcome == Outcome.Direct)
            {
                Add(row, variant.Dosages[allele]);
            }
            else if (outcome == Outcome.Flipped)
            {
                // The row may yet be met as written, by another variant of the place.
                _flipped.Add(row, variant.Dosages[allele]);
            }
        }
    }

    /// <summary>Adds the rows that matched on the other strand only.</summary>
    public void AddFlipped()
    {
        foreach (var (row, dosages) in _flipped)
        {
            Add(row, dosages);
        }

        _flipped.Clear();
    }

    public ScoreMatchReport Report()
    {
        int Count(Outcome outcome) => _outcomes.Count(o => o == outcome);
        return new ScoreMatchReport(
            _outcomes.Length,
            Count(Outcome.Direct),
            Count(Outcome.Flipped),
            Count(Outcome.Palindrome),
            Count(Outcome.Mismatch),
            Count(Outcome.NotFound) - _places.RepeatedCount - _places.NoSequenceCount,
            _places.RepeatedCount,
            _places.NoSequenceCount,
            _filled);
    }

    private (Outcome Outcome, int Allele) Match(ScoreVariant row, VariantGenotypes variant)
    {
        var alleles = variant.Site.Alleles;
        var direct = Find(alleles, row.EffectAllele, row.OtherAllele);
        if (direct.Effect >= 0)
        {
            var isPalindromic = Alleles.ArePalindromic(alleles[direct.Effect], alleles[direct.Other]);
            return isPalindromic ? Palindrome(row, variant, direct.Effect, direct.Other) : (Outcome.Direct, direct.Effect);
        }

        var other = row.OtherAllele.Length == 0 ? string.Empty : Alleles.OtherStrand(row.OtherAllele);
        var flipped = _options.AllowStrandFlips ? Find(alleles, Alleles.OtherStrand(row.EffectAllele), other) : (Effect: -1, Other: -1);
        return flipped.Effect >= 0 ? (Outcome.Flipped, flipped.Effect) : (Outcome.Mismatch, -1);
    }

    private (Outcome Outcome, int Allele) Palindrome(ScoreVariant row, VariantGenotypes variant, int effect, int other)
    {
        switch (_options.Palindromes)
        {
            case PalindromeRule.SameStrand:
                return (Outcome.Direct, effect);
            case PalindromeRule.ByFrequency:
                var here = ObservedFrequency(variant.Dosages[effect], variant.Dosages[other]);
                var isClear = Math.Abs(here - 0.5) >= _options.LeastDistanceFromHalf && Math.Abs(row.Frequency - 0.5) >= _options.LeastDistanceFromHalf;
                return !isClear ? (Outcome.Palindrome, -1)
                    : here > 0.5 == row.Frequency > 0.5 ? (Outcome.Direct, effect)
                    : _options.AllowStrandFlips ? (Outcome.Flipped, other)
                    : (Outcome.Palindrome, -1);
            default:
                return (Outcome.Palindrome, -1);
        }
    }

    /// <summary>Places of the effect allele and the other one; where the other is not stated, the first that is not the effect allele.</summary>
    private static (int Effect, int Other) Find(IReadOnlyList<string> alleles, string effect, string other)
    {
        var (effectPlace, otherPlace) = (-1, -1);
        for (var a = 0; a < alleles.Count; a++)
        {
            if (alleles[a] == effect)
            {
                effectPlace = a;
            }
            else if (otherPlace < 0 && (other.Length == 0 || alleles[a] == other))
            {
                otherPlace = a;
            }
        }

        return effectPlace >= 0 && otherPlace >= 0 ? (effectPlace, otherPlace) : (-1, -1);
    }

    private void Add(int row, float[] dosages)
    {
        var variant = _score.Variants[row];
        var expected = double.NaN;
        for (var s = 0; s < dosages.Length; s++)
        {
            double dosage = dosages[s];
            if (double.IsNaN(dosage))
            {
                _filled++;
                FilledCounts[s]++;
                if (_options.MissingDosages == MissingDosageRule.Nothing)
                {
                    continue;
                }

                expected = double.IsNaN(expected) ? Expected(variant, dosages) : expected;
                dosage = expected;
            }

            Sums[s] += variant.Weight * variant.Effect switch
            {
                EffectType.Dominant => Math.Min(dosage, 1),
                EffectType.Recessive => Math.Max(dosage - 1, 0),
                _ => dosage,
            };
        }
    }

    private double Expected(ScoreVariant variant, float[] dosages)
    {
        var frequency = double.IsNaN(variant.Frequency) ? ObservedMean(dosages) / 2 : variant.Frequency;
        return double.IsNaN(frequency) ? throw new UnknownFrequencyException(_score.SourceName, variant.ToString()) : 2 * frequency;
    }

    /// <summary>Share of the effect allele among the copies of both that the frequency subjects have; NaN where nobody tells.</summary>
    private double ObservedFrequency(float[] effect, float[] other)
    {
        double copies = 0, all = 0;
        for (var s = 0; s < effect.Length; s++)
        {
            if (_isFrequencySubject[s] && !float.IsNaN(effect[s]))
            {
                copies += effect[s];
                all += effect[s] + other[s];
            }
        }

        return copies / all;
    }

    private double ObservedMean(float[] dosages)
    {
        double sum = 0;
        var count = 0;
        for (var s = 0; s < dosages.Length; s++)
        {
            if (_isFrequencySubject[s] && !float.IsNaN(dosages[s]))
            {
                sum += dosages[s];
                count++;
            }
        }

        return sum / count;
    }
}
