namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>A function of many numbers that knows its gradient.</summary>
internal interface IPathFunction
{
    int InputCount { get; }

    /// <param name="points">Row-major, shape [points, inputs].</param>
    /// <param name="values">Set to the function at each, shape [points].</param>
    /// <param name="gradients">Set to the derivatives, shape [points, inputs].</param>
    void Evaluate(float[] points, Span<double> values, Span<float> gradients);
}
