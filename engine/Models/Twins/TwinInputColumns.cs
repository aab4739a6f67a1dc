using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>The baseline of a trial's subjects as learners read it: a column for each number or indicator, and the layers.</summary>
internal static class TwinInputColumns
{
    public static SubjectInputs Of(TwinInputs inputs) => new(
        inputs.Subjects,
        [.. inputs.Covariates.Columns.Select((c, k) => (Column)new NumericColumn(VariableOf(c), inputs.Covariates.CopyColumn(k)))],
        [.. inputs.Layers.Select(l => new SubjectLayer(l, inputs.Subjects))]);

    /// <summary>Name of a column among the covariates: that of its variable, and of its level where it is an indicator.</summary>
    public static string NameOf(CovariateColumn column) => column.Level is { } level ? $"{column.Variable}: {level}" : column.Variable;

    private static Variable VariableOf(CovariateColumn column) => new(
        NameOf(column),
        column.IsBinary ? VariableType.Binary : VariableType.Continuous,
        VariableRole.Covariate,
        column.Unit.Length > 0 ? column.Unit : "1",
        column.Label,
        null,
        []);
}
