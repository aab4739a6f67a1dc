using DigitalTwin.Models.Network.Encoders;
using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Network.Training;

/// <summary>Trains the members of an ensemble on the same encoded subjects, each apart from the others: its numbers do not depend on which thread or in what order.</summary>
internal sealed class EnsembleTraining
{
    private const double GradientNormLimit = 5;

    private readonly LearningProblem _problem;
    private readonly LearningContext _context;
    private readonly NetworkLearnerOptions _options;
    private readonly InputEncoding _inputs;
    private readonly IOutcomeHead _head;
    private readonly IReadOnlyList<ModalityNumbers> _numbers;
    private readonly string[] _names;
    private readonly float[]? _offsets;

    /// <param name="problem">Training subjects in an order of their own.</param>
    /// <param name="context">Seed, backend, cancellation.</param>
    /// <param name="options">Settings.</param>
    /// <param name="inputs">What the subjects taught about the modalities.</param>
    /// <param name="head">Of the kind of outcome.</param>
    /// <param name="offsets">Row-major [subjects, outputs]; or none.</param>
    public EnsembleTraining(LearningProblem problem, LearningContext context, NetworkLearnerOptions options, InputEncoding inputs, IOutcomeHead head, float[]? offsets)
    {
        (_problem, _context, _options, _inputs, _head, _offsets) = (problem, context, options, inputs, head, offsets);
        _numbers = inputs.Encode(problem.Inputs);
        _names = [.. problem.Inputs.Subjects.Select(s => s.Value)];
    }

    /// <summary>Trains one member.</summary>
    public TrainedMember Train(int member, IComputeBackend backend)
    {
        var seed = new RandomStream(new StreamKey(_context.Seed, StreamKey.HashOf("network member"), 0, (uint)member, RandomPurpose.Ensemble)).NextUInt64();
        var foldCount = Math.Min(_options.InnerFoldCount, _problem.Count);
        var folds = LearningFolds.Stratified(_problem, foldCount, _context.Seed, (uint)(member / foldCount));
        var (training, heldOut) = LearningFolds.Split(folds, member % foldCount);
        var weights = WeightsOf(seed, heldOut);
        using var network = new OutcomeNetwork(backend, seed, _inputs, _head, _options, _offsets is not null);
        using var data = new NetworkData(backend, _numbers, _names, _offsets, _options.ModalityDropout);
        using var model = new NetworkTraining(network, data, _head, _head.Targets(_problem.Outcome, weights), weights);
        _options.Pretrained?.Load(network.Parameters);
        var start = network.Parameters.Snapshot();
        var losses = new List<double> { Loss(model, heldOut) };
        var bestEpoch = 0;
        if (_options.EpochCount > 0)
        {
            using var trainer = new Trainer(model, TrainerOptions(seed, training.Length), training, heldOut);
            var result = trainer.Train(cancellation: _context.Cancellation);
            losses.AddRange(result.History.Select(h => h.ValidationMetric));
            bestEpoch = result.BestMetric < losses[0] ? result.BestEpoch : 0;
        }

        if (bestEpoch == 0)
        {
            network.Parameters.Restore(start);
        }

        var outputs = network.Outputs(data, NetworkBatches.SizeFor(_numbers));
        return new TrainedMember(network.Parameters.Snapshot(), bestEpoch, heldOut, [.. losses], Rows(outputs, heldOut));
    }

    private TrainerOptions TrainerOptions(ulong seed, int trainingCount) => new()
    {
        Seed = seed,
        EpochCount = _options.EpochCount,
        Patience = _options.Patience,
        BatchSize = _options.BatchSize > 0 ? _options.BatchSize : Math.Clamp(trainingCount / 30, 32, 256),
        GradientNormLimit = GradientNormLimit,
        Optimizer = new OptimizerOptions { Kind = OptimizerKind.AdamW, LearningRate = _options.LearningRate, WeightDecay = _options.WeightDecay },
    };

    /// <summary>Case weights; with a bootstrap times an exponential number keyed by the subject, but for the subjects that decide when to stop.</summary>
    /// <remarks>Source: [Rubin1981], the Bayesian bootstrap.</remarks>
    private double[] WeightsOf(ulong seed, int[] heldOut)
    {
        var weights = _problem.Weights.ToArray();
        if (_options.IsBootstrapped)
        {
            var isHeldOut = heldOut.ToHashSet();
            for (var i = 0; i < weights.Length; i++)
            {
                var key = new StreamKey(seed, StreamKey.HashOf(_names[i]), 0, 0, RandomPurpose.Bootstrap);
                weights[i] *= isHeldOut.Contains(i) ? 1 : new RandomStream(key).NextExponential();
            }
        }

        return weights;
    }

    private static double Loss(NetworkTraining model, int[] subjects)
    {
        using var tape = new Tape(model.Parameters.Backend);
        var (sum, total) = (0.0, 0.0);
        var number = new float[1];
        for (var start = 0; start < subjects.Length; start += 64)
        {
            var part = subjects.AsSpan(start, Math.Min(64, subjects.Length - start));
            var weight = model.WeightOf(part);
            if (weight > 0)
            {
                tape.Reset();
                model.Parameters.Backend.Download(model.Loss(tape, part).Value, number);
                sum += weight * number[0];
                total += weight;
            }
        }

        return total > 0 ? sum / total : double.PositiveInfinity;
    }

    private float[] Rows(float[] outputs, int[] subjects)
    {
        var rows = new float[subjects.Length * _head.OutputCount];
        for (var k = 0; k < subjects.Length; k++)
        {
            outputs.AsSpan(subjects[k] * _head.OutputCount, _head.OutputCount).CopyTo(rows.AsSpan(k * _head.OutputCount));
        }

        return rows;
    }
}
