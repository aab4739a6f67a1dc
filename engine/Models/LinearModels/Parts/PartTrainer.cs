using System.Globalization;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.LinearModels.Parts;

/// <summary>Fits a ridge to some blocks: penalty and factors by held-out loss, then all its subjects.</summary>
/// <remarks>Factors are chosen one block after the other, each with the whole path of penalties: a grid of all of them would be another model for
/// every pair of choices, and a noisier choice.</remarks>
internal sealed class PartTrainer(OutcomeTask task, IReadOnlyList<int[]> folds, LinearTuningOptions options, int threadCount, CancellationToken cancellation)
{
    private const double LeastDegreesOfFreedom = 0.5;

    /// <summary>Degrees of freedom that are tried: up to so many for each event (or subject), but no fewer than 20.</summary>
    private const double FreedomPerInformation = 0.6;

    /// <summary>Log likelihood that a further block must win for held-out subjects: what an extra parameter costs by Akaike's rule.</summary>
    private const double OptionalGain = 1;

    /// <param name="name">Of the part.</param>
    /// <param name="blocks">At least one, each with a feature.</param>
    /// <param name="isPresent">Which of the subjects have the part; the others are neither trained on nor predicted. Shape [subjects].</param>
    /// <param name="leadingFactors">Multipliers of the factors of all blocks but layers to choose from, where the part mixes both; else [1].</param>
    public RidgePart Fit(string name, IReadOnlyList<PartBlock> blocks, bool[] isPresent, double[] leadingFactors)
    {
        int[] rows = [.. Enumerable.Range(0, isPresent.Length).Where(i => isPresent[i])];
        var design = new BlockDesign([.. blocks.Select(b => Rows(b.Block, rows))], threadCount);
        var search = new FactorSearch(this, design, rows);
        var best = search.Try([.. blocks.Select(b => b.Factors[0])]);
        foreach (var leading in leadingFactors.Skip(1))
        {
            best = Better(best, search.Try([.. blocks.Select(b => b.Block.Kind == BlockKind.Layer || b.Factors[0] >= PartBlock.Off ? b.Factors[0] : b.Factors[0] * leading)]));
        }

        for (var b = 0; b < blocks.Count; b++)
        {
            foreach (var factor in blocks[b].Factors.Skip(1))
            {
                // Off to start with, a block comes in at its factor times what the lines are held back.
                double[] factors = [.. best.Factors];
                factors[b] = factor * best.Factors[0];
                best = Better(best, search.Try(factors), best.Factors[b] >= PartBlock.Off ? OptionalGain : 0);
            }
        }

        return Finish(name, blocks, rows, isPresent.Length, best);
    }

    private static Trial Better(Trial first, Trial second, double gain = 0) =>
        second.Choice.HeldOutLoss < first.Choice.HeldOutLoss - gain ? second : first;

    private RidgePart Finish(string name, IReadOnlyList<PartBlock> blocks, int[] rows, int subjectCount, Trial best)
    {
        var basis = best.Basis;
        var loss = task.LossOf(rows);
        var fit = new RidgeSolver(loss, basis.Coordinates, basis.Rank, 1e-10).Fit(best.Choice.Penalty);
        var coefficients = new double[loss.PredictorCount][];
        var heldOut = new double[loss.PredictorCount * subjectCount];
        Array.Fill(heldOut, double.NaN);
        for (var k = 0; k < coefficients.Length; k++)
        {
            coefficients[k] = basis.Back(fit.Coefficients.AsSpan(k * basis.Rank, basis.Rank));
            for (var i = 0; i < rows.Length; i++)
            {
                heldOut[(k * subjectCount) + rows[i]] = best.Choice.Predictors[(k * rows.Length) + i];
            }
        }

        var freedom = PenaltyPath.DegreesOfFreedom(basis.Eigenvalues, best.Curvature, best.Choice.Penalty);
        var factors = string.Join(", ", blocks.Select((b, k) => best.Factors[k] >= PartBlock.Off ? $"{b.Block.Name} left out" : Invariant($"{b.Block.Name} x {best.Factors[k]:G3}")));
        var finding = Invariant($"{name}: penalty {best.Choice.Penalty:G3} leaves {freedom:F1} of {basis.Rank} degrees of freedom")
            + (blocks.Count > 1 ? $" (held back: {factors})" : string.Empty)
            + (fit.HasConverged ? "." : "; the fit did not settle.");
        return new RidgePart(name, [.. blocks.Select(b => b.Block.Name)], best.Factors, coefficients, heldOut, freedom, finding);
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static RowMajorMatrix Rows(FeatureBlock block, int[] rows)
    {
        var width = block.Features.FeatureCount;
        var values = new double[rows.Length * width];
        for (var i = 0; i < rows.Length; i++)
        {
            block.Features.Row(rows[i]).CopyTo(values.AsSpan(i * width, width));
        }

        return new RowMajorMatrix(values, rows.Length, width);
    }

    private sealed record Trial(double[] Factors, SingularBasis Basis, double Curvature, RidgeChoice Choice);

    private sealed class FactorSearch(PartTrainer trainer, BlockDesign design, int[] rows)
    {
        private readonly double _curvature = Curvature(trainer, rows);
        private readonly int[][] _folds = [.. trainer.Folds.Select(f => rows.Select(r => f[r]).ToArray())];

        public Trial Try(double[] factors)
        {
            var basis = SingularBasis.Of(design, factors);
            var path = PenaltyPath.Between(basis.Eigenvalues, _curvature, LeastDegreesOfFreedom, trainer.MostDegreesOfFreedom, trainer.PenaltyCount);
            var choice = RidgeCrossValidation.Choose(
                [basis], [path], _folds, chosen => trainer.LossOf([.. chosen.Select(c => rows[c])]), trainer.ThreadCount, trainer.Cancellation);
            return new Trial(factors, basis, _curvature, choice);
        }

        private static double Curvature(PartTrainer trainer, int[] rows)
        {
            var loss = trainer.LossOf(rows);
            loss.Evaluate(new double[loss.PredictorCount * rows.Length], loss.StartParameters());
            return loss.TotalCurvatures().Average() / rows.Length;
        }
    }

    private IReadOnlyList<int[]> Folds => folds;

    private double MostDegreesOfFreedom => Math.Max(20, FreedomPerInformation * task.InformationCount);

    private int PenaltyCount => options.PenaltyCount;

    private int ThreadCount => threadCount;

    private CancellationToken Cancellation => cancellation;

    private PredictorLoss LossOf(int[] rows) => task.LossOf(rows);
}
