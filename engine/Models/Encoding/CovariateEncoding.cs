using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Encoding;

/// <summary>Turns covariates into numbers the way training subjects taught: a numeric variable becomes one feature, a categorical one an indicator for each
/// level but the reference, a variable with missing training values also an indicator of being missing.</summary>
public sealed class CovariateEncoding
{
    private readonly EncodedColumn[] _columns;
    private readonly bool _isStandardized;

    private CovariateEncoding(EncodedColumn[] columns, bool isStandardized)
    {
        (_columns, _isStandardized) = (columns, isStandardized);
        Names = [.. columns.Select(c => c.Name)];
    }

    /// <summary>Shape [features].</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For linear models and networks: numeric features have training mean 0 and standard deviation 1 and are cut at 8 of them, missing values become 0.
    /// A feature that does not vary in training is left out.</summary>
    public static CovariateEncoding FitStandardized(IReadOnlyList<Column> training) => Fit(training, isStandardized: true);

    /// <summary>For trees: numbers as they are, missing values stay NaN; levels as indicators, the reference included.</summary>
    public static CovariateEncoding FitRaw(IReadOnlyList<Column> training) => Fit(training, isStandardized: false);

    /// <param name="covariates">The variables of training in their order, of any subjects.</param>
    /// <exception cref="ArgumentException">Other variables, units or levels than in training.</exception>
    public FeatureMatrix Encode(IReadOnlyList<Column> covariates)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        var subjectCount = covariates.Count == 0 ? 0 : covariates[0].Count;
        return Encode(covariates, subjectCount);
    }

    /// <summary>As the other, where there may be no covariate at all.</summary>
    public FeatureMatrix Encode(IReadOnlyList<Column> covariates, int subjectCount)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        var values = new double[subjectCount * _columns.Length];
        for (var f = 0; f < _columns.Length; f++)
        {
            var encoded = _columns[f];
            var column = Matching(covariates, encoded);
            for (var i = 0; i < subjectCount; i++)
            {
                values[(i * _columns.Length) + f] = encoded.Value(column, i, _isStandardized);
            }
        }

        return new FeatureMatrix(Names, values, subjectCount);
    }

    internal void Write(ModelWriter writer)
    {
        writer.Flag(_isStandardized);
        writer.List(_columns, column => column.Write(writer));
    }

    internal static CovariateEncoding Read(ModelReader reader)
    {
        var isStandardized = reader.Flag();
        return new CovariateEncoding(reader.List(() => EncodedColumn.Read(reader), EncodedColumn.LeastBytes), isStandardized);
    }

    /// <summary>Whether the variable of a place is a number that is held against training when covariates are encoded.</summary>
    internal bool HasNumber(int source) => _columns.Any(c => c.Source == source && c.Part == EncodedPart.Number);

    private static Column Matching(IReadOnlyList<Column> covariates, EncodedColumn encoded)
    {
        if (encoded.Source >= covariates.Count || covariates[encoded.Source].Variable.Name != encoded.Variable.Name)
        {
            throw new ArgumentException(
                $"Covariate {encoded.Source} is '{(encoded.Source < covariates.Count ? covariates[encoded.Source].Variable.Name : "missing")}', training had '{encoded.Variable.Name}'.");
        }

        var variable = covariates[encoded.Source].Variable;
        if (variable.Unit != encoded.Variable.Unit || !variable.Levels.SequenceEqual(encoded.Variable.Levels, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Covariate '{variable.Name}' has the unit '{variable.Unit}' and levels [{string.Join(", ", variable.Levels)}]; "
                + $"training had '{encoded.Variable.Unit}' and [{string.Join(", ", encoded.Variable.Levels)}].");
        }

        return covariates[encoded.Source];
    }

    private static CovariateEncoding Fit(IReadOnlyList<Column> training, bool isStandardized)
    {
        ArgumentNullException.ThrowIfNull(training);
        var columns = new List<EncodedColumn>();
        for (var source = 0; source < training.Count; source++)
        {
            var column = training[source];
            if (column.Variable.IsNumeric)
            {
                Add(columns, column, new EncodedColumn(source, column.Variable, EncodedPart.Number, 0), isStandardized);
            }

            for (var level = isStandardized ? 1 : 0; level < column.Variable.Levels.Count && !column.Variable.IsNumeric; level++)
            {
                Add(columns, column, new EncodedColumn(source, column.Variable, EncodedPart.Level, level), isStandardized);
            }

            if (isStandardized && column.CountMissing() > 0)
            {
                Add(columns, column, new EncodedColumn(source, column.Variable, EncodedPart.Missing, 0), isStandardized);
            }
        }

        return new CovariateEncoding([.. columns], isStandardized);
    }

    private static void Add(List<EncodedColumn> columns, Column column, EncodedColumn encoded, bool isStandardized)
    {
        if (!isStandardized)
        {
            columns.Add(encoded);
        }
        else if (encoded.Learn(column) is { } learnt)
        {
            columns.Add(learnt);
        }
    }
}
