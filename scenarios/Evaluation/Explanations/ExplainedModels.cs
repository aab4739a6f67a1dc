using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Keeps what was learnt on the splits that are explained, until it is explained.</summary>
/// <param name="plan">Which model.</param>
/// <param name="splits">Which splits of the first seed, with the named subjects that each explains: <see cref="ExplainedSplits.Of"/>.</param>
internal sealed class ExplainedModels(ExplanationPlan plan, IReadOnlyList<(int Split, int[] Named)> splits)
{
    private readonly SortedDictionary<int, ExplainedModel> _models = [];

    /// <summary>Splits of the first seed that are explained, with the named subjects of each.</summary>
    public IReadOnlyList<(int Split, int[] Named)> Splits => splits;

    /// <summary>Those that could be learnt, in the order of their splits.</summary>
    public IReadOnlyDictionary<int, ExplainedModel> Models => _models;

    /// <summary>Keeps the model, if it is one of them.</summary>
    /// <param name="name">Of the model.</param>
    /// <param name="place">Index of the seed, and of the split among the seed's.</param>
    /// <param name="predictor">Learnt from the training subjects of the split.</param>
    /// <param name="inputs">Of all subjects, as the model sees them.</param>
    /// <param name="sample">What it predicted.</param>
    public void Record(string name, (int Seed, int Split) place, IOutcomePredictor predictor, SubjectInputs inputs, MetricSample sample)
    {
        if (name == plan.Model && place.Seed == 0 && splits.Any(s => s.Split == place.Split))
        {
            _models[place.Split] = new ExplainedModel(predictor, inputs, sample.Regions);
        }
    }
}

/// <param name="Predictor">What was learnt.</param>
/// <param name="Inputs">Of all subjects, as the model sees them.</param>
/// <param name="Regions">Of the test subjects of its split, or null.</param>
internal sealed record ExplainedModel(IOutcomePredictor Predictor, SubjectInputs Inputs, PredictionRegions? Regions);
