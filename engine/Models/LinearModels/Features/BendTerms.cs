using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Splines;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>The bent part of each numeric covariate: restricted cubic splines with four knots [Harrell2015], within the range seen in training,
/// standardised. A missing value is 0, the mean.</summary>
internal sealed class BendTerms
{
    private const int KnotCount = 4;
    private const int DistinctValues = 8;

    private readonly Bend[] _bends;

    private BendTerms(Bend[] bends)
    {
        _bends = bends;
        Names = [.. bends.Select(b => $"{b.Variable} (bend {b.Index + 1})")];
    }

    public IReadOnlyList<string> Names { get; }

    public static BendTerms Fit(IReadOnlyList<Column> training)
    {
        var bends = new List<Bend>();
        for (var source = 0; source < training.Count; source++)
        {
            if (training[source] is not NumericColumn column)
            {
                continue;
            }

            double[] sorted = [.. column.Values.ToArray().Where(double.IsFinite).Order()];
            if (sorted.Distinct().Take(DistinctValues).Count() < DistinctValues)
            {
                continue;
            }

            var knots = RestrictedCubicSpline.KnotsAtQuantiles(sorted, KnotCount);
            for (var index = 0; index < knots.Length - 2; index++)
            {
                if (Bend.Learn(source, column.Variable.Name, index, new RestrictedCubicSpline(knots), sorted) is { } bend)
                {
                    bends.Add(bend);
                }
            }
        }

        return new BendTerms([.. bends]);
    }

    public void Write(ModelWriter writer) => writer.List(_bends, bend => bend.Write(writer));

    /// <param name="reader">Where they stand.</param>
    /// <param name="covariates">Holds the variables against those of training before they are bent.</param>
    public static BendTerms Read(ModelReader reader, CovariateEncoding covariates)
    {
        var bends = reader.List(() => Bend.Read(reader));
        reader.Require(bends.All(b => covariates.HasNumber(b.Source)), $"a covariate is bent that is no number");
        return new BendTerms(bends);
    }

    /// <param name="covariates">The variables of training, already held against them.</param>
    /// <param name="subjectCount">Number of subjects.</param>
    public FeatureMatrix Encode(IReadOnlyList<Column> covariates, int subjectCount)
    {
        var values = new double[subjectCount * _bends.Length];
        for (var k = 0; k < _bends.Length; k++)
        {
            var column = (NumericColumn)covariates[_bends[k].Source];
            for (var i = 0; i < subjectCount; i++)
            {
                values[(i * _bends.Length) + k] = _bends[k].Value(column.Values[i]);
            }
        }

        return new FeatureMatrix(Names, values, subjectCount);
    }

    private sealed record Bend(int Source, string Variable, int Index, RestrictedCubicSpline Spline, double Least, double Most, double Mean, double Scale)
    {
        public static Bend? Learn(int source, string variable, int index, RestrictedCubicSpline spline, double[] sorted)
        {
            double[] values = [.. sorted.Select(x => spline.Evaluate(x, index))];
            var mean = values.Average();
            var scale = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / values.Length);
            return scale > 0 ? new Bend(source, variable, index, spline, sorted[0], sorted[^1], mean, scale) : null;
        }

        public void Write(ModelWriter writer)
        {
            writer.Int(Source);
            writer.Text(Variable);
            writer.Int(Index);
            writer.Numbers(Spline.Knots);
            writer.Numbers([Least, Most, Mean, Scale]);
        }

        public static Bend Read(ModelReader reader)
        {
            var (source, variable, index, spline) = (reader.Int(), reader.Text(), reader.Int(), new RestrictedCubicSpline(reader.Numbers()));
            reader.Require((uint)index < (uint)spline.NonlinearCount, $"'{variable}' has {spline.NonlinearCount} bends, and bend {index} is asked for");
            var span = reader.Numbers(4, "numbers on a bend");
            reader.Require(span[0] <= span[1], $"'{variable}' runs from {span[0]} to {span[1]}");
            return new Bend(source, variable, index, spline, span[0], span[1], span[2], span[3]);
        }

        public double Value(double x) => double.IsNaN(x) ? 0 : (Spline.Evaluate(Math.Clamp(x, Least, Most), Index) - Mean) / Scale;
    }
}
