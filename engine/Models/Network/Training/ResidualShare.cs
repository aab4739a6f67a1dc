using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Models.Network.Training;

/// <summary>How much of what the network adds to another model is kept. Whether it helps at all is asked of each inner validation fold with the count of epochs that the
/// other folds chose, so that no fold judges its own choice; where the mean gain is not above two standard errors, nothing is kept. Else the share with the least loss is.</summary>
/// <param name="Share">0, a quarter, a half, three quarters or 1.</param>
/// <param name="Gain">Mean fall of the loss on a fold after as many epochs as the other folds chose.</param>
/// <param name="StandardError">Of the gain, from fold to fold.</param>
internal sealed record ResidualShare(double Share, double Gain, double StandardError)
{
    /// <summary>Standard errors that the gain must pass: of residuals that are worth nothing about one in twenty is kept.</summary>
    private const double LeastErrors = 2;

    private static readonly double[] Shares = [0.25, 0.5, 0.75, 1];

    public static ResidualShare Find(IOutcomeHead head, IReadOnlyList<TrainedMember> members, float[] offsets, float[] targets)
    {
        var (gain, error) = CrossedGain([.. members.Select(m => m.HeldOutLosses)]);
        return gain > LeastErrors * error ? new ResidualShare(BestShare(head, members, offsets, targets), gain, error) : new ResidualShare(0, gain, error);
    }

    /// <summary>Mean gain of the folds and its standard error.</summary>
    /// <param name="curves">Loss before training and after each epoch, one a member; a member that stopped early stays where it stopped.</param>
    public static (double Gain, double StandardError) CrossedGain(IReadOnlyList<double[]> curves)
    {
        var gains = new double[curves.Count];
        var epochs = curves.Max(c => c.Length);
        for (var m = 0; m < gains.Length; m++)
        {
            var chosen = Enumerable.Range(0, epochs).MinBy(e => curves.Where((_, k) => k != m || curves.Count == 1).Sum(c => At(c, e) - c[0]));
            gains[m] = curves[m][0] - At(curves[m], chosen);
        }

        var mean = gains.Average();
        var spread = gains.Sum(g => (g - mean) * (g - mean));
        return (mean, gains.Length == 1 ? 0 : Math.Sqrt(spread / (gains.Length - 1) / gains.Length));

        static double At(double[] curve, int epoch) => curve[Math.Min(epoch, curve.Length - 1)];
    }

    private static double BestShare(IOutcomeHead head, IReadOnlyList<TrainedMember> members, float[] offsets, float[] targets)
    {
        using var backend = new SimdBackend(1);
        var width = head.OutputCount;
        int[] subjects = [.. members.SelectMany(m => m.HeldOut)];
        float[] outputs = [.. members.SelectMany(m => m.HeldOutOutputs)];
        var starts = new float[outputs.Length];
        var rows = new float[subjects.Length * head.TargetCount];
        for (var k = 0; k < subjects.Length; k++)
        {
            offsets.AsSpan(subjects[k] * width, width).CopyTo(starts.AsSpan(k * width));
            targets.AsSpan(subjects[k] * head.TargetCount, head.TargetCount).CopyTo(rows.AsSpan(k * head.TargetCount));
        }

        return Shares.MinBy(share => Loss(backend, head, Mixed(starts, outputs, share), rows));
    }

    /// <summary>start + share * (output - start).</summary>
    public static float[] Mixed(float[] starts, float[] outputs, double share)
    {
        var mixed = new float[outputs.Length];
        for (var k = 0; k < mixed.Length; k++)
        {
            mixed[k] = (float)(starts[k] + (share * (outputs[k] - (double)starts[k])));
        }

        return mixed;
    }

    /// <summary>Weighted loss of all rows.</summary>
    private static double Loss(SimdBackend backend, IOutcomeHead head, float[] outputs, float[] targets)
    {
        using var tape = new Tape(backend);
        using var ofOutputs = new SubjectMatrix(backend, "outputs", outputs, 1, head.OutputCount);
        using var ofTargets = new SubjectMatrix(backend, "targets", targets, 1, head.TargetCount);
        int[] rows = [.. Enumerable.Range(0, ofOutputs.SubjectCount)];
        var number = new float[1];
        backend.Download(head.Loss(tape, ofOutputs.On(tape, rows), ofTargets.On(tape, rows)).Value, number);
        return number[0];
    }
}
