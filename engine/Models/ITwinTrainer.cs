using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models;

/// <summary>Trains one kind of twin model and reads it back from bytes.</summary>
public interface ITwinTrainer
{
    /// <summary>Short name of the kind of model, e.g. <c>penalized-regression</c>.</summary>
    string Kind { get; }

    /// <summary>Refuses, before any training, data that cannot carry a model, and says what else is to be known: a layer that is not on the network.</summary>
    /// <param name="data">What is to be trained on.</param>
    /// <returns>Sentences for whoever waits, and for the report.</returns>
    /// <exception cref="TwinTrainingException">The data cannot carry a model.</exception>
    IReadOnlyList<string> Foresee(TwinTrainingData data) => [];

    /// <summary>Trains the model and measures it out of fold. Deterministic from the seed on any number of threads.</summary>
    /// <param name="data">Subjects of both arms with covariates and outcomes.</param>
    /// <param name="progress">Told the fraction done, 0 to 1; may be null.</param>
    /// <param name="cancellation">Stops the training.</param>
    /// <exception cref="TwinTrainingException">The data cannot carry a model: too few events, no variation.</exception>
    TrainedTwinModel Train(TwinTrainingData data, IProgress<double>? progress, CancellationToken cancellation);

    /// <summary>Reads a model that <see cref="ITwinModel.Serialize"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are not such a model, or of another version.</exception>
    ITwinModel Read(ReadOnlySpan<byte> serialized);
}

/// <summary>What a twin model is trained on.</summary>
/// <param name="Trial">Subjects of both arms. Control forecasts are learnt from control subjects only.</param>
/// <param name="TreatedArm">Name of the treated arm.</param>
/// <param name="ControlArm">Name of the control arm.</param>
/// <param name="Seed">Seed of the run.</param>
public sealed record TwinTrainingData(TrialData Trial, ArmId TreatedArm, ArmId ControlArm, ulong Seed);

/// <summary>A model and how it did on subjects it had not seen.</summary>
public sealed record TrainedTwinModel(ITwinModel Model, IReadOnlyList<TwinArmValidation> Validation);
