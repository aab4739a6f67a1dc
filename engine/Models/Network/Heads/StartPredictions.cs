using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Predictions that a network starts from must be of its kind of outcome.</summary>
internal static class StartPredictions
{
    /// <exception cref="ArgumentException">They are no probabilities of so many classes.</exception>
    public static ClassProbabilities Classes(OutcomePredictions start, int classCount) =>
        start is ClassProbabilities probabilities && probabilities.ClassCount == classCount
            ? probabilities
            : throw new ArgumentException($"The network starts from probabilities of {classCount} classes, and was given {NameOf(start)}.", nameof(start));

    /// <exception cref="ArgumentException">They are of another kind.</exception>
    public static T Of<T>(OutcomePredictions start)
        where T : OutcomePredictions =>
        start as T ?? throw new ArgumentException($"The network starts from {typeof(T).Name}, and was given {NameOf(start)}.", nameof(start));

    private static string NameOf(OutcomePredictions start) =>
        start is ClassProbabilities probabilities ? $"probabilities of {probabilities.ClassCount} classes" : start.GetType().Name;
}
