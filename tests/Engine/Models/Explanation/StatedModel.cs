using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation;

/// <summary>A model whose formula is known, and subjects made of plain numbers.</summary>
/// <param name="formula">From the numbers of a subject: covariates, then the layer <c>rna</c>.</param>
internal sealed class StatedModel(Func<double[], double> formula) : IOutcomePredictor
{
    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        double[] means = [.. Enumerable.Range(0, inputs.Count).Select(i => formula(Numbers(inputs, i)))];
        return new ContinuousPredictions(means, [.. means.Select(_ => 1.0)]);
    }

    public static double[] Numbers(SubjectInputs inputs, int subject) =>
    [
        .. inputs.Covariates.Select(c => c is NumericColumn number ? number.Values[subject] : ((CategoricalColumn)c).Codes[subject]),
        .. inputs.Layers.SelectMany(l => l.Layer.Row(subject).ToArray().Select(v => (double)v)),
    ];

    /// <summary>Subjects <c>prefix000</c>, ... with covariates <c>x0</c>, <c>x1</c>, ... and genes <c>G0</c>, <c>G1</c>, ... of the layer <c>rna</c>.</summary>
    public static SubjectInputs Subjects(string prefix, double[][] covariates, double[][]? genes = null)
    {
        SubjectId[] ids = [.. covariates.Select((_, i) => new SubjectId($"{prefix}{i:000}"))];
        var columns = Enumerable.Range(0, covariates[0].Length).Select(v => (Column)new NumericColumn(
            new Variable($"x{v}", VariableType.Continuous, VariableRole.Covariate, "1", $"x{v}", null, []), [.. covariates.Select(c => c[v])]));
        SubjectLayer[] layers = genes is null ? [] :
        [
            new SubjectLayer(new OmicsLayer("rna", "1", [.. Enumerable.Range(0, genes[0].Length).Select(g => $"G{g}")], [.. genes.SelectMany(g => g.Select(v => (float)v))]), ids),
        ];
        return new SubjectInputs(ids, [.. columns], layers);
    }
}
