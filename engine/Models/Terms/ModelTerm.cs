using System.Text.Json.Serialization;

namespace DigitalTwin.Models.Terms;

/// <summary>How strongly a term is held back; interactions and bends need more evidence than straight lines.</summary>
public enum TermKind
{
    Linear,
    Nonlinear,
    Interaction,
}

/// <summary>One column of the expanded design: a covariate, one bend of its spline, or a product of two covariates;
/// centred and scaled to unit variance over the training subjects.</summary>
/// <param name="Kind">Which of the three.</param>
/// <param name="Column">Covariate column.</param>
/// <param name="Other">Spline column index for a bend; second covariate column for an interaction; unused for a line.</param>
/// <param name="Mean">Mean over the training subjects.</param>
/// <param name="Scale">Standard deviation over the training subjects, positive.</param>
public sealed record ModelTerm(TermKind Kind, int Column, int Other, double Mean, double Scale)
{
    /// <summary>Multiplies the ridge penalty: 1 for lines, 2 for bends, 5 for interactions.</summary>
    [JsonIgnore]
    public double PenaltyFactor => Kind switch
    {
        TermKind.Linear => 1,
        TermKind.Nonlinear => 2,
        TermKind.Interaction => 5,
        _ => throw new InvalidOperationException($"Unknown term kind {Kind}."),
    };
}

/// <summary>How one covariate column enters: clamped to the range seen in training, bent at knots when continuous.</summary>
/// <param name="Minimum">Values below are taken as this: the model does not extrapolate.</param>
/// <param name="Maximum">Values above are taken as this.</param>
/// <param name="Mean">Mean over the training subjects, for interactions.</param>
/// <param name="Scale">Standard deviation over the training subjects, for interactions.</param>
/// <param name="Knots">Spline knots; empty for a straight line.</param>
public sealed record ColumnShape(double Minimum, double Maximum, double Mean, double Scale, double[] Knots);
