using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.LinearModels;

/// <summary>Simulated subjects with two covariates, an arm and three layers: <c>rna</c> and <c>protein</c> each carry a part of the signal, <c>noise</c> none.</summary>
internal sealed class LayeredSubjects
{
    private const int FeatureCount = 40;

    private readonly RandomStream _stream;

    public LayeredSubjects(int count, ulong seed = 5, bool withTreatments = false, double missingShare = 0)
    {
        _stream = new RandomStream(new StreamKey(seed, 11, 0, 0, RandomPurpose.Outcome));
        Subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{i:0000}"))];
        double[] age = [.. Enumerable.Range(0, count).Select(_ => 60 + (10 * Normal()))];
        short[] stage = [.. Enumerable.Range(0, count).Select(_ => (short)(3 * _stream.NextDouble()))];
        double[] first = [.. Enumerable.Range(0, count).Select(_ => Normal())];
        double[] second = [.. Enumerable.Range(0, count).Select(_ => Normal())];
        int[] arms = [.. Enumerable.Range(0, count).Select(_ => (int)(2 * _stream.NextDouble()))];
        Signal = [.. Enumerable.Range(0, count).Select(i =>
            (0.05 * (age[i] - 60)) + (0.4 * (stage[i] - 1)) + first[i] + (0.8 * second[i]) - (withTreatments ? 1.2 * arms[i] : 0))];
        Inputs = new SubjectInputs(
            Subjects,
            [
                new NumericColumn(new Variable("age", VariableType.Continuous, VariableRole.Covariate, "a", "age", null, []), age),
                new CategoricalColumn(new Variable("stage", VariableType.Categorical, VariableRole.Covariate, "", "stage", null, ["I", "II", "III"]), stage),
            ],
            [Layer("rna", first, 0.5, missingShare), Layer("protein", second, 0.5, missingShare), Layer("noise", second, 0, 0)],
            null,
            withTreatments ? new TreatmentColumn([new Treatment(new ArmId("control"), []), new Treatment(new ArmId("drug"), [])], arms) : null);
    }

    public SubjectId[] Subjects { get; }

    public SubjectInputs Inputs { get; }

    /// <summary>The true linear predictor.</summary>
    public double[] Signal { get; }

    public OutcomeData Outcome(EndpointKind kind) => kind switch
    {
        EndpointKind.Binary => new BinaryOutcome([.. Signal.Select(s => s + Logistic() > 0)]),
        EndpointKind.Continuous => new ContinuousOutcome([.. Signal.Select(s => 10 + s + Normal())], "mm"),
        EndpointKind.Categorical => new CategoricalOutcome([.. Signal.Select(s => s + Logistic() > 1 ? 2 : s + Logistic() > -0.5 ? 0 : 1)], ["a", "b", "c"], false),
        EndpointKind.Ordinal => new CategoricalOutcome([.. Signal.Select(s => s + Logistic()).Select(v => v < -1 ? 0 : v < 0.5 ? 1 : v < 2 ? 2 : 3)], ["0", "1", "2", "3"], true),
        EndpointKind.TimeToEvent => Survival(),
        EndpointKind.CompetingRisks => Competing(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
    };

    private SurvivalOutcome Survival()
    {
        double[] times = [.. Signal.Select(s => Math.Ceiling(-300 * Math.Log(1 - _stream.NextDouble()) * Math.Exp(-s)))];
        double[] censored = [.. Signal.Select(_ => Math.Ceiling(900 * _stream.NextDouble()))];
        return new SurvivalOutcome(
            [.. times.Zip(censored, Math.Min)], [.. times.Zip(censored, (t, c) => t <= c)], Duration.FromDays(900));
    }

    private CompetingRisksOutcome Competing()
    {
        double[] first = [.. Signal.Select(s => -300 * Math.Log(1 - _stream.NextDouble()) * Math.Exp(-s))];
        double[] second = [.. Signal.Select(_ => -600 * Math.Log(1 - _stream.NextDouble()))];
        return new CompetingRisksOutcome(
            [.. first.Zip(second, (a, b) => Math.Min(700, Math.Ceiling(Math.Min(a, b))))],
            [.. first.Zip(second, (a, b) => Math.Min(a, b) > 700 ? (byte)0 : a < b ? (byte)1 : (byte)2)],
            ["relapse", "death"],
            Duration.FromDays(700));
    }

    private SubjectLayer Layer(string name, double[] factor, double strength, double missingShare)
    {
        var values = new float[factor.Length * FeatureCount];
        for (var i = 0; i < factor.Length; i++)
        {
            var isMissing = _stream.NextDouble() < missingShare;
            for (var f = 0; f < FeatureCount; f++)
            {
                var value = (strength * factor[i]) + Normal();
                values[(i * FeatureCount) + f] = isMissing ? float.NaN : (float)value;
            }
        }

        return new SubjectLayer(new OmicsLayer(name, "1", [.. Enumerable.Range(0, FeatureCount).Select(f => $"{name}{f}")], values), Subjects);
    }

    private double Normal() => _stream.NextGaussian();

    private double Logistic()
    {
        var u = _stream.NextOpenDouble();
        return Math.Log(u / (1 - u));
    }
}
