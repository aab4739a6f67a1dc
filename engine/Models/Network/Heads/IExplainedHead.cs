using DigitalTwin.Models.Explanation;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>A head that can say how a quantity on its link scale moves with the outputs.</summary>
internal interface IExplainedHead
{
    /// <param name="outputs">Of one subject, shape [outputs].</param>
    /// <param name="quantity">What is asked for; its scale is taken as the link.</param>
    /// <param name="gradient">Set to the derivatives, shape [outputs].</param>
    /// <returns>The quantity.</returns>
    /// <exception cref="ArgumentException">There is no such level, or no horizon.</exception>
    double Explain(ReadOnlySpan<float> outputs, ExplainedQuantity quantity, Span<double> gradient);
}
