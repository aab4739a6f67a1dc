namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Minus the weighted log likelihood of some subjects as a convex function of their linear predictors and of a few free parameters
/// (intercepts, thresholds). What a ridge, a stack or a held-out score needs of a kind of outcome, and nothing else.</summary>
/// <remarks>Holds the state of its last evaluation: for one thread at a time. Predictors are laid out [predictors, subjects].</remarks>
public abstract class PredictorLoss
{
    /// <summary>Number of subjects.</summary>
    public abstract int SubjectCount { get; }

    /// <summary>Linear predictors a subject has: 1, or one a class.</summary>
    public abstract int PredictorCount { get; }

    /// <summary>Free parameters that no penalty touches.</summary>
    public abstract int ParameterCount { get; }

    /// <summary>Parameters of the model without any feature, shape [parameters].</summary>
    public abstract double[] StartParameters();

    /// <summary>Minus the log likelihood; infinite where the parameters are not allowed.</summary>
    /// <param name="predictors">Shape [predictors, subjects].</param>
    /// <param name="parameters">Shape [parameters].</param>
    public abstract double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters);

    /// <summary>Gradient at the last evaluation.</summary>
    /// <param name="predictorGradient">Receives shape [predictors, subjects].</param>
    /// <param name="parameterGradient">Receives shape [parameters].</param>
    public abstract void Gradient(Span<double> predictorGradient, Span<double> parameterGradient);

    /// <summary>Second derivatives at the last evaluation times a direction.</summary>
    /// <param name="predictorStep">Shape [predictors, subjects].</param>
    /// <param name="parameterStep">Shape [parameters].</param>
    /// <param name="predictorImage">Receives shape [predictors, subjects].</param>
    /// <param name="parameterImage">Receives shape [parameters].</param>
    public abstract void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage);

    /// <summary>About the sum over subjects of the second derivative by each predictor at the last evaluation; shape [predictors]. Only the speed
    /// of a solver depends on it.</summary>
    public abstract double[] TotalCurvatures();

    /// <summary>Moves parameters along what the likelihood leaves open to their usual place; nothing predicted changes.</summary>
    /// <param name="parameters">Shape [parameters].</param>
    public virtual void Normalize(Span<double> parameters)
    {
    }

    private protected static double[] WeightsOf(double[]? weights, int count) => weights is null
        ? Survival.SurvivalInput.Ones(count)
        : weights.Length == count && weights.All(w => double.IsFinite(w) && w >= 0)
            ? weights
            : throw new ArgumentException($"{weights.Length} weights for {count} subjects; each must be finite and not negative.", nameof(weights));
}
