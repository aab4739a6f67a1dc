using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>A model as it was learnt on one split.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Seed">Place of the seed among those of the evaluation.</param>
/// <param name="Place">Place of the split among those of the seed.</param>
/// <param name="Split">Who was learnt from and who is held out.</param>
/// <param name="Predictor">Learnt from the training subjects.</param>
/// <param name="Inputs">Of all subjects, as the model sees them.</param>
/// <param name="Regions">What it states of those held out, or null.</param>
internal sealed record LearntModel(
    string Name, int Seed, int Place, EvaluationSplit Split, IOutcomePredictor Predictor, SubjectInputs Inputs, PredictionRegions? Regions);

/// <summary>Asks models of an evaluation more than their predictions, or keeps them to ask later: each is shown as soon as it is learnt, and then forgotten.</summary>
internal interface IModelWitness
{
    void Record(LearntModel learnt);
}
