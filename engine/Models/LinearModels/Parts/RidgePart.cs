using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.LinearModels.Parts;

/// <summary>One ridge: on one layer, on the covariates, or on everything side by side.</summary>
/// <param name="Name">For findings.</param>
/// <param name="Blocks">Names of the blocks it reads, in order.</param>
/// <param name="Factors">How much more than 1 each block is penalised, shape [blocks].</param>
/// <param name="Coefficients">Shape [predictors][features of the blocks].</param>
/// <param name="HeldOut">Predictors of the training subjects when they were held out; NaN where a subject was not in the part. Shape [predictors, subjects].</param>
/// <param name="DegreesOfFreedom">That the penalty leaves, about.</param>
/// <param name="Finding">A sentence: penalty, degrees of freedom, how blocks are held back.</param>
internal sealed record RidgePart(
    string Name, IReadOnlyList<string> Blocks, double[] Factors, double[][] Coefficients, double[] HeldOut, double DegreesOfFreedom, string Finding)
{
    /// <summary>What it said of training subjects is not stored.</summary>
    public void Write(ModelWriter writer)
    {
        writer.Text(Name);
        writer.Texts(Blocks);
        writer.Numbers(Factors);
        writer.Table(Coefficients);
        writer.Number(DegreesOfFreedom);
        writer.Text(Finding);
    }

    /// <param name="reader">Where it stands.</param>
    /// <param name="layout">Blocks that there are.</param>
    public static RidgePart Read(ModelReader reader, IReadOnlyList<(BlockKind Kind, string Name, int Width)> layout)
    {
        var part = new RidgePart(reader.Text(), reader.Texts(), reader.Numbers(), reader.Table(), [], reader.Number(), reader.Text());
        var widths = part.Blocks.Select(name => layout.FirstOrDefault(b => b.Name == name).Width).ToArray();
        reader.Require(widths.Length > 0 && widths.All(w => w > 0), $"the part '{part.Name}' reads [{string.Join(", ", part.Blocks)}], which are not all there");
        reader.Require(
            part.Coefficients.Length > 0 && part.Coefficients.All(c => c.Length == widths.Sum(w => (long)w)), $"the coefficients of the part '{part.Name}' are not of {widths.Sum(w => (long)w)} features");
        return part;
    }

    /// <returns>Shape [predictors, subjects].</returns>
    public double[] Predict(IReadOnlyList<FeatureBlock> encoded)
    {
        var blocks = Blocks.Select(name => encoded.First(b => b.Name == name).Features).ToArray();
        var n = blocks[0].SubjectCount;
        var predictors = new double[Coefficients.Length * n];
        for (var k = 0; k < Coefficients.Length; k++)
        {
            for (var i = 0; i < n; i++)
            {
                var (sum, start) = (0.0, 0);
                foreach (var block in blocks)
                {
                    var row = block.Row(i);
                    for (var j = 0; j < row.Length; j++)
                    {
                        sum += row[j] * Coefficients[k][start + j];
                    }

                    start += row.Length;
                }

                predictors[(k * n) + i] = sum;
            }
        }

        return predictors;
    }
}
