using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>How the simulated trial is run.</summary>
/// <param name="TreatedCount">Virtual subjects in the treated arm, at least 2.</param>
/// <param name="ControlCount">Virtual subjects in the control arm, at least 2.</param>
/// <param name="Accrual">Subjects enter uniformly over this time; zero when all start together.</param>
/// <param name="FollowUp">From the last entry to the end of the trial.</param>
/// <param name="DropoutPerYear">Constant hazard of leaving early, per year; 0 for none.</param>
/// <param name="Horizon">Follow-up beyond this is not analysed (time-to-event endpoints); the forecasts' own horizon.</param>
public sealed record TrialDesign(
    int TreatedCount, int ControlCount, Duration Accrual, Duration FollowUp, double DropoutPerYear, Duration? Horizon)
{
    /// <exception cref="ArgumentOutOfRangeException">A size, time or rate is out of range.</exception>
    internal void Require()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TreatedCount, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(ControlCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegative(Accrual.Days);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(FollowUp.Days);
        ArgumentOutOfRangeException.ThrowIfNegative(DropoutPerYear);
        if (!double.IsFinite(DropoutPerYear))
        {
            throw new ArgumentOutOfRangeException(nameof(DropoutPerYear), DropoutPerYear, "A dropout rate is a finite number of exits per subject-year.");
        }
    }
}
