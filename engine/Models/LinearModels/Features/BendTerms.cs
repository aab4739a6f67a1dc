using DigitalTwin.Models.Encoding;
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

        public double Value(double x) => double.IsNaN(x) ? 0 : (Spline.Evaluate(Math.Clamp(x, Least, Most), Index) - Mean) / Scale;
    }
}
