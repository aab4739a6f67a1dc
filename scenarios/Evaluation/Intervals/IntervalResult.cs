namespace DigitalTwin.Scenarios.Evaluation.Intervals;

/// <summary>How the regions were made, and what they held of each class; coverage and size over all test subjects stand among the measures.</summary>
/// <param name="Level">Stated coverage.</param>
/// <param name="Calibration">cross-fitted or held-out.</param>
/// <param name="Models">Models that state regions.</param>
/// <param name="Classes">Coverage among the test subjects of each class; empty for a target without classes.</param>
public sealed record IntervalResult(double Level, string Calibration, IReadOnlyList<string> Models, IReadOnlyList<ClassCoverage> Classes);

/// <param name="Model">Name of the row.</param>
/// <param name="Class">What happened.</param>
/// <param name="Coverage">Share of the test subjects of this class whose set held it, with its interval over splits.</param>
public sealed record ClassCoverage(string Model, string Class, ScoreResult Coverage);
