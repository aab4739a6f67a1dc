using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Pseudo-observations: what each subject adds to a Kaplan-Meier estimate of its arm. Their mean is (nearly) the estimate, and they can stand
/// for the outcome, censored or not, in a regression.</summary>
/// <remarks>Source: [Andersen2003]: n theta - (n - 1) theta(-i), taken within each arm; right where censoring depends on nothing but the arm.</remarks>
internal static class PseudoObservations
{
    /// <summary>Pseudo-observations of survival at a time, or of the restricted mean to it.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="outcome">Its outcome.</param>
    /// <param name="measure">Survival difference or restricted mean difference.</param>
    /// <param name="day">The time, days.</param>
    /// <returns>Shape [subjects].</returns>
    public static double[] Of(TrialData trial, SurvivalOutcome outcome, SummaryMeasure measure, double day) =>
        measure == SummaryMeasure.RmstDifference
            ? RestrictedMeans(trial, outcome, day)
            : PseudoSurvival.Of(outcome.Days, outcome.HadEvent, [.. trial.Treated.Select(t => t ? 1 : 0)], day);

    private static double[] RestrictedMeans(TrialData trial, SurvivalOutcome outcome, double day)
    {
        var curves = new WeightedCurves(outcome.Days, outcome.HadEvent, trial.Treated);
        var weights = new double[trial.Count];
        Array.Fill(weights, 1);
        var whole = (Control: Read(false), Treated: Read(true));
        var pseudo = new double[trial.Count];
        for (var i = 0; i < pseudo.Length; i++)
        {
            var arm = trial.Treated[i];
            var size = arm ? trial.TreatedCount : trial.ControlCount;
            weights[i] = 0;
            pseudo[i] = (size * (arm ? whole.Treated : whole.Control)) - ((size - 1) * Read(arm));
            weights[i] = 1;
        }

        return pseudo;

        double Read(bool arm) => curves.RestrictedMean(weights, day, arm);
    }
}
