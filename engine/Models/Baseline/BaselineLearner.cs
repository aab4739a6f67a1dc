using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Baseline;

/// <summary>Predicts the same for everybody: the share of each class, the Kaplan-Meier curve, the mean. What a model knows is what it does better than this.</summary>
public sealed class BaselineLearner : IOutcomeLearner
{
    /// <summary>Name in tables and evaluation files.</summary>
    public const string LearnerName = "baseline";

    public string Name => LearnerName;

    public bool Supports(EndpointKind kind) =>
        kind is EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal or EndpointKind.Continuous or EndpointKind.TimeToEvent;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        return new Predictor(training.Outcome switch
        {
            BinaryOutcome binary => Shares([.. binary.Occurred.Select(o => o ? 1 : 0)], 2, training.Weights),
            CategoricalOutcome categorical => Shares(categorical.Codes, categorical.Levels.Count, training.Weights),
            ContinuousOutcome continuous => Mean(continuous.Values, training.Weights),
            SurvivalOutcome survival => Curve(survival, training.Weights),
            var other => throw new UnlearnableException($"The baseline predicts no outcome of kind {other.Kind}."),
        });
    }

    private static ClassProbabilities Shares(int[] codes, int classCount, ReadOnlySpan<double> weights)
    {
        var (shares, total) = (new double[classCount], 0.0);
        for (var i = 0; i < codes.Length; i++)
        {
            shares[codes[i]] += weights[i];
            total += weights[i];
        }

        return new ClassProbabilities([.. shares.Select(s => s / total)], classCount);
    }

    private static ContinuousPredictions Mean(double[] values, ReadOnlySpan<double> weights)
    {
        var (sum, squares, total) = (0.0, 0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += weights[i] * values[i];
            total += weights[i];
        }

        var mean = sum / total;
        for (var i = 0; i < values.Length; i++)
        {
            squares += weights[i] * (values[i] - mean) * (values[i] - mean);
        }

        return new ContinuousPredictions([mean], [Math.Sqrt(squares / total)]);
    }

    private static SurvivalPredictions Curve(SurvivalOutcome outcome, ReadOnlySpan<double> weights)
    {
        var curve = KaplanMeier.Fit(outcome.Days, outcome.HadEvent, new KaplanMeierOptions { Weights = weights.ToArray() });
        List<double> days = [0], survival = [1];
        for (var t = 0; t < curve.Times.Length; t++)
        {
            // Survival starts at 1: events on day 0 show from the next event on.
            if (curve.Events[t] > 0 && curve.Times[t] > 0)
            {
                days.Add(curve.Times[t]);
                survival.Add(curve.Survival[t]);
            }
        }

        return new SurvivalPredictions([.. days], [.. survival], [0]);
    }

    /// <summary>Repeats one subject's prediction.</summary>
    internal sealed class Predictor(OutcomePredictions one) : IStoredPredictor
    {
        public PredictionShape Shape => one switch
        {
            ClassProbabilities classes => PredictionShape.Classes(classes.ClassCount),
            SurvivalPredictions => PredictionShape.Survival,
            _ => PredictionShape.Continuous,
        };

        public void Write(ModelWriter writer)
        {
            writer.Choice(Shape.Kind);
            switch (one)
            {
                case ClassProbabilities classes:
                    writer.Numbers(classes.Values);
                    break;
                case SurvivalPredictions curve:
                    writer.Numbers(curve.GridDays);
                    writer.Numbers(curve.Survival);
                    break;
                case ContinuousPredictions continuous:
                    writer.Number(continuous.Mean[0]);
                    writer.Number(continuous.StandardDeviation[0]);
                    break;
            }
        }

        public static Predictor Read(ModelReader reader)
        {
            switch (reader.Choice<PredictionKind>())
            {
                case PredictionKind.Classes:
                    var shares = reader.Numbers();
                    reader.Require(shares.Length > 0, $"a baseline has no class");
                    return new Predictor(new ClassProbabilities(shares, shares.Length));
                case PredictionKind.Survival:
                    var days = reader.Ascending("times of a baseline");
                    return new Predictor(new SurvivalPredictions(days, reader.Numbers(days.Length, "values of a baseline curve"), [0]));
                case PredictionKind.Continuous:
                    return new Predictor(new ContinuousPredictions([reader.Number()], [reader.Number()]));
                case var other:
                    throw reader.Fault($"there is no baseline of {other}");
            }
        }

        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            return one.Take(new int[inputs.Count]);
        }
    }
}
