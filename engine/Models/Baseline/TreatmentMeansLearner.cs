using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Baseline;

/// <summary>Predicts the same for everybody under one treatment: its mean, or its share of each class; under a treatment that training did not have, those of all. What a
/// model knows of who responds is what it does better than this.</summary>
public sealed class TreatmentMeansLearner : IOutcomeLearner
{
    /// <summary>Name in tables and evaluation files.</summary>
    public const string LearnerName = "treatment-means";

    public string Name => LearnerName;

    public bool Supports(EndpointKind kind) => kind is EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal or EndpointKind.Continuous;

    public IOutcomePredictor Fit(LearningProblem training, LearningContext context)
    {
        ArgumentNullException.ThrowIfNull(training);
        var given = training.Inputs.Treatments
            ?? throw new UnlearnableException($"'{Name}' learns a mean of each treatment, and the subjects have none. State 'treatment', or name another model.");
        var baseline = new BaselineLearner();
        var groups = training.Weights.ToArray().Index().Where(w => w.Item > 0).GroupBy(w => given.Indices[w.Index], w => w.Index).OrderBy(g => g.Key).ToArray();
        OutcomePredictions[] rows =
        [
            .. groups.Select(g => One(training.Take(g.ToArray()))),
            One(training),
        ];
        return new Predictor(Stacked(rows), groups.Index().ToDictionary(g => given.Treatments[g.Item.Key].Arm, g => g.Index));

        OutcomePredictions One(LearningProblem problem) => baseline.Fit(problem, context).Predict(problem.Inputs.Take([0]));
    }

    private static OutcomePredictions Stacked(OutcomePredictions[] rows) => rows[0] switch
    {
        ClassProbabilities first => new ClassProbabilities([.. rows.Cast<ClassProbabilities>().SelectMany(r => r.Values)], first.ClassCount),
        ContinuousPredictions => new ContinuousPredictions(
            [.. rows.Cast<ContinuousPredictions>().SelectMany(r => r.Mean)], [.. rows.Cast<ContinuousPredictions>().SelectMany(r => r.StandardDeviation)]),
        var other => throw new ArgumentException($"There are no means of {other.GetType().Name} by treatment.", nameof(rows)),
    };

    /// <param name="table">A row a treatment; the last is that of all.</param>
    /// <param name="rowOf">Row of each treatment of training.</param>
    internal sealed class Predictor(OutcomePredictions table, Dictionary<ArmId, int> rowOf) : IStoredPredictor
    {
        public PredictionShape Shape => table is ClassProbabilities classes ? PredictionShape.Classes(classes.ClassCount) : PredictionShape.Continuous;

        public void Write(ModelWriter writer)
        {
            var classes = table as ClassProbabilities;
            writer.Int(classes?.ClassCount ?? 0);
            writer.Numbers(classes?.Values ?? ((ContinuousPredictions)table).Mean);
            writer.OptionalNumbers((table as ContinuousPredictions)?.StandardDeviation);
            writer.Texts([.. rowOf.OrderBy(r => r.Value).Select(r => r.Key.Value)]);
        }

        public static Predictor Read(ModelReader reader)
        {
            var (classCount, values, deviations, arms) = (reader.IntWithin(0, reader.Length, "number of classes"), reader.Numbers(), reader.OptionalNumbers(), reader.Texts());
            var width = Math.Max(1, classCount);
            reader.Require(values.Length == (long)(arms.Length + 1) * width && (classCount == 0) == (deviations?.Length == values.Length), $"{values.Length} numbers stand for {arms.Length} treatments and all");
            OutcomePredictions table = classCount > 0 ? new ClassProbabilities(values, classCount) : new ContinuousPredictions(values, deviations!);
            return new Predictor(table, arms.Index().ToDictionary(a => new ArmId(a.Item), a => a.Index));
        }

        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            ArgumentNullException.ThrowIfNull(inputs);
            var treatments = inputs.Treatments ?? throw new ArgumentException("The model was trained with treatments; the subjects have none.", nameof(inputs));
            return table.Take([.. Enumerable.Range(0, inputs.Count).Select(i => rowOf.GetValueOrDefault(treatments.Of(i).Arm, table.Count - 1))]);
        }
    }
}
