using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Autodiff.Checkpoints;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Training;

/// <summary>Where training stands, beside the parameters and moments: enough to go on as if nothing had happened.</summary>
internal sealed class TrainingState
{
    private const string Format = "digitaltwin.training/1";
    private const int HistoryColumns = 6;

    public long Step { get; set; }

    /// <summary>Epochs that ended.</summary>
    public int Epoch { get; set; }

    /// <summary>Subjects of the running epoch that were trained on.</summary>
    public int Position { get; set; }

    public int BestEpoch { get; set; }

    public double BestMetric { get; set; } = double.NaN;

    /// <summary>Parameters of the best epoch, as <see cref="ParameterSet.Snapshot"/> gives them.</summary>
    public float[]? Best { get; set; }

    /// <summary>Epochs since the monitored figure was best, since the last reduction of the rate.</summary>
    public int PlateauEpochs { get; set; }

    public double PlateauBest { get; set; } = double.NaN;

    public int Reductions { get; set; }

    public bool IsFinished { get; set; }

    public TrainingEnd End { get; set; }

    public double EpochLoss { get; set; }

    public double EpochWeight { get; set; }

    public double EpochNorm { get; set; }

    public double LastRate { get; set; }

    public List<TrainingProgress> History { get; } = [];

    public void Write(Stream stream, ParameterSet parameters, Optimizer optimizer, string fingerprint, int[] training, int[] validation, int microBatchSize)
    {
        var archive = new TensorArchive();
        archive.Describe("format", Format);
        archive.Describe("options", fingerprint);
        ParameterCheckpoint.Add(parameters, archive, "model.");
        ParameterCheckpoint.Add(parameters, Download(parameters, optimizer.First), archive, "first.");
        ParameterCheckpoint.Add(parameters, Download(parameters, optimizer.Second), archive, "second.");
        if (Best is not null)
        {
            ParameterCheckpoint.Add(parameters, Best, archive, "best.");
        }

        archive.Add(StoredTensor.Of("trainer.counters", [Step, Epoch, Position, BestEpoch, PlateauEpochs, Reductions, IsFinished ? 1 : 0, (long)End, microBatchSize], 9));
        archive.Add(StoredTensor.Of("trainer.numbers", [BestMetric, PlateauBest, EpochLoss, EpochWeight, EpochNorm, LastRate], 6));
        double[] rows = [.. History.SelectMany(h => new[] { h.Epoch, h.Step, h.TrainingLoss, h.ValidationMetric, h.LearningRate, h.GradientNorm })];
        archive.Add(StoredTensor.Of("trainer.history", rows, History.Count, HistoryColumns));
        archive.Add(StoredTensor.Of("trainer.training", Array.ConvertAll(training, s => (long)s), training.Length));
        archive.Add(StoredTensor.Of("trainer.validation", Array.ConvertAll(validation, s => (long)s), validation.Length));
        archive.Write(stream);
    }

    /// <summary>Reads a state; parameters and moments change only when all of it fits.</summary>
    public static (TrainingState State, int MicroBatchSize) Read(Stream stream, ParameterSet parameters, Optimizer optimizer, string fingerprint, int[] training, int[] validation)
    {
        var archive = TensorArchive.Read(stream);
        if (archive.Metadata.GetValueOrDefault("format") != Format)
        {
            throw new CheckpointException($"The file is no state of training: its format is '{archive.Metadata.GetValueOrDefault("format", "not given")}', not '{Format}'. Load parameters alone with ParameterCheckpoint.");
        }

        var options = archive.Metadata.GetValueOrDefault("options");
        if (options != fingerprint)
        {
            throw new CheckpointException($"The state was saved under the settings '{options}', and the trainer has '{fingerprint}'. Training goes on under the same settings only.");
        }

        Same(archive, "trainer.training", training);
        Same(archive, "trainer.validation", validation);
        var model = ParameterCheckpoint.Match(parameters, archive, "model.");
        var first = ParameterCheckpoint.Match(parameters, archive, "first.");
        var second = ParameterCheckpoint.Match(parameters, archive, "second.");
        var (state, microBatchSize) = FromArchive(archive);
        state.Best = state.BestEpoch > 0 ? ParameterCheckpoint.Match(parameters, archive, "best.") : null;
        if (state.Position > training.Length)
        {
            throw new CheckpointException($"The state stands at subject {state.Position} of an epoch of {training.Length}.");
        }

        parameters.Restore(model);
        parameters.Backend.Upload(first, optimizer.First);
        parameters.Backend.Upload(second, optimizer.Second);
        return (state, microBatchSize);
    }

    private static (TrainingState State, int MicroBatchSize) FromArchive(TensorArchive archive)
    {
        var counters = archive.Get("trainer.counters").ToInt64();
        var numbers = archive.Get("trainer.numbers").ToDoubles();
        var history = archive.Get("trainer.history").ToDoubles();
        if (counters.Length != 9 || numbers.Length != 6 || history.Length % HistoryColumns != 0 || counters.Any(c => c is < 0 or > int.MaxValue) || counters[7] > 1 || counters[8] == 0)
        {
            throw new CheckpointException("The counters of the state are not those of a trainer.");
        }

        var state = new TrainingState
        {
            Step = counters[0],
            Epoch = (int)counters[1],
            Position = (int)counters[2],
            BestEpoch = (int)counters[3],
            PlateauEpochs = (int)counters[4],
            Reductions = (int)counters[5],
            IsFinished = counters[6] == 1,
            End = (TrainingEnd)counters[7],
            BestMetric = numbers[0],
            PlateauBest = numbers[1],
            EpochLoss = numbers[2],
            EpochWeight = numbers[3],
            EpochNorm = numbers[4],
            LastRate = numbers[5],
        };
        for (var k = 0; k < history.Length; k += HistoryColumns)
        {
            state.History.Add(new TrainingProgress((int)history[k], (long)history[k + 1], history[k + 2], history[k + 3], history[k + 4], history[k + 5]));
        }

        return (state, (int)counters[8]);
    }

    private static float[] Download(ParameterSet parameters, MatrixView view)
    {
        var numbers = new float[view.Length];
        parameters.Backend.Download(view, numbers);
        return numbers;
    }

    private static void Same(TensorArchive archive, string name, int[] subjects)
    {
        if (!archive.Get(name).ToInt64().AsSpan().SequenceEqual(Array.ConvertAll(subjects, s => (long)s)))
        {
            throw new CheckpointException($"The state was saved for other subjects ('{name}' differs). Training goes on with the same subjects only.");
        }
    }
}
