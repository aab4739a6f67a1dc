using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>Reads the cumulative incidence of a subject, kind of event and day from predictions of another model.</summary>
internal static class StartIncidence
{
    /// <exception cref="ArgumentException">The predictions are of another kind of outcome.</exception>
    public static Func<int, int, double, double> Of(OutcomePredictions start, bool isCompeting, int eventCount)
    {
        if (!isCompeting)
        {
            var survival = StartPredictions.Of<SurvivalPredictions>(start);
            return (subject, _, days) => 1 - survival.At(subject, days);
        }

        var incidence = StartPredictions.Of<CumulativeIncidencePredictions>(start);
        if (incidence.EventCount != eventCount)
        {
            throw new ArgumentException($"The network starts from the incidence of {eventCount} kinds of event, and was given {incidence.EventCount}.", nameof(start));
        }

        return (subject, kind, days) =>
        {
            var place = Array.BinarySearch(incidence.GridDays, days);
            var column = place >= 0 ? place : Math.Max(0, ~place - 1);
            return incidence.Incidence[(((subject * eventCount) + kind) * incidence.GridDays.Length) + column];
        };
    }
}
