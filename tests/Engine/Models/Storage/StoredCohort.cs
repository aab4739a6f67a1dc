using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;
using DigitalTwin.Tests.Engine.Models.Network;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Storage;

/// <summary>A small cohort in which everything occurs that a model can learn from: numbers and levels with gaps, a layer on a gene network with gaps and ties, one beside it, arms
/// with drugs, targets and doses (one arm only among subjects that are predicted), and repeated measurements. The first <see cref="TrainingCount"/> subjects train.</summary>
internal static class StoredCohort
{
    public const int TrainingCount = 70;

    private const int Count = 84;

    private static readonly string[] s_genes = [.. Enumerable.Range(0, 10).Select(g => $"GENE{g}")];
    private static readonly Treatment[] s_arms =
    [
        new(new ArmId("control"), []),
        new(new ArmId("blocker"), [new DrugExposure("blockinib", 1, [new DrugTarget("GENE2")])]),
        new(new ArmId("both"), [new DrugExposure("blockinib", 0.5, [new DrugTarget("GENE2")]), new DrugExposure("unknownol", 1, [])]),
        new(new ArmId("new"), [new DrugExposure("newinib", 2, [new DrugTarget("GENE3", true)])]),
    ];

    private static readonly double[] s_signal = MadeUpSubjects.Gaussians(Count, 31);

    /// <summary>A ring of the genes with a few chords, and a gene that only joins others.</summary>
    public static GeneNetwork Network { get; } = RingWithChords();

    public static PathwaySets Pathways { get; } = new(
    [
        new GeneSet("first", "first five", [.. s_genes.Take(5).Select(g => new GeneSymbol(g))]),
        new GeneSet("second", "last six", [.. s_genes.Skip(4).Select(g => new GeneSymbol(g))]),
    ]);

    /// <summary>Of all subjects.</summary>
    /// <param name="withObservations">Whether repeated measurements are there.</param>
    public static SubjectInputs Inputs(bool withObservations = false)
    {
        var ids = MadeUpSubjects.Ids(Count);
        var noise = MadeUpSubjects.Gaussians(40 * Count, 32);
        double[] age = [.. s_signal.Select((s, i) => i % 9 == 0 ? double.NaN : 60 + (5 * s) + (4 * noise[i]))];
        double[] size = [.. s_signal.Select((_, i) => Math.Round(3 * noise[Count + i]))];
        short[] stage = [.. s_signal.Select((s, i) => (short)(i % 13 == 5 ? -1 : s < -0.4 ? 0 : s < 0.6 ? 1 : 2))];
        var rna = MadeUpSubjects.Layer("rna", ids, s_genes, (i, g) => i % 11 == 3 || (g == 4 && i % 5 == 0) ? float.NaN : g == 6 ? Math.Round(noise[(g * Count) + i]) : s_signal[i] + noise[(g * Count) + i]);
        var image = MadeUpSubjects.Layer("image", ids, ["e1", "e2", "e3"], (i, e) => i % 7 == 2 ? float.NaN : (e - 1) * s_signal[i] + noise[((20 + e) * Count) + i]);
        return new SubjectInputs(
            ids,
            [MadeUpSubjects.Number("age", age), MadeUpSubjects.Level("stage", stage, "I", "II", "III"), MadeUpSubjects.Number("size", size)],
            [rna, image],
            withObservations ? Observations(noise) : null,
            new TreatmentColumn(s_arms, [.. Enumerable.Range(0, Count).Select(i => i < TrainingCount ? i % 3 : i % 4)]));
    }

