using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Translation;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Courses;

/// <summary>The ridge regression of one endpoint's measurements around the mean curve.</summary>
/// <param name="Ridge">Of all training measurements at the penalty chosen.</param>
/// <param name="HeldOut">What is predicted over the grid of subjects whose fold was held out, standardised, shape [subjects * times].</param>
/// <param name="Deviation">Of a measurement around it, standardised.</param>
/// <param name="R2">Gain over the mean curve on subjects held out.</param>
internal sealed record CourseFit(RidgeMap Ridge, double[] HeldOut, double Deviation, double R2)
{
    public double[] Predict(IReadOnlyList<RowMajorMatrix> blocks, int[] rows) => Ridge.Predict(blocks, rows);

    /// <summary>What it said of training subjects is not stored.</summary>
    public void Write(ModelWriter writer)
    {
        Ridge.Write(writer);
        writer.Number(Deviation);
        writer.Number(R2);
    }

    public static CourseFit Read(ModelReader reader, long featureCount) => new(RidgeMap.Read(reader, featureCount, 1), [], reader.Number(), reader.Number());

    /// <summary>A row for each subject and grid time.</summary>
    public static (int Subject, double Position)[] GridRows(TrajectoryGrid grid, int subjectCount)
    {
        var times = grid.GridDays.Length;
        return [.. Enumerable.Range(0, subjectCount * times).Select(k => (k / times, (double)(k % times)))];
    }

    public static CourseFit Of(LongitudinalOutcome visits, int endpoint, TrajectoryGrid grid, FeatureMatrix features, int[] folds, CourseOptions options, LearningContext context)
    {
        int[] measured = [.. Enumerable.Range(0, visits.Subjects.Length).Where(k => visits.EndpointIndices[k] == endpoint)];
        double[] positions = [.. measured.Select(k => grid.Position(visits.Days[k]))];
        double[] left = [.. measured.Select((k, r) => ((visits.Values[k] - grid.Means[endpoint]) / grid.Scales[endpoint]) - grid.StartMean(endpoint, positions[r]))];
        var blocks = CourseFeatures.Blocks(features, [.. measured.Select((k, r) => (visits.Subjects[k], positions[r]))], grid.GridDays.Length);
        var whole = CourseFeatures.Blocks(features, GridRows(grid, visits.Count), grid.GridDays.Length);
        var (foldCount, times) = (folds.Max() + 1, grid.GridDays.Length);
        var errors = new double[foldCount, options.PenaltyCount];
        var curves = new double[foldCount][][];
        for (var fold = 0; fold < foldCount; fold++)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            int[] inside = [.. Enumerable.Range(0, measured.Length).Where(r => folds[visits.Subjects[measured[r]]] != fold)];
            int[] outside = [.. Enumerable.Range(0, measured.Length).Where(r => folds[visits.Subjects[measured[r]]] == fold)];
            int[] gridRows = [.. Enumerable.Range(0, visits.Count * times).Where(k => folds[k / times] == fold)];
            if (inside.Length < 2)
            {
                throw new UnlearnableException($"Endpoint '{visits.Endpoints[endpoint]}' has {measured.Length} measurements, too few to hold a fold out. Leave it out.");
            }

            var ridge = new RidgeRegression(blocks, left, 1, inside, context.ThreadCount);
            var (coordinates, ofGrid) = (ridge.Coordinates(blocks, outside), ridge.Coordinates(whole, gridRows));
            double[][] coefficients = [.. ridge.Penalties(options.PenaltyCount).Select(ridge.Coefficients)];
            curves[fold] = [.. coefficients.Select(c => ridge.Predict(ofGrid, c))];
            for (var p = 0; p < coefficients.Length; p++)
            {
                errors[fold, p] = ridge.Predict(coordinates, coefficients[p]).Zip(outside, (y, r) => (y - left[r]) * (y - left[r])).Sum();
            }
        }

        // The penalty of a fold is chosen by the other folds.
        var heldOut = new double[visits.Count * times];
        var error = 0.0;
        for (var fold = 0; fold < foldCount; fold++)
        {
            var (chosen, place) = (Least(errors, fold), 0);
            error += errors[fold, chosen];
            for (var k = 0; k < heldOut.Length; k++)
            {
                heldOut[k] = folds[k / times] == fold ? curves[fold][chosen][place++] : heldOut[k];
            }
        }

        var all = new RidgeRegression(blocks, left, 1, [.. Enumerable.Range(0, measured.Length)], context.ThreadCount);
        var best = all.At(all.Penalties(options.PenaltyCount)[Least(errors, -1)]);
        return new CourseFit(best, heldOut, Math.Sqrt(error / measured.Length), 1 - (error / left.Sum(v => v * v)));
    }

    private static int Least(double[,] errors, int without) => Enumerable.Range(0, errors.GetLength(1))
        .MinBy(p => Enumerable.Range(0, errors.GetLength(0)).Where(f => f != without).Sum(f => errors[f, p]));
}
