namespace DigitalTwin.Numerics.Survival;

/// <summary>The integrated Brier score as a sum of weighted squares: whether each subject is free of the event at each time of a grid, and what the square of an error
/// there counts. Summed over times it is the score of a subject; the mean of those is <see cref="BrierScore.Integrated(ReadOnlySpan{double}, ReadOnlySpan{bool}, LinearAlgebra.RowMajorMatrix, ReadOnlySpan{double})"/>.</summary>
/// <remarks>Source: [Graf1999]; a sum of squares of a mixture is quadratic in its weights, which is what stacks survival curves [Golmakani2020].</remarks>
public sealed class BrierTerms
{
    private readonly double[] _targets;
    private readonly double[] _weights;

    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="grid">At least two times, ascending, the last before the longest follow-up.</param>
    /// <exception cref="ArgumentException">Lengths differ, an entry is out of range, or nobody is followed past the grid.</exception>
    public BrierTerms(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> grid)
    {
        SurvivalInput.CheckFollowUp(times, events);
        if (grid.Length < 2 || grid[^1] <= grid[0])
        {
            throw new ArgumentException("The grid needs at least two times, ascending.", nameof(grid));
        }

        var censoring = new CensoringDistribution(times, events);
        if (!(censoring.After(grid[^1]) > 0))
        {
            throw new ArgumentException($"Nobody is followed past {grid[^1]}, the end of the grid.", nameof(grid));
        }

        Grid = grid.ToArray();
        (SubjectCount, _targets, _weights) = (times.Length, new double[times.Length * grid.Length], new double[times.Length * grid.Length]);
        for (var t = 0; t < grid.Length; t++)
        {
            var step = (t > 0 ? grid[t] - grid[t - 1] : 0) + (t < grid.Length - 1 ? grid[t + 1] - grid[t] : 0);
            var share = step / 2 / (grid[^1] - grid[0]);
            var followed = censoring.After(grid[t]);
            for (var i = 0; i < times.Length; i++)
            {
                var isFree = times[i] > grid[t];
                _targets[(i * grid.Length) + t] = isFree ? 1 : 0;
                _weights[(i * grid.Length) + t] = isFree ? share / followed : events[i] ? share / censoring.Before(times[i]) : 0;
            }
        }
    }

    /// <summary>Times, in the unit of follow-up.</summary>
    public double[] Grid { get; }

    public int SubjectCount { get; }

    /// <summary>1 where a subject is free of the event past a time, else 0; row-major, shape [subjects, grid].</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>What the square of an error counts, 0 where the subject is no longer followed; row-major, shape [subjects, grid].</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Score of each subject, shape [subjects]; their mean is the integrated Brier score.</summary>
    /// <param name="survival">Predicted, row-major, shape [subjects, grid].</param>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public double[] Scores(ReadOnlySpan<double> survival)
    {
        SurvivalInput.CheckLength(_targets.Length, survival.Length, nameof(survival));
        var scores = new double[SubjectCount];
        for (var k = 0; k < _targets.Length; k++)
        {
            var error = survival[k] - _targets[k];
            scores[k / Grid.Length] += _weights[k] * error * error;
        }

        return scores;
    }
}
