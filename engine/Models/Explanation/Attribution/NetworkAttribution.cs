using System.Globalization;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Integrated gradients of a trained network, member by member: every number of every modality has its part in the difference from the baseline.</summary>
/// <remarks>Source: [Sundararajan2017]. A modality that the subject does not have is hidden at both ends and has no part. On top of another model only what the network
/// adds is explained: the other model's prediction stays that of the subject along the path. The scale is the link scale, where members are averaged.</remarks>
public static class NetworkAttribution
{
    /// <summary>Explains one subject.</summary>
    /// <param name="network">Trained on its own, or on top of another model.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="quantity">What is explained, on its link scale.</param>
    /// <param name="baseline">Inputs of one subject to compare with; null for the mean of training, without any drug.</param>
    /// <param name="start">What the other model predicts for the subject; null where the network was trained on its own.</param>
    /// <param name="options">Steps and tolerances.</param>
    /// <exception cref="ArgumentException">There is not one subject, or a prediction to start from is missing or too many.</exception>
    /// <exception cref="NotSupportedException">The head has no explained quantity.</exception>
    public static PredictionAttribution Explain(
        NetworkPredictor network,
        SubjectInputs subject,
        ExplainedQuantity quantity,
        SubjectInputs? baseline = null,
        OutcomePredictions? start = null,
        PathIntegralOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        if (baseline is not null)
        {
            OneSubject.Check(baseline, nameof(baseline));
        }

        var settings = options ?? new PathIntegralOptions();
        var offset = OffsetOf(network, start);
        var numbers = network.Inputs.Encode(subject);
        var reference = baseline is null ? null : network.Inputs.Encode(baseline);
        float[] point = [.. numbers.SelectMany(n => n.Values)];
        float[] origin = [.. numbers.SelectMany((n, m) => Baseline(network.Inputs.Modalities[m], n, reference?[m]))];
        var paths = MemberWork.Run(network.Members.Count, null, network.ThreadCount, (member, backend) =>
        {
            using var asked = new ExplainedMember(backend, network, member, numbers, quantity, offset);
            return PathIntegral.Of(new NetworkPath(asked), point, origin, settings);
        });
        return new PredictionAttribution(
            subject.Subjects[0],
            PredictionAttribution.Ordered(Named(network.Inputs, numbers, paths)),
            paths.Average(p => p.Start),
            paths.Average(p => p.End),
            paths.Average(p => p.Gap),
            Sentence(paths, baseline, offset is not null, settings));
    }

    internal static float[]? OffsetOf(NetworkPredictor network, OutcomePredictions? start) => (network.ResidualShare, start) switch
    {
        (null, null) => null,
        (null, _) => throw new ArgumentException("The network was trained on its own; give no prediction to start from.", nameof(start)),
        (_, null) => throw new ArgumentException("The network was trained on top of another model. Give what that predicts for the subject.", nameof(start)),
        _ => network.Head.Offsets(start),
    };

    private static IEnumerable<float> Baseline(IModalityEncoding modality, ModalityNumbers own, ModalityNumbers? reference) =>
        own.Values.Select((value, k) => modality.IsMask(k % own.ColumnCount) ? value : reference?.Values[k] ?? 0f);

    private static IEnumerable<FeatureAttribution> Named(InputEncoding inputs, IReadOnlyList<ModalityNumbers> numbers, PathIntegral[] paths)
    {
        var sums = new Dictionary<FeatureName, double[]>();
        var start = 0;
        for (var m = 0; m < numbers.Count; m++)
        {
            var (modality, columns) = (inputs.Modalities[m], numbers[m].ColumnCount);
            for (var k = 0; k < numbers[m].RowCount * columns; k++)
            {
                var name = modality.NameOf(k / columns, k % columns) ?? new FeatureName(modality.Name, string.Create(CultureInfo.InvariantCulture, $"number {k}"));
                if (!sums.TryGetValue(name, out var sum))
                {
                    sums[name] = sum = new double[paths.Length];
                }

                for (var p = 0; p < paths.Length; p++)
                {
                    sum[p] += paths[p].Contributions[start + k];
                }
            }

            start += numbers[m].RowCount * columns;
        }

        return sums.Select(s => new FeatureAttribution(s.Key, s.Value));
    }

    private static string Sentence(PathIntegral[] paths, SubjectInputs? baseline, bool isResidual, PathIntegralOptions options)
    {
        var against = baseline is null ? "the mean of training" : $"subject {baseline.Subjects[0]}";
        var what = isResidual ? "what the network adds to the model it starts from" : "the network";
        return string.Create(CultureInfo.InvariantCulture, $"Integrated gradients of {what} against {against}, {paths.Max(p => p.StepCount)} steps, {paths.Length} members")
            + PathIntegral.Openness(paths, options);
    }
}
