using System.Globalization;
using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Courses;

/// <summary>The strongest simple thing for outcomes at visits: the mean curve of all training subjects + a ridge regression of what is left on time, on the features of a subject and
/// on their products with time, endpoint by endpoint, the penalty chosen by folds of subjects.</summary>
/// <remarks>Visits of one subject count as if they were independent in the fit; folds hold whole subjects out, so that penalty and spread are honest. Weights of subjects
/// count in the mean curve only.</remarks>
public sealed class LinearCourseLearner : ICrossFittingLearner
{
    private readonly CourseOptions _options;

    /// <param name="options">Settings; the defaults if null.</param>
    public LinearCourseLearner(CourseOptions? options = null)
    {
        _options = options ?? new CourseOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.GridCount, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.FoldCount, 2, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PenaltyCount, 3, nameof(options));
    }

    public string Name => "linear-course";

    public bool Supports(EndpointKind kind) => kind == EndpointKind.Longitudinal;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        return FitCross(training, LearningFolds.Stratified(training, Math.Min(_options.FoldCount, training.Count), context.Seed), context).Predictor;
    }

    public CrossFit FitCross(LearningProblem training, int[] folds, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(folds);
        ArgumentNullException.ThrowIfNull(context);
        if (training.Outcome is not LongitudinalOutcome)
        {
            throw new ArgumentException($"The learner '{Name}' has no model of a {training.Outcome.Kind} outcome.", nameof(training));
        }

        // In the order of ids, so that sums do not depend on the order of the file.
        var order = Enumerable.Range(0, training.Count).OrderBy(i => training.Inputs.Subjects[i]).ToArray();
        var problem = training.Take(order);
        int[] ordered = [.. order.Select(i => folds[i])];
        var visits = (LongitudinalOutcome)problem.Outcome;
        var grid = new TrajectoryGrid(visits, problem.Weights, _options.GridCount);
        var features = CourseFeatures.Fit(problem.Inputs, _options.ComponentCount, context.ThreadCount);
        var encoded = features.Encode(problem.Inputs);
        var fits = Enumerable.Range(0, grid.EndpointCount).Select(e => CourseFit.Of(visits, e, grid, encoded, ordered, _options, context)).ToArray();
        string[] findings = [.. fits.Select((f, e) => string.Create(
            CultureInfo.InvariantCulture, $"Linear course of '{visits.Endpoints[e]}': R2 {f.R2:0.00} over the mean curve, on subjects held out."))];
        var outOfFold = LinearCourse.Assemble(grid, [.. fits.Select(f => f.HeldOut)], [.. fits.Select(f => f.Deviation)]);
        var places = new int[order.Length];
        for (var k = 0; k < order.Length; k++)
        {
            places[order[k]] = k;
        }

        return new CrossFit(new LinearCourse(grid, features, fits, findings), outOfFold.Take(places));
    }
}

/// <summary>A linear course that has been learnt.</summary>
internal sealed class LinearCourse(TrajectoryGrid grid, CourseFeatures features, CourseFit[] fits, IReadOnlyList<string> findings) : IStoredPredictor
{
    public IReadOnlyList<string> Findings => findings;

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        IReadOnlyList<RowMajorMatrix> blocks = CourseFeatures.Blocks(features.Encode(inputs), CourseFit.GridRows(grid, inputs.Count), grid.GridDays.Length);
        int[] rows = [.. Enumerable.Range(0, inputs.Count * grid.GridDays.Length)];
        return Assemble(grid, [.. fits.Select(f => f.Predict(blocks, rows))], [.. fits.Select(f => f.Deviation)]);
    }

    public PredictionShape Shape => new(PredictionKind.Longitudinal, grid.EndpointCount);

    public void Write(ModelWriter writer)
    {
        grid.Write(writer);
        features.Write(writer);
        writer.List(fits, f => f.Write(writer));
        writer.Texts(findings);
    }

    public static LinearCourse Read(ModelReader reader)
    {
        var (grid, features) = (TrajectoryGrid.Read(reader), CourseFeatures.Read(reader));
        var fits = reader.List(() => CourseFit.Read(reader, grid.GridDays.Length + (2 * features.Width)));
        reader.Require(fits.Length == grid.EndpointCount, $"{fits.Length} regressions are of {grid.EndpointCount} endpoints");
        return new LinearCourse(grid, features, fits, reader.Texts());
    }

    /// <summary>Mean curve + residuals of each endpoint [subjects * times], standardised, as predictions in the units of the endpoints.</summary>
    public static LongitudinalPredictions Assemble(TrajectoryGrid grid, double[][] residuals, double[] deviations)
    {
        var (times, endpoints) = (grid.GridDays.Length, grid.EndpointCount);
        var (means, spreads) = (new double[residuals[0].Length * endpoints], new double[residuals[0].Length * endpoints]);
        for (var k = 0; k < means.Length; k++)
        {
            var (row, e) = (k / endpoints, k % endpoints);
            means[k] = grid.Means[e] + (grid.Scales[e] * (grid.StartMeans[(row % times * endpoints) + e] + residuals[e][row]));
            spreads[k] = grid.Scales[e] * deviations[e];
        }

        return new LongitudinalPredictions(grid.GridDays, means, spreads, endpoints);
    }
}
