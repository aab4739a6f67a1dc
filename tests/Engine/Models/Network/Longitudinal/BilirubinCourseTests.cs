using DigitalTwin.Models.Courses;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network.Longitudinal;

/// <summary>Bilirubin of 312 patients with primary biliary cirrhosis at the visits after the first (R's pbcseq), predicted from the first visit alone.</summary>
public sealed class BilirubinCourseTests
{
    private static readonly string[] Numeric = ["age", "albumin", "alk.phos", "ast", "platelet", "protime", "stage", "chol"];

    public static TheoryData<string> Learners => ["network", "linear-course", "course-twin"];

    [Theory]
    [MemberData(nameof(Learners))]
    public void Property_OutOfFold_TheCourseIsBetterThanTheFirstValueCarriedForward(string name)
    {
        var table = ReferenceData.DataSet("pbcseq");
        var (ids, days, logBilirubin) = (table.Text("id"), table.Numbers("day"), Array.ConvertAll(table.Numbers("bili"), Math.Log));
        int[] first = [.. Enumerable.Range(0, table.RowCount).Where(r => days[r] == 0)];
        var subjectOf = first.Select((r, i) => (ids[r], i)).ToDictionary(p => p.Item1, p => p.i, StringComparer.Ordinal);
        int[] later = [.. Enumerable.Range(0, table.RowCount).Where(r => days[r] > 0 && subjectOf.ContainsKey(ids[r]))];
        var inputs = new SubjectInputs(
            [.. first.Select(r => new SubjectId($"P{ids[r].PadLeft(3, '0')}"))],
            [Column("log bilirubin", logBilirubin), .. Numeric.Select(n => Column(n, table.Numbers(n))), Column("sex", table.Indicator("sex", "f"))],
            []);
        var outcome = new LongitudinalOutcome(
            ["log bilirubin"], ["1"], first.Length, [.. later.Select(r => subjectOf[ids[r]])], [.. later.Select(r => days[r])], [.. later.Select(_ => 0)], [.. later.Select(r => logBilirubin[r])]);
        var problem = new LearningProblem(inputs, outcome);
        var folds = LearningFolds.Stratified(problem, 5, 1);
        using var backend = new SimdBackend(1);
        double error = 0, carried = 0, inside = 0;
        for (var fold = 0; fold < 5; fold++)
        {
            var (training, held) = LearningFolds.Split(folds, fold);
            var predictor = Learner(name).Fit(problem.Take(training), new LearningContext(1, backend, 2, CancellationToken.None));
            var curves = (LongitudinalPredictions)predictor.Predict(inputs.Take(held));
            TestContext.Current.TestOutputHelper?.WriteLine(string.Join(" ", predictor.Findings));
            var place = held.Select((s, i) => (s, i)).ToDictionary(p => p.s, p => p.i);
            foreach (var r in later.Where(r => place.ContainsKey(subjectOf[ids[r]])))
            {
                var (mean, deviation) = curves.At(place[subjectOf[ids[r]]], 0, days[r]);
                error += (mean - logBilirubin[r]) * (mean - logBilirubin[r]) / later.Length;
                carried += Math.Pow(logBilirubin[first[subjectOf[ids[r]]]] - logBilirubin[r], 2) / later.Length;
                inside += Math.Abs(mean - logBilirubin[r]) < 1.645 * deviation ? 1.0 / later.Length : 0;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: mean squared error of log bilirubin {error:0.000}, carried forward {carried:0.000}; 90 % intervals hold {inside:0.000}");
        Assert.True(error < 0.96 * carried, $"{error} against {carried}");
        Assert.InRange(inside, 0.84, 0.96);

        static IOutcomeLearner Learner(string name) => name switch
        {
            "network" => new NetworkLearner(new NetworkLearnerOptions { MemberCount = 3 }),
            "linear-course" => new LinearCourseLearner(),
            _ => new CourseLearner(),
        };

        NumericColumn Column(string name, double[] values) =>
            new(new Variable(name.Replace('.', '_'), VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), [.. first.Select(r => values[r])]);
    }
}
