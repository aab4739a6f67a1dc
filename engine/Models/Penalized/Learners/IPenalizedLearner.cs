using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>A ridge-penalised regression of one kind of endpoint.</summary>
internal interface IPenalizedLearner
{
    /// <summary>Fits the chosen subjects.</summary>
    /// <param name="rows">Subjects of the trial, shape [rows].</param>
    /// <param name="design">Their terms, shape [rows, terms].</param>
    /// <param name="weights">Case weights, shape [rows], positive.</param>
    /// <param name="offsets">Added to the linear predictor, shape [rows].</param>
    /// <param name="penalties">Ridge penalty of each term: 0.5 * penalty * coefficient^2 is taken off the log likelihood.</param>
    PenalizedFit Fit(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties);
}

/// <summary>A penalised fit and what is needed to judge its penalty.</summary>
/// <param name="Coefficients">Shape [terms].</param>
/// <param name="Baseline">Baseline at linear predictor 0.</param>
/// <param name="LogLikelihood">Unpenalised log (partial) likelihood at the estimate.</param>
/// <param name="EffectiveDegreesOfFreedom">trace(I (I + P)^-1) [Gray1992].</param>
internal sealed record PenalizedFit(double[] Coefficients, OutcomeBaseline Baseline, double LogLikelihood, double EffectiveDegreesOfFreedom);
