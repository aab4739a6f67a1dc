using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

/// <summary>Made-up cohorts of which the truth is known.</summary>
public sealed class KnownTruthTests(ITestOutputHelper output)
{
    /// <summary>Exponential times under two rates, a third of them censored: both curves are met at all times up to where a quarter is left.</summary>
    [Fact]
    public void ClosedForm_ExponentialSurvival_IsRecovered()
    {
        const int Count = 2000;
        var stream = MadeUpSubjects.Stream(20);
        var (days, events, group) = (new double[Count], new bool[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            group[i] = i % 2;
            var (time, censored) = (stream.NextExponential() / Rate(group[i]), stream.NextExponential() * 400);
            (days[i], events[i]) = (Math.Min(time, censored), time <= censored);
        }

        var problem = Problem([MadeUpSubjects.Number("group", group)], new SurvivalOutcome(days, events, Duration.FromDays(5000)));
        var curves = (SurvivalPredictions)NetworkLearnerTests.Fit(problem, new NetworkLearnerOptions()).Predict(problem.Inputs.Take([0, 1]));
        for (var g = 0; g < 2; g++)
        {
            foreach (var day in curves.GridDays.Where(d => Math.Exp(-Rate(g) * d) > 0.25))
            {
                Assert.Equal(Math.Exp(-Rate(g) * day), curves.At(g, day), 0.05);
            }
        }

        static double Rate(double g) => g == 0 ? 1 / 300.0 : 1 / 120.0;
    }

    /// <summary>Two kinds of event at constant rates a and b: incidence a / (a + b) (1 - exp(-(a + b) t)).</summary>
    [Fact]
    public void ClosedForm_CompetingExponentials_AreRecovered()
    {
        const int Count = 2000;
        var stream = MadeUpSubjects.Stream(21);
        var (days, status, group) = (new double[Count], new byte[Count], new double[Count]);
        for (var i = 0; i < Count; i++)
        {
            group[i] = i % 2;
            var (first, second, censored) = (stream.NextExponential() / Rate(group[i]), stream.NextExponential() * 200, stream.NextExponential() * 500);
            days[i] = Math.Min(first, Math.Min(second, censored));
            status[i] = (byte)(days[i] == first ? 1 : days[i] == second ? 2 : 0);
        }

        var outcome = new CompetingRisksOutcome(days, status, ["relapse", "death"], Duration.FromDays(5000));
        var problem = Problem([MadeUpSubjects.Number("group", group)], outcome);
        var curves = (CumulativeIncidencePredictions)NetworkLearnerTests.Fit(problem, new NetworkLearnerOptions()).Predict(problem.Inputs.Take([0, 1]));
        var times = curves.GridDays.Length;
        for (var g = 0; g < 2; g++)
        {
            var (a, b) = (Rate(g), 1 / 200.0);
            for (var t = 0; t < times && Math.Exp(-(a + b) * curves.GridDays[t]) > 0.25; t++)
            {
                var any = 1 - Math.Exp(-(a + b) * curves.GridDays[t]);
                Assert.Equal(a / (a + b) * any, curves.Incidence[(((g * 2) + 0) * times) + t], 0.05);
                Assert.Equal(b / (a + b) * any, curves.Incidence[(((g * 2) + 1) * times) + t], 0.05);
            }
        }

        static double Rate(double g) => g == 0 ? 1 / 400.0 : 1 / 100.0;
    }

    /// <summary>Activity of modules of genes, each gene a noisy copy; the outcome is how far modules are from rest, which only the mean of a module shows.
    /// A network that joins the genes of a module shows it, one with its edges exchanged does not.</summary>
    [Fact]
    public void Property_SignalThatIsSmoothOnTheNetwork_IsFoundBetterOnTheTrueOne()
    {
        const int Modules = 12, Members = 8, Count = 500;
        var stream = MadeUpSubjects.Stream(22);
        var values = new double[Count, Modules * Members];
        var scores = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            for (var m = 0; m < Modules; m++)
            {
                var activity = stream.NextGaussian();
                scores[i] += activity * activity;
                for (var k = 0; k < Members; k++)
                {
                    values[i, (m * Members) + k] = activity + (1.5 * stream.NextGaussian());
                }
            }
        }

        var median = scores.Order().ElementAt(Count / 2);
        string[] genes = [.. Enumerable.Range(0, Modules * Members).Select(g => $"GENE{g}")];
        var builder = new GeneNetworkBuilder();
        for (var m = 0; m < Modules; m++)
        {
            for (var j = 0; j < Members; j++)
            {
                for (var k = j + 1; k < Members; k++)
                {
                    builder.AddEdge(new GeneSymbol(genes[(m * Members) + j]), new GeneSymbol(genes[(m * Members) + k]), EdgeType.Association, EdgeSign.Unknown, isDirected: false);
                }
            }
        }

        var ids = MadeUpSubjects.Ids(Count);
        var inputs = new SubjectInputs(ids, [], [MadeUpSubjects.Layer("rna", ids, genes, (i, g) => values[i, g])]);
        var problem = new LearningProblem(inputs, new BinaryOutcome([.. scores.Select(s => s > median)]));
        int[] training = [.. Enumerable.Range(0, 350)], rest = [.. Enumerable.Range(350, 150)];
        var options = new NetworkLearnerOptions { Network = builder.Build(), EmbedsNodes = false };
        var (onTrue, onRewired) = (Auc(options), Auc(options with { RewiringSeed = 1 }));
        output.WriteLine($"true network {onTrue:0.000}, rewired {onRewired:0.000}");
        Assert.True(onTrue > 0.75 && onTrue > onRewired + 0.04, $"true network {onTrue:0.000}, rewired {onRewired:0.000}");

        double Auc(NetworkLearnerOptions with)
        {
            var test = problem.Take(rest);
            var probabilities = (ClassProbabilities)NetworkLearnerTests.Fit(problem.Take(training), with).Predict(test.Inputs);
            return MadeUpSubjects.Auc(((BinaryOutcome)test.Outcome).Occurred, i => probabilities[i, 1]);
        }
    }

