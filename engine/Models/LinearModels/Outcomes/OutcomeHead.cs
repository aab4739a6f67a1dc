using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Regression.Penalized;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels.Outcomes;

/// <summary>Turns linear predictors into predictions of the outcome.</summary>
internal abstract class OutcomeHead : IStored
{
    /// <param name="problem">Training subjects.</param>
    /// <param name="predictors">Their linear predictors, held out where the model can; one array a task, shape [predictors, subjects].</param>
    /// <param name="parameters">Intercepts or thresholds of each task.</param>
    public static OutcomeHead Fit(LearningProblem problem, double[][] predictors, double[][] parameters) => problem.Outcome switch
    {
        BinaryOutcome => new BinaryHead(parameters[0][0]),
        ContinuousOutcome continuous => ContinuousHead.Fit(continuous, problem.Weights, predictors[0], parameters[0][0]),
        CategoricalOutcome { IsOrdered: true } => new OrdinalHead(parameters[0]),
        CategoricalOutcome => new ClassHead(parameters[0]),
        SurvivalOutcome survival => SurvivalHead.Fit(survival, problem.Weights, predictors[0]),
        CompetingRisksOutcome competing => CompetingRisksHead.Fit(competing, problem.Weights, predictors),
        _ => throw new ArgumentException($"There is no linear model of {problem.Outcome.Kind}.", nameof(problem)),
    };

    /// <summary>What it predicts.</summary>
    public abstract PredictionShape Shape { get; }

    /// <summary>Predictors that it reads of each task, shape [tasks].</summary>
    public virtual IReadOnlyList<int> PredictorCounts => [1];

    public abstract void Write(ModelWriter writer);

    /// <param name="predictors">One array a task, shape [predictors, subjects].</param>
    public abstract OutcomePredictions Predict(double[][] predictors);
}

internal sealed class BinaryHead(double intercept) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Classes(2);

    public override void Write(ModelWriter writer) => writer.Number(intercept);

    public static BinaryHead Read(ModelReader reader) => new(reader.Number());

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var values = new double[2 * predictors[0].Length];
        for (var i = 0; i < predictors[0].Length; i++)
        {
            var probability = 1 / (1 + Math.Exp(-(predictors[0][i] + intercept)));
            (values[2 * i], values[(2 * i) + 1]) = (1 - probability, probability);
        }

        return new ClassProbabilities(values, 2);
    }
}

internal sealed class ClassHead(double[] intercepts) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Classes(intercepts.Length);

    public override IReadOnlyList<int> PredictorCounts => [intercepts.Length];

    public override void Write(ModelWriter writer) => writer.Numbers(intercepts);

    public static ClassHead Read(ModelReader reader) => new(reader.Numbers());

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var n = predictors[0].Length / intercepts.Length;
        var values = new double[predictors[0].Length];
        for (var i = 0; i < n; i++)
        {
            var row = values.AsSpan(i * intercepts.Length, intercepts.Length);
            for (var k = 0; k < row.Length; k++)
            {
                row[k] = predictors[0][(k * n) + i] + intercepts[k];
            }

            Softmax.InPlace(row);
        }

        return new ClassProbabilities(values, intercepts.Length);
    }
}

internal sealed class OrdinalHead(double[] thresholds) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Classes(thresholds.Length + 1);

    public override void Write(ModelWriter writer) => writer.Numbers(thresholds);

    public static OrdinalHead Read(ModelReader reader) => new(reader.Numbers());

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var levels = thresholds.Length + 1;
        var values = new double[predictors[0].Length * levels];
        for (var i = 0; i < predictors[0].Length; i++)
        {
            var below = 0.0;
            for (var k = 0; k < levels; k++)
            {
                var upTo = k == thresholds.Length ? 1 : 1 / (1 + Math.Exp(predictors[0][i] - thresholds[k]));
                values[(i * levels) + k] = Math.Max(0, upTo - below);
                below = upTo;
            }
        }

        return new ClassProbabilities(values, levels);
    }
}

internal sealed class ContinuousHead(double intercept, double deviation) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Continuous;

    public override void Write(ModelWriter writer)
    {
        writer.Number(intercept);
        writer.Number(deviation);
    }

    public static ContinuousHead Read(ModelReader reader) => new(reader.Number(), reader.Number());

    public static ContinuousHead Fit(ContinuousOutcome outcome, ReadOnlySpan<double> weights, double[] predictors, double intercept)
    {
        double squares = 0, total = 0;
        for (var i = 0; i < predictors.Length; i++)
        {
            var residual = outcome.Values[i] - predictors[i] - intercept;
            squares += weights[i] * residual * residual;
            total += weights[i];
        }

        return new ContinuousHead(intercept, Math.Sqrt(squares / total));
    }

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var deviations = new double[predictors[0].Length];
        Array.Fill(deviations, deviation);
        return new ContinuousPredictions([.. predictors[0].Select(p => p + intercept)], deviations);
    }
}

