namespace DigitalTwin.Models.Prediction;

/// <summary>What a model expects of some subjects. One subclass a kind of outcome.</summary>
public abstract record OutcomePredictions
{
    /// <summary>Number of subjects.</summary>
    public abstract int Count { get; }

    /// <summary>Those of the chosen subjects.</summary>
    public abstract OutcomePredictions Take(ReadOnlySpan<int> subjects);

    private protected static double[] Rows(double[] values, int width, ReadOnlySpan<int> subjects)
    {
        var taken = new double[subjects.Length * width];
        for (var i = 0; i < subjects.Length; i++)
        {
            values.AsSpan(subjects[i] * width, width).CopyTo(taken.AsSpan(i * width));
        }

        return taken;
    }
}

/// <summary>Probabilities of the classes of a binary (0: did not occur, 1: occurred), categorical or ordinal outcome.</summary>
/// <param name="Values">Row-major, shape [subjects, classes]; each row sums to 1.</param>
/// <param name="ClassCount">2 for a binary outcome.</param>
public sealed record ClassProbabilities(double[] Values, int ClassCount) : OutcomePredictions
{
    public override int Count => Values.Length / ClassCount;

    public double this[int subject, int level] => Values[(subject * ClassCount) + level];

    public override OutcomePredictions Take(ReadOnlySpan<int> subjects) => new ClassProbabilities(Rows(Values, ClassCount, subjects), ClassCount);
}

/// <summary>Survival of each subject on one grid of times; a step function that holds its value until the next time.</summary>
/// <param name="GridDays">Shape [times], days, ascending from 0.</param>
/// <param name="Survival">Row-major, shape [subjects, times]; starts at 1 and never rises.</param>
/// <param name="Risk">Shape [subjects]; a higher number means an earlier event, on any scale: what Harrell's C ranks by.</param>
public sealed record SurvivalPredictions(double[] GridDays, double[] Survival, double[] Risk) : OutcomePredictions
{
    public override int Count => Risk.Length;

    /// <summary>Survival of a subject at a time in days; that of the last grid time beyond it.</summary>
    public double At(int subject, double days) => Survival[(subject * GridDays.Length) + Place(GridDays, days)];

    /// <summary>The last grid time that is not after a time; the first where all are.</summary>
    internal static int Place(double[] gridDays, double days)
    {
        var place = Array.BinarySearch(gridDays, days);
        return place >= 0 ? place : Math.Max(0, ~place - 1);
    }

    public override OutcomePredictions Take(ReadOnlySpan<int> subjects) =>
        new SurvivalPredictions(GridDays, Rows(Survival, GridDays.Length, subjects), Rows(Risk, 1, subjects));
}

/// <summary>Cumulative incidence of each kind of event on one grid of times.</summary>
/// <param name="GridDays">Shape [times], days, ascending from 0.</param>
/// <param name="Incidence">Row-major, shape [subjects, events, times]; starts at 0, never falls, and sums over events to at most 1.</param>
/// <param name="EventCount">Kinds of event.</param>
public sealed record CumulativeIncidencePredictions(double[] GridDays, double[] Incidence, int EventCount) : OutcomePredictions
{
    public override int Count => Incidence.Length / (EventCount * GridDays.Length);

    public override OutcomePredictions Take(ReadOnlySpan<int> subjects) =>
        new CumulativeIncidencePredictions(GridDays, Rows(Incidence, EventCount * GridDays.Length, subjects), EventCount);
}

/// <summary>A continuous outcome.</summary>
/// <param name="Mean">Shape [subjects], in the outcome's unit.</param>
/// <param name="StandardDeviation">Shape [subjects]; of one new value around its mean, in the outcome's unit.</param>
public sealed record ContinuousPredictions(double[] Mean, double[] StandardDeviation) : OutcomePredictions
{
    public override int Count => Mean.Length;

    public override OutcomePredictions Take(ReadOnlySpan<int> subjects) =>
        new ContinuousPredictions(Rows(Mean, 1, subjects), Rows(StandardDeviation, 1, subjects));
}
