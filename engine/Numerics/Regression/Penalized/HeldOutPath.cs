namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>One fold held out along a path of penalties.</summary>
/// <param name="Scores">Held-out loss under each penalty.</param>
/// <param name="Predictors">Under each penalty: predictors of the subjects held out, 0 for the others; shape [predictors, subjects].</param>
internal sealed record HeldOutPath(double[] Scores, double[][] Predictors)
{
    public static HeldOutPath Of(SingularBasis basis, double[] path, int[] folds, int fold, Func<int[], PredictorLoss> lossOf, double tolerance)
    {
        var (n, rank) = (basis.RowCount, basis.Rank);
        int[] training = [.. Enumerable.Range(0, n).Where(i => folds[i] != fold)];
        var coordinates = new double[training.Length * rank];
        for (var i = 0; i < training.Length; i++)
        {
            basis.Coordinates.AsSpan(training[i] * rank, rank).CopyTo(coordinates.AsSpan(i * rank));
        }

        var all = lossOf([.. Enumerable.Range(0, n)]);
        var solver = new RidgeSolver(lossOf(training), coordinates, rank, tolerance);
        var scores = new double[path.Length];
        var predictors = new double[path.Length][];
        RidgeFit? fit = null;
        for (var k = 0; k < path.Length; k++)
        {
            fit = solver.Fit(path[k], fit);
            predictors[k] = fit.Predictors(basis.Coordinates, rank);
            scores[k] = all.Evaluate(predictors[k], fit.Parameters) - fit.Loss;
            for (var i = 0; i < predictors[k].Length; i++)
            {
                predictors[k][i] = folds[i % n] == fold ? predictors[k][i] : 0;
            }
        }

        return new HeldOutPath(scores, predictors);
    }
}