internal sealed class SurvivalHead(double[] gridDays, double[] hazard) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Survival;

    public override void Write(ModelWriter writer)
    {
        writer.Numbers(gridDays);
        writer.Numbers(hazard);
    }

    public static SurvivalHead Read(ModelReader reader)
    {
        var grid = reader.Ascending("times of a linear model");
        return new SurvivalHead(grid, reader.Numbers(grid.Length, "hazards of a linear model"));
    }

    public static SurvivalHead Fit(SurvivalOutcome outcome, ReadOnlySpan<double> weights, double[] predictors)
    {
        var counts = weights.ToArray();
        var baseline = new PartialLikelihoodLoss(outcome.Days, outcome.HadEvent, counts).Baseline(predictors);
        var grid = EventGrid.Of(outcome.Days.Where((_, i) => outcome.HadEvent[i] && counts[i] > 0));
        return new SurvivalHead(grid, [.. grid.Select(baseline.At)]);
    }

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var survival = new double[predictors[0].Length * gridDays.Length];
        for (var i = 0; i < predictors[0].Length; i++)
        {
            var ratio = Math.Exp(predictors[0][i]);
            for (var t = 0; t < gridDays.Length; t++)
            {
                survival[(i * gridDays.Length) + t] = Math.Exp(-hazard[t] * ratio);
            }
        }

        return new SurvivalPredictions(gridDays, survival, [.. predictors[0]]);
    }
}

/// <summary>Cumulative incidence of each kind of event from cause-specific hazards, as Aalen and Johansen put them together [Aalen1978].</summary>
internal sealed class CompetingRisksHead(double[] gridDays, double[][] hazards) : OutcomeHead
{
    public override PredictionShape Shape => PredictionShape.Incidence(hazards.Length);

    public override IReadOnlyList<int> PredictorCounts => [.. hazards.Select(_ => 1)];

    public override void Write(ModelWriter writer)
    {
        writer.Numbers(gridDays);
        writer.Table(hazards);
    }

    public static CompetingRisksHead Read(ModelReader reader)
    {
        var (grid, hazards) = (reader.Ascending("times of a linear model"), reader.Table());
        reader.Require(hazards.Length > 0 && hazards.All(h => h.Length == grid.Length), $"hazards of {hazards.Length} kinds of event do not follow {grid.Length} times");
        return new CompetingRisksHead(grid, hazards);
    }

    public static CompetingRisksHead Fit(CompetingRisksOutcome outcome, ReadOnlySpan<double> weights, double[][] predictors)
    {
        var counts = weights.ToArray();
        var baselines = predictors.Select((p, k) => new PartialLikelihoodLoss(outcome.Days, [.. outcome.Status.Select(s => s == k + 1)], counts).Baseline(p)).ToArray();
        var grid = EventGrid.Of(outcome.Days.Where((_, i) => outcome.Status[i] > 0 && counts[i] > 0));
        return new CompetingRisksHead(grid, [.. baselines.Select(b => grid.Select(b.At).ToArray())]);
    }

    public override OutcomePredictions Predict(double[][] predictors)
    {
        var (n, times, events) = (predictors[0].Length, gridDays.Length, hazards.Length);
        var incidence = new double[n * events * times];
        var steps = new double[events];
        for (var i = 0; i < n; i++)
        {
            var survival = 1.0;
            for (var t = 1; t < times; t++)
            {
                var total = 0.0;
                for (var k = 0; k < events; k++)
                {
                    steps[k] = Math.Exp(predictors[k][i]) * (hazards[k][t] - hazards[k][t - 1]);
                    total += steps[k];
                }

                // exp(-step) rather than 1 - step: no step, however large, takes more than what is left.
                var lost = survival * (1 - Math.Exp(-total));
                for (var k = 0; k < events; k++)
                {
                    var place = (((i * events) + k) * times) + t;
                    incidence[place] = incidence[place - 1] + (total > 0 ? lost * steps[k] / total : 0);
                }

                survival -= lost;
            }
        }

        return new CumulativeIncidencePredictions(gridDays, incidence, events);
    }
}
