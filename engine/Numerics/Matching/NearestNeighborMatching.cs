using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Matching;

/// <summary>Greedy nearest-neighbour matching of controls to treated subjects.</summary>
/// <remarks>Source: [Rubin1973], [Stuart2010]. Agrees with R <c>MatchIt::matchit(method = "nearest")</c> 4.5.1: with a ratio above 1 every treated
/// subject chooses once before any chooses again; equal distances go to the control that stands first.</remarks>
public static class NearestNeighborMatching
{
    /// <summary>Matches on the distance of a score, such as the propensity score.</summary>
    /// <param name="scores">Shape [subjects], finite.</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="options">Ratio, replacement, caliper, exact strata, order.</param>
    /// <exception cref="ArgumentException">Shapes differ or an option is out of range.</exception>
    public static MatchingFit OnScore(ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated, MatchingOptions? options = null)
    {
        var own = scores.ToArray();
        return Match(own, treated, options ?? MatchingOptions.Default, (i, j) => Math.Abs(own[i] - own[j]));
    }

    /// <summary>Matches on the Mahalanobis distance of covariates, with the covariance pooled within arms.</summary>
    /// <param name="covariates">Shape [subjects, covariates], finite.</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="scores">Score for order and caliper, shape [subjects]; empty = order of the data and no caliper.</param>
    /// <param name="options">Ratio, replacement, caliper (on the score), exact strata, order.</param>
    /// <exception cref="ArgumentException">Shapes differ, an option is out of range, or a caliper or order has no score.</exception>
    public static MatchingFit OnMahalanobis(
        RowMajorMatrix covariates, ReadOnlySpan<bool> treated, ReadOnlySpan<double> scores, MatchingOptions? options = null)
    {
        options ??= MatchingOptions.Default;
        if (scores.IsEmpty && (options.Caliper is not null || options.Order != MatchingOrder.Data))
        {
            throw new ArgumentException("A caliper, and any order but that of the data, needs a score.", nameof(scores));
        }

        var whitened = MahalanobisCoordinates.Of(covariates, treated);
        var size = covariates.ColumnCount;
        var own = scores.IsEmpty ? new double[treated.Length] : scores.ToArray();
        return Match(own, treated, options, Distance);

        double Distance(int i, int j)
        {
            double sum = 0;
            for (var k = 0; k < size; k++)
            {
                var difference = whitened[(i * size) + k] - whitened[(j * size) + k];
                sum += difference * difference;
            }

            return sum;
        }
    }

    private static MatchingFit Match(double[] scores, ReadOnlySpan<bool> treated, MatchingOptions options, Func<int, int, double> distance)
    {
        Check(scores, treated, options);
        var chosen = new List<int>[scores.Length];
        var available = new List<int>();
        for (var i = 0; i < scores.Length; i++)
        {
            chosen[i] = [];
            if (!treated[i])
            {
                available.Add(i);
            }
        }

        var order = Order(scores, treated, options.Order);
        for (var round = 0; round < options.Ratio; round++)
        {
            foreach (var i in order)
            {
                // A subject that found nobody in an earlier round cannot find anybody now.
                var position = chosen[i].Count < round ? -1 : Nearest(i, available, chosen[i], scores, options, distance);
                if (position >= 0)
                {
                    chosen[i].Add(available[position]);
                    if (!options.WithReplacement)
                    {
                        available.RemoveAt(position);
                    }
                }
            }
        }

        return new MatchingFit(chosen, Weights(chosen), options.WithReplacement ? null : Sets(chosen));
    }

    private static int Nearest(
        int subject, List<int> available, List<int> chosen, double[] scores, MatchingOptions options, Func<int, int, double> distance)
    {
        var nearest = -1;
        var smallest = double.PositiveInfinity;
        for (var position = 0; position < available.Count; position++)
        {
            var candidate = available[position];
            if ((options.ExactStrata is { } strata && strata[candidate] != strata[subject])
                || (options.Caliper is { } caliper && Math.Abs(scores[candidate] - scores[subject]) > caliper)
                || (options.WithReplacement && chosen.Contains(candidate)))
            {
                continue;
            }

            var candidateDistance = distance(subject, candidate);
            if (candidateDistance < smallest)
            {
                smallest = candidateDistance;
                nearest = position;
            }
        }

        return nearest;
    }

    private static int[] Order(double[] scores, ReadOnlySpan<bool> treated, MatchingOrder order)
    {
        var subjects = new List<int>();
        for (var i = 0; i < treated.Length; i++)
        {
            if (treated[i])
            {
                subjects.Add(i);
            }
        }

        // OrderBy is stable: equal scores keep the order of the data.
        return order switch
        {
            MatchingOrder.Largest => [.. subjects.OrderByDescending(i => scores[i])],
            MatchingOrder.Smallest => [.. subjects.OrderBy(i => scores[i])],
            _ => [.. subjects],
        };
    }

    /// <summary>A control's weight is the sum of its shares in the sets it serves, scaled to sum to the number of matched controls.</summary>
    private static double[] Weights(List<int>[] chosen)
    {
        var weights = new double[chosen.Length];
        double total = 0;
        for (var i = 0; i < chosen.Length; i++)
        {
            foreach (var control in chosen[i])
            {
                weights[control] += 1.0 / chosen[i].Count;
            }

            total += chosen[i].Count > 0 ? 1 : 0;
        }

        var scale = weights.Count(w => w > 0) / total;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = chosen[i].Count > 0 ? 1 : weights[i] * scale;
        }

        return weights;
    }

    private static int[] Sets(List<int>[] chosen)
    {
        var sets = new int[chosen.Length];
        Array.Fill(sets, -1);
        var number = 0;
        for (var i = 0; i < chosen.Length; i++)
        {
            if (chosen[i].Count > 0)
            {
                sets[i] = number;
                chosen[i].ForEach(c => sets[c] = number);
                number++;
            }
        }

        return sets;
    }

    private static void Check(double[] scores, ReadOnlySpan<bool> treated, MatchingOptions options)
    {
        if (scores.Length != treated.Length || (options.ExactStrata is { } strata && strata.Length != treated.Length))
        {
            throw new ArgumentException($"{scores.Length} scores and {options.ExactStrata?.Length ?? treated.Length} strata for {treated.Length} subjects.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Ratio, 1);
        if (options.Caliper is { } caliper && !(caliper > 0))
        {
            throw new ArgumentException($"The caliper is {caliper}; it must be positive.", nameof(options));
        }
    }
}
