namespace DigitalTwin.Vocabulary;

/// <summary>The outcome of every subject of a trial, by kind of endpoint.</summary>
public abstract record OutcomeData
{
    public abstract EndpointKind Kind { get; }

    public abstract int Count { get; }

    public abstract OutcomeData Take(ReadOnlySpan<int> subjects);

    private protected static T[] Pick<T>(T[] source, ReadOnlySpan<int> subjects)
    {
        var taken = new T[subjects.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = source[subjects[i]];
        }

        return taken;
    }
}

/// <summary>Follow-up cut at the horizon: an event after the horizon counts as censored at the horizon.</summary>
/// <param name="Days">Shape [subjects], days, finite and not negative.</param>
/// <param name="HadEvent">Shape [subjects].</param>
/// <param name="Horizon">End of the follow-up that is analysed.</param>
public sealed record SurvivalOutcome(double[] Days, bool[] HadEvent, Duration Horizon) : OutcomeData
{
    public override EndpointKind Kind => EndpointKind.TimeToEvent;

    public override int Count => Days.Length;

    public override OutcomeData Take(ReadOnlySpan<int> subjects) =>
        new SurvivalOutcome(Pick(Days, subjects), Pick(HadEvent, subjects), Horizon);
}

/// <param name="Occurred">Shape [subjects].</param>
public sealed record BinaryOutcome(bool[] Occurred) : OutcomeData
{
    public override EndpointKind Kind => EndpointKind.Binary;

    public override int Count => Occurred.Length;

    public override OutcomeData Take(ReadOnlySpan<int> subjects) => new BinaryOutcome(Pick(Occurred, subjects));
}

/// <param name="Values">Shape [subjects], in <paramref name="Unit"/>, finite.</param>
/// <param name="Unit">UCUM code.</param>
public sealed record ContinuousOutcome(double[] Values, string Unit) : OutcomeData
{
    public override EndpointKind Kind => EndpointKind.Continuous;

    public override int Count => Values.Length;

    public override OutcomeData Take(ReadOnlySpan<int> subjects) => new ContinuousOutcome(Pick(Values, subjects), Unit);
}

/// <summary>One of several classes, in an order or without.</summary>
/// <param name="Codes">Shape [subjects], each an index into <paramref name="Levels"/>.</param>
/// <param name="Levels">At least two; from low to high when ordered.</param>
/// <param name="IsOrdered">Whether the order of the levels means anything.</param>
public sealed record CategoricalOutcome(int[] Codes, IReadOnlyList<string> Levels, bool IsOrdered) : OutcomeData
{
    public override EndpointKind Kind => IsOrdered ? EndpointKind.Ordinal : EndpointKind.Categorical;

    public override int Count => Codes.Length;

    public override OutcomeData Take(ReadOnlySpan<int> subjects) => new CategoricalOutcome(Pick(Codes, subjects), Levels, IsOrdered);
}

/// <summary>Follow-up to the first of several kinds of event, cut at the horizon.</summary>
/// <param name="Days">Shape [subjects], days, finite and not negative.</param>
/// <param name="Status">Shape [subjects]; 0 censored, k the event <c>Events[k - 1]</c>.</param>
/// <param name="Events">Names of the kinds of event.</param>
/// <param name="Horizon">End of the follow-up that is analysed.</param>
public sealed record CompetingRisksOutcome(double[] Days, byte[] Status, IReadOnlyList<string> Events, Duration Horizon) : OutcomeData
{
    public override EndpointKind Kind => EndpointKind.CompetingRisks;

    public override int Count => Days.Length;

    public override OutcomeData Take(ReadOnlySpan<int> subjects) =>
        new CompetingRisksOutcome(Pick(Days, subjects), Pick(Status, subjects), Events, Horizon);
}
