using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Covariates of a trial as the matrices that outcome models take.</summary>
internal static class TrialColumns
{
    /// <summary>Columns of the named variables, shape [subjects, columns]; every column when no names are given.</summary>
    /// <exception cref="ArgumentException">A name is not a covariate of the trial.</exception>
    public static RowMajorMatrix Covariates(TrialData trial, IReadOnlyList<string>? variables)
    {
        var columns = Kept(trial, variables);
        var values = new double[trial.Count * columns.Length];
        for (var i = 0; i < trial.Count; i++)
        {
            var row = trial.Covariates.Row(i);
            for (var j = 0; j < columns.Length; j++)
            {
                values[(i * columns.Length) + j] = row[columns[j]];
            }
        }

        return new RowMajorMatrix(values, trial.Count, columns.Length);
    }

    /// <summary>The arm (1 for treated) in the first column, then the covariates.</summary>
    public static RowMajorMatrix ArmAndCovariates(TrialData trial, IReadOnlyList<string>? variables)
    {
        var covariates = Covariates(trial, variables);
        var size = covariates.ColumnCount + 1;
        var values = new double[trial.Count * size];
        for (var i = 0; i < trial.Count; i++)
        {
            values[i * size] = trial.Treated[i] ? 1 : 0;
            covariates.Row(i).CopyTo(values.AsSpan((i * size) + 1));
        }

        return new RowMajorMatrix(values, trial.Count, size);
    }

    private static int[] Kept(TrialData trial, IReadOnlyList<string>? variables)
    {
        var columns = trial.Covariates.Columns;
        if (variables is null)
        {
            return [.. Enumerable.Range(0, columns.Count)];
        }

        var unknown = variables.FirstOrDefault(v => columns.All(c => c.Variable != v));
        return unknown is null
            ? [.. Enumerable.Range(0, columns.Count).Where(j => variables.Contains(columns[j].Variable))]
            : throw new ArgumentException($"'{unknown}' is not a covariate of the trial.", nameof(variables));
    }
}
