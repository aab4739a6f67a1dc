using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output;

/// <summary>One row of <c>controlArms</c>.</summary>
internal static class ControlArmJson
{
    public static void Write(ResultsJsonSink sink, ControlArmResult arm)
    {
        sink.Text("method", arm.MethodId);
        sink.Text("label", arm.Label);
        sink.Text("methodKind", arm.Method);
        sink.Text("armKind", ResultNames.Of(arm.Kind));
        sink.Flag("primary", arm.Primary);
        sink.Text("description", arm.Description);
        sink.Texts("citations", arm.Citations);
        sink.Count("treatedCount", arm.TreatedCount);
        sink.Count("controlCount", arm.ControlCount);
        sink.Number("effectiveSampleSizeTreated", arm.EssTreated);
        sink.Number("effectiveSampleSizeControl", arm.EssControl);
        sink.Rows("weights", arm.Weights, weights => WriteWeights(sink, weights));
        sink.Rows("balance", arm.Balance, row => WriteBalance(sink, row));
        sink.Object("overlap", arm.Overlap, overlap =>
        {
            sink.Numbers("edges", overlap.Edges);
            sink.Numbers("treated", overlap.Treated);
            sink.Numbers("control", overlap.Control);
            sink.Numbers("controlWeighted", overlap.ControlWeighted);
        });
    }

    private static void WriteWeights(ResultsJsonSink sink, WeightSummary weights)
    {
        sink.Text("arm", ResultNames.Of(weights.Arm));
        sink.Count("count", weights.Count);
        sink.Number("sum", weights.Sum);
        sink.Number("minimum", weights.Minimum);
        sink.Rows("quantiles", weights.Quantiles, q => WriteQuantile(sink, q));
        sink.Number("maximum", weights.Maximum);
        sink.Number("shareOfTopOnePercent", weights.ShareOfTopOnePercent);
        sink.Object("histogram", weights.Histogram, histogram => WriteHistogram(sink, histogram));
    }

    private static void WriteBalance(ResultsJsonSink sink, BalanceRow row)
    {
        sink.Text("variable", row.Variable);
        sink.Text("level", row.Level);
        sink.Number("meanTreated", row.MeanTreated);
        sink.Number("meanControlBefore", row.MeanControlBefore);
        sink.Number("meanControlAfter", row.MeanControlAfter);
        sink.Number("smdBefore", row.SmdBefore);
        sink.Number("smdAfter", row.SmdAfter);
        sink.Number("varianceRatioBefore", row.VarianceRatioBefore);
        sink.Number("varianceRatioAfter", row.VarianceRatioAfter);
        sink.Number("ksBefore", row.KsBefore);
        sink.Number("ksAfter", row.KsAfter);
    }

    public static void WriteQuantile(ResultsJsonSink sink, QuantileValue quantile)
    {
        sink.Number("probability", quantile.Probability);
        sink.Number("value", quantile.Value);
    }

    public static void WriteHistogram(ResultsJsonSink sink, Histogram histogram)
    {
        sink.Numbers("edges", histogram.Edges);
        sink.Numbers("counts", histogram.Counts);
    }
}
