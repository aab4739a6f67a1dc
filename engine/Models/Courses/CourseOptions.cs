namespace DigitalTwin.Models.Courses;

/// <summary>Settings of a <see cref="LinearCourseLearner"/>.</summary>
public sealed record CourseOptions
{
    /// <summary>Times of the grid at most, 2 or more.</summary>
    public int GridCount { get; init; } = 10;

    /// <summary>Inner folds of subjects that choose the penalty, 2 or more.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Penalties tried, 3 or more.</summary>
    public int PenaltyCount { get; init; } = 12;

    /// <summary>Principal components of each layer.</summary>
    public int ComponentCount { get; init; } = 10;
}
