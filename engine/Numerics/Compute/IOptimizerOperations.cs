namespace DigitalTwin.Numerics.Compute;

/// <summary>Steps of optimisers over one contiguous run of parameters, shape [1, parameters].</summary>
public interface IOptimizerOperations
{
    /// <summary>Sum of squares, in a fixed order, in float64 where the backend has it. Waits for the work so far.</summary>
    double SumOfSquares(MatrixView input);

    /// <summary>One step of Adam, or AdamW when the decay is decoupled.</summary>
    /// <remarks>Source: [Kingma2015] algorithm 1; [Loshchilov2019] algorithm 2.</remarks>
    void AdamStep(MatrixView parameters, MatrixView gradients, MatrixView firstMoment, MatrixView secondMoment, in AdamStepArguments step);

    /// <summary>One step of gradient descent with momentum: v = momentum v + scale g + decay p; p -= rate v.</summary>
    void SgdStep(MatrixView parameters, MatrixView gradients, MatrixView velocity, in SgdStepArguments step);
}

/// <summary>What one Adam step needs.</summary>
/// <param name="LearningRate">Step size.</param>
/// <param name="Beta1">Memory of the mean.</param>
/// <param name="Beta2">Memory of the square.</param>
/// <param name="Epsilon">Added to the root.</param>
/// <param name="WeightDecay">Decay of the parameters.</param>
/// <param name="DecoupledDecay">Whether decay bypasses the moments (AdamW).</param>
/// <param name="GradientScale">Multiplies the gradients first: clipping and averaging.</param>
/// <param name="Step">Count of this step, from 1.</param>
public readonly record struct AdamStepArguments(
    float LearningRate, float Beta1, float Beta2, float Epsilon, float WeightDecay, bool DecoupledDecay, float GradientScale, int Step);

/// <summary>What one step of gradient descent needs.</summary>
public readonly record struct SgdStepArguments(float LearningRate, float Momentum, float WeightDecay, float GradientScale);
