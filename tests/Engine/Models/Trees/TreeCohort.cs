using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

/// <summary>Subjects with numeric covariates, as learners of trees take them.</summary>
internal static class TreeCohort
{
    private static readonly string[] CellTypes = ["adeno", "large", "smallcell", "squamous"];

    public static Duration Horizon { get; } = Duration.FromDays(100_000);

    public static LearningContext Context(ulong seed = 1, int threadCount = 2) => new(seed, new SimdBackend(1), threadCount, TestContext.Current.CancellationToken);

    /// <summary>One that was cancelled before it began.</summary>
    public static LearningContext Cancelled() => new(1, new SimdBackend(1), 2, new CancellationToken(canceled: true));

    /// <param name="columns">Name and values, shape [subjects], NaN where missing.</param>
    /// <param name="prefix">Of the subjects' ids, which go by row.</param>
    public static SubjectInputs Inputs((string Name, double[] Values)[] columns, string prefix = "S") => new(
        [.. Enumerable.Range(0, columns[0].Values.Length).Select(i => new SubjectId($"{prefix}{i:00000}"))],
        [.. columns.Select(c => new NumericColumn(new Variable(c.Name, VariableType.Continuous, VariableRole.Covariate, "1", c.Name, null, []), c.Values))],
        []);

    /// <summary>Columns of a table under their names; <c>celltype</c> becomes four indicators, <c>sex</c> one of women.</summary>
    public static SubjectInputs Inputs(ReferenceTable table, params string[] names) => Inputs([.. names.SelectMany(n => Columns(table, n))]);

    public static LearningProblem Veteran()
    {
        var table = ReferenceData.DataSet("veteran");
        var inputs = Inputs(table, "trt", "karno", "diagtime", "age", "prior", "celltype");
        return new LearningProblem(inputs, new SurvivalOutcome(table.Numbers("time"), table.Flags("status"), Horizon));
    }

    public static LearningProblem Gbsg()
    {
        var table = ReferenceData.DataSet("gbsg");
        var inputs = Inputs(table, "age", "meno", "size", "grade", "nodes", "pgr", "er", "hormon");
        return new LearningProblem(inputs, new SurvivalOutcome(table.Numbers("rfstime"), table.Flags("status"), Horizon));
    }

    /// <summary>Subjects of pbc with every value; death is the event, a transplantation ends follow-up.</summary>
    public static (LearningProblem Death, CompetingRisksOutcome Causes) Pbc()
    {
        string[] names = ["trt", "age", "sex", "ascites", "hepato", "spiders", "edema", "bili", "chol", "albumin", "copper", "alk.phos", "ast", "trig", "platelet", "protime", "stage"];
        var table = ReferenceData.DataSet("pbc");
        table = table.Where(r => names.All(n => table.Text(n)[r] != "NA"));
        var (days, status) = (table.Numbers("time"), Array.ConvertAll(table.Numbers("status"), s => (byte)s));
        return (
            new LearningProblem(Inputs(table, names), new SurvivalOutcome(days, [.. status.Select(s => s == 2)], Horizon)),
            new CompetingRisksOutcome(days, status, ["transplantation", "death"], Horizon));
    }

    public static int[] CellTypeCodes(ReferenceTable veteran) => Array.ConvertAll(veteran.Text("celltype"), c => Array.IndexOf(CellTypes, c));

    private static IEnumerable<(string Name, double[] Values)> Columns(ReferenceTable table, string name) => name switch
    {
        "celltype" => CellTypes.Select(c => (c, table.Indicator("celltype", c))),
        "sex" => [("female", table.Indicator("sex", "f"))],
        _ => [(name, table.Numbers(name))],
    };
}
