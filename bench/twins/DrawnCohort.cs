using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Bench.Twins;

/// <summary>Made-up subjects of the shapes that the issue of speed is about; what they are worth to a model is beside the point.</summary>
internal static class DrawnCohort
{
    private static readonly Duration s_horizon = Duration.FromDays(3650);

    /// <param name="count">Subjects.</param>
    /// <param name="covariateCount">Numeric covariates.</param>
    /// <param name="layers">Name and features of each layer.</param>
    /// <param name="armCount">Arms, given in turn; 0 for none.</param>
    /// <param name="seed">Of all random numbers.</param>
    public static SubjectInputs Inputs(int count, int covariateCount, (string Name, int Count)[] layers, int armCount, ulong seed)
    {
        var random = new RandomStream(new StreamKey(seed, 0, 0, 0, RandomPurpose.KnownTruth));
        SubjectId[] subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"{seed}-{i:D6}"))];
        string[] genes = [.. new ReferenceNetwork().Signalling.Nodes.Select(n => n.Symbol.Value)];
        Column[] covariates =
        [
            .. Enumerable.Range(0, covariateCount).Select(c => new NumericColumn(
                new Variable($"x{c}", VariableType.Continuous, VariableRole.Covariate, "1", $"x{c}", null, []), [.. subjects.Select(_ => random.NextGaussian())])),
        ];
        SubjectLayer[] measured =
        [
            .. layers.Select(layer => new SubjectLayer(
                new OmicsLayer(layer.Name, "1", [.. genes.Take(layer.Count)], [.. Enumerable.Range(0, count * Math.Min(layer.Count, genes.Length)).Select(_ => (float)random.NextGaussian())]), subjects)),
        ];
        Treatment[] arms = [.. Enumerable.Range(0, armCount).Select(k => new Treatment(new ArmId($"arm{k}"), [new DrugExposure($"drug{k}", 1, [new DrugTarget(genes[k])])]))];
        return new SubjectInputs(subjects, covariates, measured, null, armCount == 0 ? null : new TreatmentColumn(arms, [.. Enumerable.Range(0, count).Select(i => i % armCount)]));
    }

    /// <summary>A binary outcome that the first covariate and the first feature bear on.</summary>
    public static LearningProblem Binary(SubjectInputs inputs)
    {
        var random = new RandomStream(new StreamKey(7, 0, 0, 0, RandomPurpose.Outcome));
        return new LearningProblem(inputs, new BinaryOutcome([.. Enumerable.Range(0, inputs.Count).Select(i => random.NextDouble() < 1 / (1 + Math.Exp(-Link(inputs, i))))]));
    }

    /// <summary>Survival with about a quarter of events.</summary>
    public static LearningProblem Survival(SubjectInputs inputs)
    {
        var random = new RandomStream(new StreamKey(7, 0, 0, 0, RandomPurpose.Outcome));
        var days = new double[inputs.Count];
        var events = new bool[inputs.Count];
        for (var i = 0; i < days.Length; i++)
        {
            var (time, censored) = (5000 * random.NextExponential() * Math.Exp(-Link(inputs, i)), 3000 * random.NextDouble());
            (days[i], events[i]) = (Math.Min(time, censored), time <= censored);
        }

        return new LearningProblem(inputs, new SurvivalOutcome(days, events, s_horizon));
    }

    private static double Link(SubjectInputs inputs, int subject) =>
        ((NumericColumn)inputs.Covariates[0]).Values[subject] + (inputs.Layers.Count > 0 ? inputs.Layers[0].Layer.Row(subject)[0] : 0);
}
