using DigitalTwin.Omics.Batches;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Batches;

/// <summary>Against sva (tests/Reference/omics/combat.R): 24 subjects in three batches, 25 features.</summary>
public sealed class ComBatTests
{
    private const int Features = 25;

    private static readonly ReferenceValues s_reference = ReferenceData.Values("omics/combat.csv");
    private static readonly SubjectId[] s_subjects = LayerText.Subjects(24);
    private static readonly string[] s_batches = [.. s_reference.Vector("input", "batch").Select(b => $"{"ABC"[(int)b - 1]}")];

    [Theory]
    [InlineData("plain", "data", false, null, 1e-6)]
    [InlineData("covariates", "data", true, null, 1e-6)]
    [InlineData("reference", "data", true, "B", 1e-6)]
    [InlineData("holes", "holes", true, null, 1e-6)]
    [InlineData("default", "data", true, null, 1e-4)]
    public void Reference_Adjusted_MatchesSva346(string @case, string data, bool covariates, string? reference, double tolerance)
    {
        var training = Training(data);

        var adjusted = new ComBat(Design(covariates), reference).Fit(training).Apply(training.Values);

        Agreement.Close(s_reference.Vector(@case, "adjusted"), LayerText.Values(adjusted), tolerance, tolerance);
    }

    [Fact]
    public void Property_ReferenceBatch_StaysAsItIs()
    {
        var training = Training("data");
        var adjusted = new ComBat(Design(true), "B").Fit(training).Apply(training.Values);

        var rows = Enumerable.Range(0, 24).Where(s => s_batches[s] == "B");
        Assert.All(rows, s => Agreement.Close(
            Array.ConvertAll(training.Values.Layer.Row(s).ToArray(), v => (double)v), Array.ConvertAll(adjusted.Layer.Row(s).ToArray(), v => (double)v), 1e-6));
    }

    [Fact]
    public void Property_NewSubjects_AreCorrectedByWhatTrainingTaught()
    {
        // Two thirds train; the values of the rest must not matter to the fit, and each is corrected by itself.
        var subjects = s_subjects;
        int[] held = [2, 9, 17, 23];
        var split = new SubjectSplit(subjects, [.. subjects.Where((_, i) => !held.Contains(i))], [.. held.Select(i => subjects[i])]);
        var values = s_reference.Vector("input", "data");
        var layer = LayerText.FromNumbers(values, Features);
        var changed = LayerText.FromNumbers([.. values.Select((v, i) => held.Contains(i / Features) ? v + 100 : v)], Features);
        var probe = split.HeldOut(layer);

        var fitted = new ComBat(Design(true)).Fit(split.Training(layer));
        var other = new ComBat(Design(true)).Fit(split.Training(changed));

        Assert.Equal(LayerText.Values(fitted.Apply(probe)), LayerText.Values(other.Apply(probe)));
        Assert.Equal(LayerText.Values(fitted.Apply(probe)).Skip(Features), LayerText.Values(fitted.Apply(probe.Take([1, 2, 3]))));
        Assert.NotEqual(LayerText.Values(probe), LayerText.Values(fitted.Apply(probe)));
    }

    [Fact]
    public void ClosedForm_FeatureThatDoesNotVaryInABatch_StaysAndIsListed()
    {
        var values = s_reference.Vector("input", "data");
        var layer = LayerText.FromNumbers([.. values.Select((v, i) => i % Features == 4 && s_batches[i / Features] == "C" ? 1 : v)], Features);
        var training = SubjectSplit.AllTraining(s_subjects).Training(layer);

        var fitted = new ComBat(Design(false)).FitComBat(training);

        Assert.Equal(["f5"], fitted.UncorrectedFeatures);
        Assert.Equal(layer.Row(3)[4], fitted.Apply(training.Values).Layer.Row(3)[4]);
    }

    [Fact]
    public void Error_BatchOfOneSubject_IsNamed()
    {
        string[] batches = [.. s_batches.Select((b, i) => i == 23 ? "lonely" : b)];

        var fault = Assert.Throws<SingleSubjectBatchException>(() => new ComBat(new BatchDesign(s_subjects, batches)).Fit(Training("data")));

        Assert.Equal(["lonely"], fault.Batches);
        Assert.Contains("layer 'rna', batch correction", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_CovariateThatIsTheBatch_IsNamed()
    {
        double[] covariates = [.. Enumerable.Range(0, 24).SelectMany(i => new double[] { i % 5, s_batches[i] == "A" ? 1e6 : 0 })];

        var fault = Assert.Throws<ConfoundedCovariateException>(
            () => new ComBat(new BatchDesign(s_subjects, s_batches, ["dose", "site"], covariates)).Fit(Training("data")));

        Assert.Equal(["site"], fault.Covariates);
    }

    [Fact]
    public void Error_CovariateThatRepeatsAnother_IsNamed()
    {
        double[] covariates = [.. Enumerable.Range(0, 24).SelectMany(i => new double[] { i % 5, (3 * (i % 5)) + 2 })];

        var fault = Assert.Throws<ConfoundedCovariateException>(
            () => new ComBat(new BatchDesign(s_subjects, s_batches, ["dose", "again"], covariates)).Fit(Training("data")));

        Assert.Equal(["again"], fault.Covariates);
    }

    [Fact]
    public void Error_UnknownBatch_IsNamedWithTheKnown()
    {
        SubjectId[] all = [.. s_subjects, new SubjectId("new")];
        var fitted = new ComBat(new BatchDesign(all, [.. s_batches, "D"])).Fit(Training("data"));
        var probe = new SubjectLayer(LayerText.FromNumbers(new double[Features], Features), [new SubjectId("new")]);

        var fault = Assert.Throws<UnknownBatchException>(() => fitted.Apply(probe));

        Assert.Equal(["D"], fault.Batches);
        Assert.Contains("Known are 'A', 'B', 'C'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_DesignsThatCannotBeUsed_AreRefused()
    {
        Assert.Throws<BatchDesignException>(() => new ComBat(Design(false), "Z").Fit(Training("data")));
        Assert.Throws<BatchDesignException>(() => new ComBat(new BatchDesign(s_subjects, [.. s_batches.Select(_ => "A")])).Fit(Training("data")));
        Assert.Contains(
            "Subject 's24' has no batch",
            Assert.Throws<BatchDesignException>(() => new ComBat(new BatchDesign(s_subjects[..23], s_batches[..23])).Fit(Training("data"))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new BatchDesign(s_subjects[..1], ["A"], ["age"], [double.NaN]));
    }

    private static TrainingLayer Training(string quantity) =>
        SubjectSplit.AllTraining(s_subjects).Training(LayerText.FromNumbers(s_reference.Vector("input", quantity), Features));

    private static BatchDesign Design(bool covariates) => covariates
        ? new BatchDesign(s_subjects, s_batches, ["sex", "age"], s_reference.Vector("input", "covariates"))
        : new BatchDesign(s_subjects, s_batches);
}
