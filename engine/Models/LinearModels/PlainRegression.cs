using System.Globalization;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.LinearModels.Features;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.LinearModels;

/// <summary>One regression on all its columns, fitted to all training subjects: the plain model that others are held against.</summary>
internal sealed class PlainRegression : IStoredPredictor, ILinearTerms
{
    /// <summary>Events (or twice the rarer outcome, or subjects) a column below which a penalty is needed.</summary>
    private const double LeastInformation = 4;

    /// <summary>Of columns of unit spread: keeps directions that the subjects say nothing of at 0 and moves the others by parts in a million.</summary>
    private const double NoPenalty = 1e-5;

    private readonly LinearFeatures _features;
    private readonly string? _layer;
    private readonly PrincipalComponents? _components;
    private readonly double[][][] _coefficients;
    private readonly OutcomeHead _head;

    private PlainRegression(
        LinearFeatures features, string? layer, PrincipalComponents? components, double[][][] coefficients, OutcomeHead head, IReadOnlyList<string> findings)
    {
        (_features, _layer, _components, _coefficients, _head, Findings) = (features, layer, components, coefficients, head, findings);
    }

    public IReadOnlyList<string> Findings { get; }

    public static PlainRegression Fit(IOutcomeLearner learner, LearningProblem training, LearningContext context, PlainRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(context);
        if (!learner.Supports(training.Outcome.Kind))
        {
            throw new ArgumentException($"The learner '{learner.Name}' has no model of a {training.Outcome.Kind} outcome.", nameof(training));
        }

        var problem = OutcomeChecks.Usable(training);
        var features = LinearFeatures.Fit(
            problem.Inputs, new LinearFeatureOptions { WithBends = false, WithProducts = false, WithArmCovariates = options.WithArmCovariates });
        var encoded = features.Encode(problem.Inputs);
        var layer = options.ComponentCount > 0 ? Layer(encoded, options) : null;
        var components = layer is null ? null : PrincipalComponents.Fit(layer.Name, layer.Features, options.ComponentCount, context.ThreadCount);
        var columns = Columns(encoded, layer?.Name, components);
        var matrix = new RowMajorMatrix(columns.Values, columns.SubjectCount, columns.FeatureCount);
        var basis = SingularBasis.Of(new BlockDesign([matrix], context.ThreadCount), [1]);
        var findings = new List<string>();
        var tasks = OutcomeTask.Of(problem);
        var (coefficients, predictors, parameters) = (new double[tasks.Count][][], new double[tasks.Count][], new double[tasks.Count][]);
        for (var t = 0; t < tasks.Count; t++)
        {
            var loss = tasks[t].LossOf([.. Enumerable.Range(0, problem.Count)]);
            var penalty = Penalty(problem, tasks[t], loss, basis, options, context, findings);
            var fit = new RidgeSolver(loss, basis.Coordinates, basis.Rank).Fit(penalty);
            if (!fit.HasConverged)
            {
                findings.Add($"{Of(tasks[t])}the fit did not settle: some columns tell the outcomes apart.");
            }

            coefficients[t] = [.. Enumerable.Range(0, loss.PredictorCount).Select(k => basis.Back(fit.Coefficients.AsSpan(k * basis.Rank, basis.Rank)))];
            predictors[t] = fit.Predictors(basis.Coordinates, basis.Rank);
            parameters[t] = fit.Parameters;
        }

        return new PlainRegression(features, layer?.Name, components, coefficients, OutcomeHead.Fit(problem, predictors, parameters), findings);
    }

    public OutcomePredictions Predict(SubjectInputs inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var columns = Columns(_features.Encode(inputs), _layer, _components);
        return _head.Predict([.. _coefficients.Select(task => Predictors(columns, task))]);
    }

    public PredictionShape Shape => _head.Shape;

    public void Write(ModelWriter writer)
    {
        _features.Write(writer);
        writer.OptionalText(_layer);
        _components?.Write(writer);
        writer.List(_coefficients, task => writer.Table(task));
        writer.Part(_head);
        writer.Texts(Findings);
    }

    public static PlainRegression Read(ModelReader reader)
    {
        var features = LinearFeatures.Read(reader);
        var (layout, layer) = (features.Layout, reader.OptionalText());
        var layerWidth = layout.FirstOrDefault(b => b.Name == layer).Width;
        reader.Require(layer is null || layerWidth > 0, $"there is no layer '{layer}' to read components from");
        var components = layer is null ? null : PrincipalComponents.Read(reader, layer, layerWidth);
        var coefficients = reader.List(reader.Table, sizeof(int));
        var width = layout.Where(b => b.Kind != BlockKind.Layer).Sum(b => (long)b.Width) + (components?.Names.Count ?? 0);
        reader.Require(width > 0 && coefficients.All(task => task.All(c => c.Length == width)), $"the coefficients of a regression are not of {width} columns");
        var head = reader.Part<OutcomeHead>();
        reader.Require(head.PredictorCounts.SequenceEqual(coefficients.Select(c => c.Length)), $"a {head.GetType().Name} does not read the predictors of {coefficients.Length} tasks");
        return new PlainRegression(features, layer, components, coefficients, head, reader.Texts());
    }

