using DigitalTwin.Numerics.Splines;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Terms;

/// <summary>Turns covariates into model terms: lines, restricted cubic splines and pairwise interactions, all standardised.
/// Learnt from covariates alone; outcomes never enter, so it may be shared by all folds.</summary>
public sealed class TermExpansion
{
    /// <summary>Continuous columns with fewer distinct values stay straight lines.</summary>
    private const int DistinctValuesForSpline = 8;

    private const int KnotCount = 4;

    /// <summary>With more candidate pairs than this no interactions are formed: the data could not choose among them.</summary>
    private const int InteractionLimit = 120;

    private readonly ColumnShape[] _shapes;
    private readonly RestrictedCubicSpline?[] _splines;
    private readonly ModelTerm[] _terms;

    /// <summary>Rebuilds an expansion from its parts, e.g. after reading a model.</summary>
    public TermExpansion(IReadOnlyList<ColumnShape> shapes, IReadOnlyList<ModelTerm> terms)
    {
        _shapes = [.. shapes];
        _terms = [.. terms];
        _splines = [.. shapes.Select(s => s.Knots.Length < 3 ? null : new RestrictedCubicSpline(s.Knots))];
    }

    public IReadOnlyList<ColumnShape> Shapes => _shapes;

    /// <summary>The columns of the expanded design, in order.</summary>
    public IReadOnlyList<ModelTerm> Terms => _terms;

    /// <summary>Learns ranges, knots and scales from the covariates of the training subjects.</summary>
    public static TermExpansion Learn(CovariateMatrix covariates)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        var shapes = Enumerable.Range(0, covariates.ColumnCount).Select(c => Shape(covariates, c)).ToList();
        var candidates = new List<ModelTerm>();
        for (var column = 0; column < shapes.Count; column++)
        {
            candidates.Add(new ModelTerm(TermKind.Linear, column, 0, 0, 1));
            for (var bend = 0; bend < shapes[column].Knots.Length - 2; bend++)
            {
                candidates.Add(new ModelTerm(TermKind.Nonlinear, column, bend, 0, 1));
            }
        }

        var pairs = Pairs(covariates.Columns).ToList();
        if (pairs.Count <= InteractionLimit)
        {
            candidates.AddRange(pairs.Select(p => new ModelTerm(TermKind.Interaction, p.First, p.Second, 0, 1)));
        }

        return new TermExpansion(shapes, Standardise(covariates, new TermExpansion(shapes, candidates)));
    }

    /// <summary>Terms of every subject: row-major, shape [subjects, terms].</summary>
    /// <param name="covariates">Row-major, shape [subjects, columns].</param>
    /// <param name="subjectCount">Number of subjects.</param>
    public double[] Expand(ReadOnlySpan<double> covariates, int subjectCount)
    {
        var expanded = new double[subjectCount * _terms.Length];
        for (var i = 0; i < subjectCount; i++)
        {
            ExpandRow(covariates.Slice(i * _shapes.Length, _shapes.Length), expanded.AsSpan(i * _terms.Length, _terms.Length));
        }

        return expanded;
    }

    /// <summary>Terms of one subject.</summary>
    /// <param name="covariates">Shape [columns].</param>
    /// <param name="terms">Receives shape [terms].</param>
    public void ExpandRow(ReadOnlySpan<double> covariates, Span<double> terms)
    {
        for (var t = 0; t < _terms.Length; t++)
        {
            var term = _terms[t];
            var raw = term.Kind switch
            {
                TermKind.Linear => Clamped(covariates, term.Column),
                TermKind.Nonlinear => _splines[term.Column]!.Evaluate(Clamped(covariates, term.Column), term.Other),
                _ => Standardised(covariates, term.Column) * Standardised(covariates, term.Other),
            };
            terms[t] = (raw - term.Mean) / term.Scale;
        }
    }

    private double Clamped(ReadOnlySpan<double> covariates, int column) =>
        Math.Clamp(covariates[column], _shapes[column].Minimum, _shapes[column].Maximum);

    private double Standardised(ReadOnlySpan<double> covariates, int column) =>
        (Clamped(covariates, column) - _shapes[column].Mean) / _shapes[column].Scale;

    private static ColumnShape Shape(CovariateMatrix covariates, int column)
    {
        var sorted = covariates.CopyColumn(column);
        Array.Sort(sorted);
        var (mean, scale) = MeanAndScale(sorted);
        var continuous = !covariates.Columns[column].IsBinary && sorted.Distinct().Take(DistinctValuesForSpline).Count() == DistinctValuesForSpline;
        var knots = continuous ? RestrictedCubicSpline.KnotsAtQuantiles(sorted, KnotCount) : [];
        return new ColumnShape(sorted[0], sorted[^1], mean, scale, knots.Length < 3 ? [] : knots);
    }

    private static IEnumerable<(int First, int Second)> Pairs(IReadOnlyList<CovariateColumn> columns)
    {
        for (var first = 0; first < columns.Count; first++)
        {
            for (var second = first + 1; second < columns.Count; second++)
            {
                if (columns[first].Variable != columns[second].Variable)
                {
                    yield return (first, second);
                }
            }
        }
    }

    // A term that does not vary can carry no information and is dropped.
    private static List<ModelTerm> Standardise(CovariateMatrix covariates, TermExpansion raw)
    {
        var values = raw.Expand(covariates.Values.Span, covariates.SubjectCount);
        var count = raw.Terms.Count;
        var kept = new List<ModelTerm>(count);
        var column = new double[covariates.SubjectCount];
        for (var t = 0; t < count; t++)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = values[(i * count) + t];
            }

            var (mean, scale) = MeanAndScale(column);
            if (column.Any(v => v != column[0]))
            {
                kept.Add(raw.Terms[t] with { Mean = mean, Scale = scale });
            }
        }

        return kept;
    }

    private static (double Mean, double Scale) MeanAndScale(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        var squares = 0.0;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        var scale = Math.Sqrt(squares / values.Length);
        return (mean, scale > 0 ? scale : 1);
    }
}
