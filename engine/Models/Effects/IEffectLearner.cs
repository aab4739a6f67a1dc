using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Effects;

/// <summary>Learns how much one arm changes the outcome of each subject against another.</summary>
public interface IEffectLearner
{
    /// <summary>Name in tables, such as <c>doubly-robust</c>.</summary>
    string Name { get; }

    /// <summary>Learns from subjects of both arms; subjects of other arms are passed over.</summary>
    /// <exception cref="UnlearnableException">An arm has too few subjects, or the data cannot carry a model.</exception>
    /// <exception cref="ArgumentException">The problem has no treatments, or the measure does not suit the outcome.</exception>
    IEffectPredictor Fit(LearningProblem training, EffectQuestion question, LearningContext context);
}

/// <summary>A learnt effect.</summary>
public interface IEffectPredictor
{
    /// <summary>Effect on each subject, in the unit of the question's measure, shape [subjects]. What the subjects received plays no part.</summary>
    double[] Predict(SubjectInputs inputs);
}
