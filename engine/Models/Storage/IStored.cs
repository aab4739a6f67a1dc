using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Storage;

/// <summary>A part of a trained model that can be stored. Each such type writes itself here and has a static <c>Read(ModelReader)</c> beside it that reads the same things in
/// the same order and refuses what contradicts itself; <see cref="StoredParts"/> knows both by a tag.</summary>
internal interface IStored
{
    void Write(ModelWriter writer);
}

/// <summary>A predictor that can be stored.</summary>
internal interface IStoredPredictor : IStored, IOutcomePredictor
{
    /// <summary>What it predicts: predictors that are pooled, or laid on top of each other, predict the same.</summary>
    PredictionShape Shape { get; }

    /// <summary>Whether it needs no other model's predictions.</summary>
    bool AnswersAlone => true;
}

internal enum PredictionKind
{
    Classes,
    Survival,
    Incidence,
    Continuous,
    Longitudinal,
}

/// <summary>Kind of predictions.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Count">Classes, kinds of event or endpoints; 1 for others.</param>
internal readonly record struct PredictionShape(PredictionKind Kind, int Count = 1)
{
    public static PredictionShape Continuous { get; } = new(PredictionKind.Continuous);

    public static PredictionShape Survival { get; } = new(PredictionKind.Survival);

    public static PredictionShape Classes(int count) => new(PredictionKind.Classes, count);

    public static PredictionShape Incidence(int events) => new(PredictionKind.Incidence, events);

    /// <summary>Whether predictions are curves on a grid of times that have to be brought to one grid before they are pooled.</summary>
    public bool HasGrid => Kind is PredictionKind.Survival or PredictionKind.Incidence;
}
