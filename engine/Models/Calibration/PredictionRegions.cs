namespace DigitalTwin.Models.Calibration;

/// <summary>What is stated to hold the outcome of each of some subjects. One subclass a kind of outcome.</summary>
public abstract record PredictionRegions
{
    /// <summary>Number of subjects.</summary>
    public abstract int Count { get; }

    /// <summary>Those of the chosen subjects; in a bootstrap a subject may be chosen more than once.</summary>
    public abstract PredictionRegions Take(ReadOnlySpan<int> subjects);

    private protected static T[] Pick<T>(T[] values, ReadOnlySpan<int> subjects)
    {
        var taken = new T[subjects.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = values[subjects[i]];
        }

        return taken;
    }
}

/// <summary>Intervals of a continuous outcome.</summary>
/// <param name="Lower">Shape [subjects], in the outcome's unit.</param>
/// <param name="Upper">Shape [subjects], in the outcome's unit.</param>
public sealed record IntervalRegions(double[] Lower, double[] Upper) : PredictionRegions
{
    public override int Count => Lower.Length;

    public override PredictionRegions Take(ReadOnlySpan<int> subjects) => new IntervalRegions(Pick(Lower, subjects), Pick(Upper, subjects));
}

/// <summary>Sets of classes.</summary>
/// <param name="Classes">Shape [subjects][classes of the set], each from 0.</param>
public sealed record ClassRegions(IReadOnlyList<int>[] Classes) : PredictionRegions
{
    public override int Count => Classes.Length;

    public override PredictionRegions Take(ReadOnlySpan<int> subjects) => new ClassRegions(Pick(Classes, subjects));
}

/// <summary>Times that events are stated not to come before.</summary>
/// <param name="Days">Shape [subjects].</param>
/// <param name="Followed">Probability that each subject is followed to the end of its own follow-up, in (0, 1], shape [subjects]: what an event seen counts for.</param>
public sealed record TimeRegions(double[] Days, double[] Followed) : PredictionRegions
{
    public override int Count => Days.Length;

    public override PredictionRegions Take(ReadOnlySpan<int> subjects) => new TimeRegions(Pick(Days, subjects), Pick(Followed, subjects));
}