    public IReadOnlyList<int> PredictorCounts => [.. _coefficients.Select(task => task.Length)];

    /// <remarks>A component is a sum of the features of its layer: each has its own term.</remarks>
    public IEnumerable<(string Block, string Term, double Value)> Terms(SubjectInputs inputs, int task, int predictor)
    {
        var encoded = _features.Encode(inputs);
        var coefficients = _coefficients[task][predictor];
        var start = 0;
        foreach (var block in encoded.Where(b => b.Kind != BlockKind.Layer))
        {
            for (var j = 0; j < block.Features.FeatureCount; j++)
            {
                yield return (block.Name, block.Features.Names[j], coefficients[start + j] * block.Features.Row(0)[j]);
            }

            start += block.Features.FeatureCount;
        }

        if (_components is null)
        {
            yield break;
        }

        var layer = encoded.First(b => b.Name == _layer);
        var slopes = _components.Back(coefficients.AsSpan(start));
        for (var j = 0; j < slopes.Length; j++)
        {
            yield return (layer.Name, layer.Features.Names[j], slopes[j] * layer.Features.Row(0)[j]);
        }
    }

    private static double[] Predictors(FeatureMatrix columns, double[][] coefficients)
    {
        var predictors = new double[coefficients.Length * columns.SubjectCount];
        for (var k = 0; k < coefficients.Length; k++)
        {
            for (var i = 0; i < columns.SubjectCount; i++)
            {
                var row = columns.Row(i);
                for (var j = 0; j < row.Length; j++)
                {
                    predictors[(k * columns.SubjectCount) + i] += row[j] * coefficients[k][j];
                }
            }
        }

        return predictors;
    }

    private static double Penalty(
        LearningProblem problem, OutcomeTask task, PredictorLoss loss, SingularBasis basis, PlainRegressionOptions options, LearningContext context, List<string> findings)
    {
        var information = task.InformationCount / Math.Max(1, loss.PredictorCount - 1);
        if (!options.AlwaysPenalized && information >= LeastInformation * basis.Rank)
        {
            findings.Add(Invariant($"{Of(task)}{basis.Rank} columns, not penalised."));
            return NoPenalty;
        }

        loss.Evaluate(new double[loss.PredictorCount * loss.SubjectCount], loss.StartParameters());
        var curvature = loss.TotalCurvatures().Average() / loss.SubjectCount;
        var path = PenaltyPath.Between(basis.Eigenvalues, curvature, 0.5, basis.Rank, 15);
        int[][] folds = [.. Enumerable.Range(0, 3).Select(r => LearningFolds.Stratified(problem, OutcomeChecks.FoldCount(problem, 5), context.Seed, (uint)r))];
        var choice = RidgeCrossValidation.Choose([basis], [path], folds, task.LossOf, context.ThreadCount, context.Cancellation);
        var freedom = PenaltyPath.DegreesOfFreedom(basis.Eigenvalues, curvature, choice.Penalty);
        findings.Add(Invariant(
            $"{Of(task)}{basis.Rank} columns for an information of {information:F0} (events, twice the rarer outcome, or subjects): penalised by ridge, penalty {choice.Penalty:G3}, {freedom:F1} degrees of freedom left."));
        return choice.Penalty;
    }

    private static FeatureBlock Layer(IReadOnlyList<FeatureBlock> encoded, PlainRegressionOptions options) =>
        encoded.Where(b => b.Kind == BlockKind.Layer && (options.ComponentLayer is null || b.Name == options.ComponentLayer)).MaxBy(b => b.Features.FeatureCount)
        ?? throw new UnlearnableException(
            $"Principal components of the layer '{options.ComponentLayer ?? "(the widest)"}' were asked for; the layers that vary are "
            + $"[{string.Join(", ", encoded.Where(b => b.Kind == BlockKind.Layer).Select(b => b.Name))}].");

    private static FeatureMatrix Columns(IReadOnlyList<FeatureBlock> encoded, string? layer, PrincipalComponents? components)
    {
        FeatureMatrix[] parts =
        [
            .. encoded.Where(b => b.Kind != BlockKind.Layer).Select(b => b.Features),
            .. components is null ? [] : new[] { components.Encode(encoded.First(b => b.Name == layer).Features) },
        ];
        return parts.Length > 0
            ? FeatureMatrix.Join(parts)
            : throw new UnlearnableException("No covariate or arm varies among the training subjects, and no components were asked for; there is nothing to learn from.");
    }

    private static string Of(OutcomeTask task) => task.Name.Length == 0 ? string.Empty : $"{task.Name}: ";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
