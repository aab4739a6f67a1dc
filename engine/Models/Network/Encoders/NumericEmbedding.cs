using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What a number becomes before a perceptron reads it, so that it can bend where a straight line cannot.</summary>
public enum NumericEmbeddingKind
{
    /// <summary>The standardised number alone.</summary>
    None,

    /// <summary>Its place among the quantiles of training: 1 for bins below, the share within its own, 0 above.</summary>
    PiecewiseLinear,

    /// <summary>Sines and cosines of the standardised number at frequencies that double from one to the next.</summary>
    Periodic,
}

/// <summary>Embeds the numeric covariates the way training subjects taught. Each column made has training mean 0 and standard deviation 1; a missing value gives 0, the mean.</summary>
/// <remarks>Source: [Gorishniy2022] section 3.2 (piecewise linear, quantile bins) and 3.3 (periodic; here with fixed frequencies).</remarks>
internal sealed class NumericEmbedding
{
    private readonly Part[] _parts;

    private NumericEmbedding(Part[] parts) => _parts = parts;

    public int ColumnCount => _parts.Sum(p => p.Means.Length);

    /// <summary>Place of the variable that a column is of.</summary>
    public int SourceOf(int column)
    {
        var part = 0;
        for (; column >= _parts[part].Means.Length; part++)
        {
            column -= _parts[part].Means.Length;
        }

        return _parts[part].Source;
    }

    /// <param name="training">Covariates of the training subjects.</param>
    /// <param name="kind">What numbers become.</param>
    /// <param name="size">Bins, or frequencies, of a variable; variables of two values are left as they are.</param>
    public static NumericEmbedding Fit(IReadOnlyList<Column> training, NumericEmbeddingKind kind, int size)
    {
        var parts = new List<Part>();
        for (var source = 0; source < training.Count && kind != NumericEmbeddingKind.None; source++)
        {
            if (training[source] is NumericColumn column && Part.Fit(source, column, kind, size) is { } part)
            {
                parts.Add(part);
            }
        }

        return new NumericEmbedding([.. parts]);
    }

    public void Write(ModelWriter writer) => writer.List(_parts, part => part.Write(writer));

    /// <param name="reader">Where it stands.</param>
    /// <param name="covariates">Holds the variables against those of training before they are embedded.</param>
    public static NumericEmbedding Read(ModelReader reader, CovariateEncoding covariates)
    {
        var parts = reader.List(() => Part.Read(reader));
        reader.Require(parts.All(p => covariates.HasNumber(p.Source)), $"a covariate is embedded that is no number");
        return new NumericEmbedding(parts);
    }

    /// <returns>Row-major, shape [subjects, columns].</returns>
    public double[] Encode(IReadOnlyList<Column> covariates, int subjectCount)
    {
        var values = new double[subjectCount * ColumnCount];
        var offset = 0;
        foreach (var part in _parts)
        {
            var column = (NumericColumn)covariates[part.Source];
            for (var i = 0; i < subjectCount; i++)
            {
                part.Encode(column.Values[i], values.AsSpan((i * ColumnCount) + offset, part.Means.Length));
            }

            offset += part.Means.Length;
        }

        return values;
    }

    private sealed record Part(int Source, NumericEmbeddingKind Kind, double[] Knots, double[] Means, double[] Scales)
    {
        /// <summary>The lowest frequency has this period, in standard deviations.</summary>
        private const double LongestPeriod = 8;

        /// <summary>Null where the variable has no more than two values, or no column varies.</summary>
        public static Part? Fit(int source, NumericColumn column, NumericEmbeddingKind kind, int size)
        {
            double[] seen = [.. column.Values.ToArray().Where(double.IsFinite).Order()];
            if (seen.Distinct().Take(3).Count() < 3)
            {
                return null;
            }

            var knots = kind == NumericEmbeddingKind.PiecewiseLinear ? Quantiles(seen, size) : MeanAndScale(seen, size);
            var width = kind == NumericEmbeddingKind.PiecewiseLinear ? knots.Length - 1 : 2 * size;
            var raw = new Part(source, kind, knots, new double[width], [.. Enumerable.Repeat(1.0, width)]);
            var (means, squares, row) = (new double[width], new double[width], new double[width]);
            foreach (var value in seen)
            {
                raw.Encode(value, row);
                for (var k = 0; k < width; k++)
                {
                    means[k] += row[k] / seen.Length;
                    squares[k] += row[k] * row[k] / seen.Length;
                }
            }

            var scales = squares.Select((s, k) => Math.Sqrt(Math.Max(0, s - (means[k] * means[k])))).Select(d => d > 1e-6 ? d : double.PositiveInfinity).ToArray();
            return raw with { Means = means, Scales = scales };
        }

        public void Write(ModelWriter writer)
        {
            writer.Int(Source);
            writer.Choice(Kind);
            writer.Numbers(Knots);
            writer.Numbers(Means);
            writer.Numbers(Scales);
        }

        public static Part Read(ModelReader reader)
        {
            var (source, kind, knots, means) = (reader.Int(), reader.Choice<NumericEmbeddingKind>(), reader.Numbers(), reader.Numbers());
            var isSound = kind switch
            {
                NumericEmbeddingKind.PiecewiseLinear => knots.Length == means.Length + 1,
                NumericEmbeddingKind.Periodic => knots.Length == 2,
                _ => false,
            };
            reader.Require(isSound && means.Length > 0, $"an embedding of kind {kind} has {knots.Length} knots and {means.Length} columns");
            return new Part(source, kind, knots, means, reader.Numbers(means.Length, "scales of an embedding"));
        }

        public void Encode(double value, Span<double> row)
        {
            if (!double.IsFinite(value))
            {
                row.Clear();
                return;
            }

            for (var k = 0; k < row.Length; k++)
            {
                row[k] = (Raw(value, k) - Means[k]) / Scales[k];
            }
        }

        private double Raw(double value, int column)
        {
            if (Kind == NumericEmbeddingKind.PiecewiseLinear)
            {
                return Math.Clamp((value - Knots[column]) / (Knots[column + 1] - Knots[column]), 0, 1);
            }

            var angle = 2 * Math.PI * Math.Clamp((value - Knots[0]) / Knots[1], -LongestPeriod, LongestPeriod) * Math.Pow(2, column / 2) / LongestPeriod;
            return column % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle);
        }

        private static double[] Quantiles(double[] sorted, int size) =>
            [.. Enumerable.Range(0, size + 1).Select(k => sorted[(int)((long)k * (sorted.Length - 1) / size)]).Distinct()];

        private static double[] MeanAndScale(double[] values, int size)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
            var mean = values.Average();
            return [mean, Math.Sqrt(values.Average(v => (v - mean) * (v - mean)))];
        }
    }
}
