using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation;

/// <summary>A model without its wrapping, for explanations look at the kind of a model.</summary>
public static class ReadableModel
{
    /// <summary>Repeated measurements become the layer of summaries that the model reads, so that each summary is a feature.</summary>
    /// <param name="model">What an evaluation has learnt.</param>
    /// <param name="inputs">Of any subjects.</param>
    /// <returns>The model inside, and the inputs as it sees them; both unchanged where nothing is wrapped.</returns>
    public static (IOutcomePredictor Model, SubjectInputs Inputs) Of(IOutcomePredictor model, SubjectInputs inputs) =>
        model is SummarizedPredictor summarized ? (summarized.Model, summarized.Summarize(inputs)) : (model, inputs);
}
