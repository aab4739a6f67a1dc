using DigitalTwin.Numerics.Compute;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>Learns to predict one kind of outcome from what is known of a subject. Whatever it chooses (penalties, sizes, when to stop) it chooses from the
/// training subjects it is given, by its own inner folds: who evaluates it holds the others back.</summary>
public interface IOutcomeLearner
{
    /// <summary>Name in tables and evaluation files, such as <c>late-fused-linear</c>.</summary>
    string Name { get; }

    /// <summary>Whether it can predict this kind of outcome.</summary>
    bool Supports(EndpointKind kind);

    /// <summary>Sentences on what it will make of some subjects' inputs, to be told before it learns from them: a layer that it cannot lay on its network, and what it does
    /// with it instead. Whoever trains asks; learning does not say them again.</summary>
    IReadOnlyList<string> Foresee(SubjectInputs inputs) => [];

    /// <summary>Learns. Deterministic from the seed on any number of threads.</summary>
    /// <exception cref="UnlearnableException">The data cannot carry the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    IOutcomePredictor Fit(LearningProblem training, LearningContext context);
}

/// <summary>What has been learnt. Immutable; safe to call from many threads unless it says otherwise.</summary>
public interface IOutcomePredictor
{
    /// <summary>Predicts the outcome of each subject. Features, units and levels must be those of training; what is missing may be missing.</summary>
    /// <exception cref="ArgumentException">Other covariates, layers or features than in training.</exception>
    OutcomePredictions Predict(SubjectInputs inputs);

    /// <summary>Sentences on what was found and chosen, for reports: penalties, weights of the parts, that the network did not help.</summary>
    IReadOnlyList<string> Findings => [];
}

/// <summary>What a learner works with besides data.</summary>
/// <param name="Seed">All its random numbers come from here.</param>
/// <param name="Backend">Where networks compute. Not used by two threads at once.</param>
/// <param name="ThreadCount">Threads it may use besides; the results do not depend on it.</param>
/// <param name="Cancellation">Stops it.</param>
public sealed record LearningContext(ulong Seed, IComputeBackend Backend, int ThreadCount, CancellationToken Cancellation);

/// <summary>The data cannot carry a model; the message says which number is too small, or which layer is empty, and what to do.</summary>
public sealed class UnlearnableException(string message) : Exception(message);
