using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Translation;

/// <summary>Chooses the penalty of a multi-output ridge by folds, and says what it predicts of rows it had not seen. The penalty of a fold is chosen by the other folds,
/// so that the choice flatters nobody.</summary>
internal sealed class OutOfFoldRidge
{
    private OutOfFoldRidge(int choice, double[] predictions, double[] means) => (Choice, Predictions, Means) = (choice, predictions, means);

    /// <summary>Place on the path of penalties with the least error over all folds.</summary>
    public int Choice { get; }

    /// <summary>Row-major, shape [rows, outputs].</summary>
    public double[] Predictions { get; }

    /// <summary>Training mean of the fold of each row, what R2 compares with; shape [rows, outputs].</summary>
    public double[] Means { get; }

    /// <param name="blocks">Each [rows, features].</param>
    /// <param name="outputs">Shape [rows, outputs]; NaN where missing.</param>
    /// <param name="outputCount">Outputs.</param>
    /// <param name="folds">Shape [rows].</param>
    /// <param name="options">Settings.</param>
    /// <param name="context">Threads, cancellation.</param>
    public static OutOfFoldRidge Find(
        IReadOnlyList<RowMajorMatrix> blocks, double[] outputs, int outputCount, int[] folds, TranslationOptions options, LearningContext context)
    {
        var paths = new double[options.FoldCount][][];
        var rowsOf = new int[options.FoldCount][];
        var means = new double[outputs.Length];
        var errors = new double[options.FoldCount, options.PenaltyCount];
        for (var fold = 0; fold < options.FoldCount; fold++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            var (inside, heldOut) = LearningFolds.Split(folds, fold);
            var ridge = new RidgeRegression(blocks, outputs, outputCount, inside, context.ThreadCount);
            var coordinates = ridge.Coordinates(blocks, heldOut);
            var penalties = ridge.Penalties(options.PenaltyCount);
            rowsOf[fold] = heldOut;
            paths[fold] = [.. penalties.Select(p => ridge.Predict(coordinates, ridge.Coefficients(p)))];
            for (var k = 0; k < penalties.Length; k++)
            {
                errors[fold, k] = SquaredError(paths[fold][k], outputs, outputCount, heldOut);
            }

            foreach (var row in heldOut)
            {
                ridge.OutputMeans.CopyTo(means.AsSpan(row * outputCount, outputCount));
            }
        }

        var predictions = new double[outputs.Length];
        for (var fold = 0; fold < options.FoldCount; fold++)
        {
            var path = paths[fold][Least(errors, fold, options)];
            for (var i = 0; i < rowsOf[fold].Length; i++)
            {
                path.AsSpan(i * outputCount, outputCount).CopyTo(predictions.AsSpan(rowsOf[fold][i] * outputCount));
            }
        }

        return new OutOfFoldRidge(Least(errors, -1, options), predictions, means);
    }

    private static int Least(double[,] errors, int without, TranslationOptions options) =>
        Enumerable.Range(0, options.PenaltyCount).MinBy(k => Enumerable.Range(0, options.FoldCount).Where(f => f != without).Sum(f => errors[f, k]));

    private static double SquaredError(double[] predictions, double[] outputs, int outputCount, int[] rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows.Length; i++)
        {
            for (var f = 0; f < outputCount; f++)
            {
                var error = predictions[(i * outputCount) + f] - outputs[(rows[i] * outputCount) + f];
                sum += double.IsNaN(error) ? 0 : error * error;
            }
        }

        return sum;
    }
}