    /// <summary>An arm never seen, whose drug has the target of one that was seen, is predicted like that; the other arms are told apart.</summary>
    [Fact]
    public void Property_UnseenArmOfASeenTarget_IsPredictedLikeItsSibling()
    {
        const int Count = 600;
        Treatment[] arms =
        [
            new(new ArmId("control"), [new DrugExposure("backbone", 1, [])]),
            new(new ArmId("first"), [new DrugExposure("backbone", 1, []), new DrugExposure("alphamab", 1, [new DrugTarget("EGFR")])]),
            new(new ArmId("second"), [new DrugExposure("backbone", 1, []), new DrugExposure("betanib", 1, [new DrugTarget("MTOR")])]),
            new(new ArmId("unseen"), [new DrugExposure("backbone", 1, []), new DrugExposure("gammanib", 1, [new DrugTarget("EGFR")])]),
        ];
        double[] chance = [0.2, 0.8, 0.5];
        var stream = MadeUpSubjects.Stream(23);
        bool[] occurred = [.. Enumerable.Range(0, Count).Select(i => stream.NextDouble() < chance[i % 3])];
        var ids = MadeUpSubjects.Ids(Count);
        var age = MadeUpSubjects.Number("age", MadeUpSubjects.Gaussians(Count, 24));
        var inputs = new SubjectInputs(ids, [age], [], null, new TreatmentColumn(arms, [.. Enumerable.Range(0, Count).Select(i => i % 3)]));
        var predictor = NetworkLearnerTests.Fit(new LearningProblem(inputs, new BinaryOutcome(occurred)), new NetworkLearnerOptions());
        var means = Enumerable.Range(0, 4).Select(arm =>
        {
            var under = (ClassProbabilities)predictor.Predict(inputs.With(treatments: TreatmentColumn.Everybody(arms, arm, Count)));
            return Enumerable.Range(0, Count).Average(i => under[i, 1]);
        }).ToArray();
        output.WriteLine(string.Join(", ", means.Select(m => m.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture))));
        for (var arm = 0; arm < 3; arm++)
        {
            Assert.Equal(Enumerable.Range(0, Count).Where(i => i % 3 == arm).Average(i => occurred[i] ? 1.0 : 0), means[arm], 0.06);
        }

        Assert.Equal(means[1], means[3], 0.1);
    }

    private static LearningProblem Problem(IReadOnlyList<Column> covariates, OutcomeData outcome) =>
        new(new SubjectInputs(MadeUpSubjects.Ids(outcome.Count), covariates, []), outcome);
}
