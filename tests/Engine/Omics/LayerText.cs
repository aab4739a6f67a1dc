using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics;

/// <summary>Small layers for tests.</summary>
internal static class LayerText
{
    /// <summary>Rows "1 2; 3 -" of numbers, - for missing; features f1.., subjects s1.. unless named.</summary>
    public static OmicsLayer Layer(string rows, string unit = "1", string[]? features = null, string name = "rna")
    {
        var cells = rows.Split(';').Select(r => r.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        features ??= [.. Enumerable.Range(1, cells[0].Length).Select(f => $"f{f}")];
        return new OmicsLayer(
            name, unit, features, [.. cells.SelectMany(r => r).Select(c => c == "-" ? float.NaN : float.Parse(c, System.Globalization.CultureInfo.InvariantCulture))]);
    }

    public static SubjectLayer Named(OmicsLayer layer, string prefix = "s") => new(layer, Subjects(layer.SubjectCount, prefix));

    public static TrainingLayer Training(OmicsLayer layer) => SubjectSplit.AllTraining(Subjects(layer.SubjectCount)).Training(layer);

    public static SubjectId[] Subjects(int count, string prefix = "s") => [.. Enumerable.Range(1, count).Select(i => new SubjectId($"{prefix}{i}"))];

    public static OmicsLayer FromNumbers(double[] values, int featureCount, string unit = "1") => new(
        "rna", unit, [.. Enumerable.Range(1, featureCount).Select(f => $"f{f}")], Array.ConvertAll(values, v => (float)v));

    /// <summary>Row-major, shape [subjects, features].</summary>
    public static double[] Values(SubjectLayer layer) =>
        [.. Enumerable.Range(0, layer.SubjectCount).SelectMany(s => layer.Layer.Row(s).ToArray()).Select(v => (double)v)];
}
