using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Simd;

namespace DigitalTwin.Models.Network.Training;

/// <summary>How much of what the network adds to another model is kept: the share with the least loss on the inner validation folds of all members, and none where
/// even that gains less than its standard error.</summary>
/// <param name="Share">0, a quarter, a half, three quarters or 1.</param>
/// <param name="Gain">Fall of the mean loss on the inner validation folds at that share, before the question whether it is kept.</param>
/// <param name="StandardError">Of the gain, from subject to subject.</param>
internal sealed record ResidualShare(double Share, double Gain, double StandardError)
{
    private static readonly double[] Shares = [0.25, 0.5, 0.75, 1];

    public static ResidualShare Find(IOutcomeHead head, IReadOnlyList<TrainedMember> members, float[] offsets, float[] targets, double[] weights)
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

        var before = Losses(backend, head, starts, rows);
        var best = new ResidualShare(0, double.NegativeInfinity, 0);
        foreach (var share in Shares)
        {
            var after = Losses(backend, head, Mixed(starts, outputs, share), rows);
            var found = Compare(share, before, after, [.. subjects.Select(s => weights[s])]);
            best = found.Gain > best.Gain ? found : best;
        }

        return best.Gain > best.StandardError ? best : best with { Share = 0 };
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

    private static ResidualShare Compare(double share, double[] before, double[] after, double[] weights)
    {
        var total = weights.Sum();
        var gain = 0.0;
        for (var k = 0; k < before.Length; k++)
        {
            gain += (before[k] - after[k]) / total;
        }

        var squares = 0.0;
        for (var k = 0; k < before.Length; k++)
        {
            var apart = before[k] - after[k] - (weights[k] * gain);
            squares += apart * apart;
        }

        return new ResidualShare(share, gain, Math.Sqrt(squares) / total);
    }

    /// <summary>Weighted loss of each row, shape [rows].</summary>
    private static double[] Losses(SimdBackend backend, IOutcomeHead head, float[] outputs, float[] targets)
    {
        using var tape = new Tape(backend);
        using var ofOutputs = new SubjectMatrix(backend, "outputs", outputs, 1, head.OutputCount);
        using var ofTargets = new SubjectMatrix(backend, "targets", targets, 1, head.TargetCount);
        var losses = new double[ofOutputs.SubjectCount];
        var number = new float[1];
        for (var k = 0; k < losses.Length; k++)
        {
            tape.Reset();
            backend.Download(head.Loss(tape, ofOutputs.On(tape, [k]), ofTargets.On(tape, [k])).Value, number);
            losses[k] = number[0];
        }

        return losses;
    }
}
