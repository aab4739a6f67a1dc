namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>A penalised regression in the coordinates of a <see cref="SingularBasis"/>.</summary>
/// <param name="Coefficients">Shape [predictors, rank].</param>
/// <param name="Parameters">Free parameters of the loss, shape [parameters].</param>
/// <param name="Penalty">Half of it times the squared coefficients was added to the loss.</param>
/// <param name="Loss">Minus the log likelihood without the penalty.</param>
/// <param name="StepCount">Newton steps taken.</param>
/// <param name="HasConverged">False when the step limit came first.</param>
public sealed record RidgeFit(double[] Coefficients, double[] Parameters, double Penalty, double Loss, int StepCount, bool HasConverged)
{
    /// <summary>Linear predictors without intercept of subjects given by their coordinates.</summary>
    /// <param name="coordinates">Row-major, shape [subjects, rank].</param>
    /// <param name="rank">Coordinates of a subject.</param>
    /// <returns>Shape [predictors, subjects].</returns>
    public double[] Predictors(ReadOnlySpan<double> coordinates, int rank)
    {
        var predictorCount = rank == 0 ? 1 : Coefficients.Length / rank;
        var subjectCount = rank == 0 ? 0 : coordinates.Length / rank;
        var predictors = new double[predictorCount * subjectCount];
        for (var k = 0; k < predictorCount; k++)
        {
            for (var i = 0; i < subjectCount; i++)
            {
                predictors[(k * subjectCount) + i] =
                    LinearAlgebra.DenseLoops.Dot(coordinates.Slice(i * rank, rank), Coefficients.AsSpan(k * rank, rank));
            }
        }

        return predictors;
    }
}
