using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.LinearModels;

/// <summary>Real cohorts beside the repository, on the folds and splits given with them. The bounds are the rows of the list of truths, computed with R.</summary>
public sealed class SharedCohortTests
{
    /// <summary>Four subtypes of breast cancer from RNA and microRNA; 150 to train, 70 to test.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Published_BreastSubtypes_AreToldApartByRnaAndMicroRna(bool isLateFused)
    {
        var (rna, micro) = (Rows("breast_tcga_mixomics/breast_tcga_mrna.csv.gz"), Rows("breast_tcga_mixomics/breast_tcga_mirna.csv.gz"));
        var byId = micro.Skip(1).ToDictionary(r => r[0], StringComparer.Ordinal);
        SubjectId[] subjects = [.. rna.Skip(1).Select(r => new SubjectId(r[0]))];
        string[] levels = [.. rna.Skip(1).Select(r => r[2]).Distinct().Order(StringComparer.Ordinal)];
        int[] codes = [.. rna.Skip(1).Select(r => Array.IndexOf(levels, r[2]))];
        var inputs = new SubjectInputs(
            subjects, [], [Layer("rna", subjects, rna[0][3..], rna.Skip(1).Select(r => r[3..])), Layer("mirna", subjects, micro[0][3..], rna.Skip(1).Select(r => byId[r[0]][3..]))]);
        var problem = new LearningProblem(inputs, new CategoricalOutcome(codes, levels, false));
        int[] training = [.. Enumerable.Range(0, subjects.Length).Where(i => rna[i + 1][1] == "train")];
        int[] test = [.. Enumerable.Range(0, subjects.Length).Except(training)];
        var predictions = (ClassProbabilities)Learner(isLateFused).Fit(problem.Take(training), Context()).Predict(inputs.Take(test));
        double[] recalls = [.. Enumerable.Range(0, levels.Length).Select(k => Enumerable.Range(0, test.Length).Where(i => codes[test[i]] == k)
            .Average(i => Enumerable.Range(0, levels.Length).MaxBy(c => predictions[i, c]) == k ? 1.0 : 0))];

        Assert.True(recalls.Average() >= 0.90);
    }

    /// <summary>Renal clear-cell carcinoma: Cox's model on age and ten components has .702 on these folds.</summary>
    [Fact]
    public void Published_RenalCohort_IsRankedBetterThanByCoxOnComponents()
    {
        var (clinical, molecular) = (Rows("tcga/kirc_clinical.csv.gz"), Rows("tcga/kirc_molecular.csv.gz"));
        var byId = molecular.Skip(1).ToDictionary(r => r[0], StringComparer.Ordinal);
        string[][] rows = [.. clinical.Skip(1).Where(r => byId.ContainsKey(r[0]))];
        SubjectId[] subjects = [.. rows.Select(r => new SubjectId(r[0]))];
        double[] Column(string name) => [.. rows.Select(r => Number(r[Array.IndexOf(clinical[0], name)]))];
        var layers = new[] { "rnaseq", "cnv", "mut" }.Select(kind =>
        {
            int[] columns = [.. Enumerable.Range(0, molecular[0].Length).Where(j => molecular[0][j].EndsWith("_" + kind, StringComparison.Ordinal))];
            return Layer(kind, subjects, [.. columns.Select(j => molecular[0][j])], rows.Select(r => columns.Select(j => byId[r[0]][j]).ToArray()));
        });
        var inputs = new SubjectInputs(subjects, [Numeric("age", Column("age")), Numeric("is_female", Column("is_female"))], [.. layers]);
        double[] days = [.. Column("survival_months").Select(m => m * 30.4375)];
        bool[] events = [.. Column("event").Select(e => e == 1)];
        var problem = new LearningProblem(inputs, new SurvivalOutcome(days, events, Duration.FromDays(10000)));
        var places = Enumerable.Range(0, subjects.Length).ToDictionary(i => subjects[i].Value, StringComparer.Ordinal);
        var splits = Rows("tcga/splits_5fold.csv.gz").Where(s => s[0] == "kirc" && places.ContainsKey(s[3])).ToArray();
        var sum = 0.0;
        foreach (var fold in splits.GroupBy(s => s[1]))
        {
            int[] training = [.. fold.Where(s => s[2] == "train").Select(s => places[s[3]])];
            int[] test = [.. fold.Where(s => s[2] != "train").Select(s => places[s[3]])];
            var risk = ((SurvivalPredictions)new LateFusedLinearLearner().Fit(problem.Take(training), Context()).Predict(inputs.Take(test))).Risk;
            sum += Concordance.Estimate([.. test.Select(i => days[i])], [.. test.Select(i => events[i])], risk).Value;
        }

        Assert.InRange(sum / 5, 0.702, 0.80);
    }

    private static IOutcomeLearner Learner(bool isLateFused) => isLateFused ? new LateFusedLinearLearner() : new ConcatenatedLinearLearner();

    // These learners never touch the backend.
    private static LearningContext Context() => new(1, null!, 2, TestContext.Current.CancellationToken);

    private static NumericColumn Numeric(string name, double[] values) =>
        new(new Variable(name, VariableType.Continuous, VariableRole.Covariate, "1", name, null, []), values);

    private static SubjectLayer Layer(string name, SubjectId[] subjects, string[] features, IEnumerable<string[]> rows) =>
        new(new OmicsLayer(name, "1", features, [.. rows.SelectMany(r => r.Select(c => (float)Number(c)))]), subjects);

    private static double Number(string cell) => cell.Length == 0 ? double.NaN : double.Parse(cell, CultureInfo.InvariantCulture);

    private static string[][] Rows(string file)
    {
        var path = ReferenceData.SharedPathOrNull(file);
        Assert.SkipWhen(path is null, $"{file} is not beside the repository.");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
        return [.. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(','))];
    }
}
