using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation.Likeness;

/// <summary>Blocks of some training subjects, and any subjects as points in them.</summary>
internal sealed class LikenessSpace(IReadOnlyList<LikenessBlock> blocks)
{
    /// <summary>Mean squared distance a component of two subjects drawn at random: what is expected of a block that one of them lacks.</summary>
    private const double Expected = 2;

    public IReadOnlyList<LikenessBlock> Blocks => blocks;

    public static LikenessSpace Fit(SubjectInputs training)
    {
        LikenessBlock?[] found = [LikenessBlock.OfCovariates(training), .. Enumerable.Range(0, training.Layers.Count).Select(l => LikenessBlock.OfLayer(training, l))];
        return new LikenessSpace([.. found.OfType<LikenessBlock>()]);
    }

    public LikenessPoint[] Points(SubjectInputs inputs)
    {
        FeatureMatrix?[] encoded = [.. blocks.Select(b => b.Encode(inputs))];
        var points = new LikenessPoint[inputs.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var (components, features, outside) = (new double[blocks.Count][], new double[blocks.Count][], new double[blocks.Count]);
            for (var b = 0; b < blocks.Count; b++)
            {
                if (encoded[b] is { } matrix && blocks[b].IsPresent(inputs, i))
                {
                    components[b] = new double[blocks[b].ComponentCount];
                    features[b] = matrix.Row(i).ToArray();
                    outside[b] = blocks[b].Project(features[b], components[b]);
                }
            }

            points[i] = new LikenessPoint(components, features, outside);
        }

        return points;
    }

    /// <summary>Squared distance, mean over components and over the blocks that are asked for; NaN where the two share none of them.</summary>
    public static double Distance(LikenessPoint one, LikenessPoint other, bool[] asked)
    {
        double sum = 0;
        var (count, shared) = (0, 0);
        for (var b = 0; b < asked.Length; b++)
        {
            if (!asked[b] || !one.Has(b))
            {
                continue;
            }

            count++;
            if (!other.Has(b))
            {
                sum += Expected;
                continue;
            }

            shared++;
            var own = 0.0;
            for (var k = 0; k < one.Components[b].Length; k++)
            {
                var apart = one.Components[b][k] - other.Components[b][k];
                own += apart * apart;
            }

            sum += own / one.Components[b].Length;
        }

        return shared == 0 ? double.NaN : sum / count;
    }

    /// <summary>How far a subject is from its nearest ones, and outside of the space, in root mean squares; and who they are, the nearest first.</summary>
    public static (double Score, (int Subject, double Distance)[] Nearest) Score(LikenessPoint point, IReadOnlyList<LikenessPoint> others, bool[] asked, int count, Func<int, bool>? isLeftOut = null)
    {
        var distances = new List<(int Subject, double Distance)>();
        for (var i = 0; i < others.Count; i++)
        {
            var distance = isLeftOut?.Invoke(i) == true ? double.NaN : Distance(point, others[i], asked);
            if (!double.IsNaN(distance))
            {
                distances.Add((i, distance));
            }
        }

        (int Subject, double Distance)[] nearest = [.. distances.OrderBy(d => d.Distance).ThenBy(d => d.Subject).Take(count)];
        if (nearest.Length == 0)
        {
            return (double.NaN, nearest);
        }

        double outside = 0;
        var blockCount = 0;
        for (var b = 0; b < asked.Length; b++)
        {
            outside += asked[b] && point.Has(b) ? point.Outside[b] : 0;
            blockCount += asked[b] && point.Has(b) ? 1 : 0;
        }

        return (Math.Sqrt(nearest.Average(d => d.Distance) + (outside / blockCount)), nearest);
    }
}

/// <summary>A subject in the blocks of a space; a block of which nothing is known is null.</summary>
/// <param name="ComponentsOrNull">Shape [blocks][components].</param>
/// <param name="FeaturesOrNull">Encoded features, shape [blocks][features].</param>
/// <param name="Outside">Shape [blocks].</param>
internal sealed record LikenessPoint(double[]?[] ComponentsOrNull, double[]?[] FeaturesOrNull, double[] Outside)
{
    public double[][] Components => ComponentsOrNull!;

    public double[][] Features => FeaturesOrNull!;

    public bool Has(int block) => ComponentsOrNull[block] is not null;
}
