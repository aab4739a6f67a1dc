using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.LinearModels;

/// <summary>A model whose predictors are sums of coefficients times encoded values, and which can say which.</summary>
internal interface ILinearTerms
{
    /// <summary>Tasks (kinds of event), and predictors (classes) of each.</summary>
    IReadOnlyList<int> PredictorCounts { get; }

    /// <summary>What each term adds to a predictor of one subject; terms add up to the predictor itself, which is 0 at the mean of training.</summary>
    /// <param name="inputs">Of one subject.</param>
    /// <param name="task">Task: 0, or the kind of event.</param>
    /// <param name="predictor">Predictor of the task: 0, or the class.</param>
    IEnumerable<(string Block, string Term, double Value)> Terms(SubjectInputs inputs, int task, int predictor);
}