    public static OutcomeData Outcome(EndpointKind kind)
    {
        var noise = MadeUpSubjects.Gaussians(2 * Count, 33);
        var shown = s_signal.Select((s, i) => s + (0.7 * noise[i])).ToArray();
        double[] days = [.. shown.Select(s => Math.Ceiling(200 * Math.Exp(-s)))];
        return kind switch
        {
            EndpointKind.Binary => new BinaryOutcome([.. shown.Select(s => s > 0)]),
            EndpointKind.Continuous => new ContinuousOutcome([.. shown.Select(s => 10 + (2 * s))], "mm"),
            EndpointKind.Categorical => new CategoricalOutcome([.. shown.Select(s => s > 0.6 ? 2 : s > -0.5 ? 0 : 1)], ["a", "b", "c"], false),
            EndpointKind.Ordinal => new CategoricalOutcome([.. shown.Select(s => s < -0.7 ? 0 : s < 0.1 ? 1 : s < 0.9 ? 2 : 3)], ["0", "1", "2", "3"], true),
            EndpointKind.TimeToEvent => new SurvivalOutcome([.. days.Select(d => Math.Min(d, 600))], [.. days.Select((d, i) => d <= 600 && i % 4 != 0)], Duration.FromDays(600)),
            EndpointKind.CompetingRisks => new CompetingRisksOutcome(
                [.. days.Select(d => Math.Min(d, 600))], [.. days.Select((d, i) => (byte)(d > 600 || i % 5 == 0 ? 0 : 1 + (i % 2)))], ["relapse", "death"], Duration.FromDays(600)),
            EndpointKind.Longitudinal => Visits(shown, noise),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
        };
    }

    public static LearningProblem Training(EndpointKind kind, bool withObservations = false) =>
        new LearningProblem(Inputs(withObservations), Outcome(kind)).Take([.. Enumerable.Range(0, TrainingCount)]);

    /// <summary>Every number of predictions, so that two can be compared bit for bit.</summary>
    public static double[] Numbers(OutcomePredictions predictions) => predictions switch
    {
        ClassProbabilities p => [p.ClassCount, .. p.Values],
        ContinuousPredictions p => [.. p.Mean, .. p.StandardDeviation],
        SurvivalPredictions p => [.. p.GridDays, .. p.Survival, .. p.Risk],
        CumulativeIncidencePredictions p => [p.EventCount, .. p.GridDays, .. p.Incidence],
        LongitudinalPredictions p => [p.EndpointCount, .. p.GridDays, .. p.Mean, .. p.StandardDeviation],
        _ => throw new ArgumentException(predictions.GetType().Name, nameof(predictions)),
    };

    private static LongitudinalOutcome Visits(double[] shown, double[] noise)
    {
        var rows = Enumerable.Range(0, 6 * Count).Select(k => (Subject: k / 6, Endpoint: k % 2, Day: Math.Round(10 * Math.Abs(noise[k % noise.Length])) + (k % 6))).ToArray();
        return new LongitudinalOutcome(
            ["decay", "rise"], ["mg", "mg"], Count, [.. rows.Select(r => r.Subject)], [.. rows.Select(r => r.Day)], [.. rows.Select(r => r.Endpoint)],
            [.. rows.Select(r => (r.Endpoint == 0 ? 5 - (0.1 * r.Day) : 2 + (0.2 * r.Day)) + shown[r.Subject])]);
    }

    private static ObservationTable Observations(double[] noise)
    {
        Variable[] variables =
        [
            new("pulse", VariableType.Continuous, VariableRole.Covariate, "/min", "pulse", null, []),
            new("ward", VariableType.Categorical, VariableRole.Covariate, "", "ward", null, ["a", "b"]),
        ];
        var rows = Enumerable.Range(0, 5 * Count).Where(k => k / 5 % 10 != 4)
            .Select(k => (Subject: k / 5, Day: Math.Round(Math.Abs(noise[(30 * Count) + k]), 2), Variable: (short)(k % 5 == 0 ? 1 : 0), Value: k % 5 == 0 ? k % 2 : 80 + (10 * s_signal[k / 5]) + noise[k])).Order().ToArray();
        return new ObservationTable(
            variables, [.. rows.Select(r => r.Subject)], [.. rows.Select(r => r.Day)], [.. rows.Select(r => r.Variable)], [.. rows.Select(r => r.Value)]);
    }

    private static GeneNetwork RingWithChords()
    {
        var builder = new GeneNetworkBuilder();
        for (var g = 0; g < s_genes.Length; g++)
        {
            Add(s_genes[g], s_genes[(g + 1) % s_genes.Length], 1 + (0.1 * g));
        }

        Add("GENE0", "JOINER", 0.5);
        Add("JOINER", "GENE5", 0.25);
        builder.AddEdge(new GeneSymbol("GENE3"), new GeneSymbol("GENE8"), EdgeType.Activation, EdgeSign.Positive, 2, "other source");
        return builder.Build();

        void Add(string first, string second, double weight) =>
            builder.AddEdge(new GeneSymbol(first), new GeneSymbol(second), EdgeType.Interaction, EdgeSign.Unknown, weight, "made up", isDirected: false);
    }
}
