using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>The covariate columns a method uses.</summary>
/// <param name="Columns">What each column stands for, shape [columns].</param>
/// <param name="Matrix">Shape [subjects, columns].</param>
internal sealed record CovariateSelection(IReadOnlyList<CovariateColumn> Columns, RowMajorMatrix Matrix)
{
    /// <summary>Every column of the named variables, in the order of the trial; all columns when no names are given.</summary>
    /// <exception cref="ArgumentException">A name is not a covariate of the trial.</exception>
    public static CovariateSelection Of(TrialData trial, IReadOnlyList<string>? variables)
    {
        var all = trial.Covariates;
        if (variables is null)
        {
            return new CovariateSelection(all.Columns, new RowMajorMatrix(all.Values, all.SubjectCount, all.ColumnCount));
        }

        foreach (var name in variables)
        {
            if (!all.Columns.Any(c => c.Variable == name))
            {
                var known = string.Join(", ", all.Columns.Select(c => c.Variable).Distinct());
                throw new ArgumentException($"'{name}' is not a covariate of the trial; there are {known}.", nameof(variables));
            }
        }

        int[] kept = [.. Enumerable.Range(0, all.ColumnCount).Where(j => variables.Contains(all.Columns[j].Variable))];
        var values = new double[all.SubjectCount * kept.Length];
        for (var i = 0; i < all.SubjectCount; i++)
        {
            var row = all.Row(i);
            for (var j = 0; j < kept.Length; j++)
            {
                values[(i * kept.Length) + j] = row[kept[j]];
            }
        }

        return new CovariateSelection([.. kept.Select(j => all.Columns[j])], new RowMajorMatrix(values, all.SubjectCount, kept.Length));
    }

    /// <summary>A column in words: its variable, and its level where it has one.</summary>
    public string Name(int column) => Columns[column].Level is { } level ? $"{Columns[column].Variable} = {level}" : Columns[column].Variable;
}
