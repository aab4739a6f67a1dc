using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>A subject as its twin sees it: the forecast under each arm, member paired with member.</summary>
/// <param name="Subject">The subject the forecasts are of.</param>
/// <param name="UnderTreatment">Forecast under the treated arm.</param>
/// <param name="UnderControl">Forecast under the control arm, of the same kind and with as many members.</param>
public sealed record VirtualSubject(SubjectId Subject, OutcomeForecast UnderTreatment, OutcomeForecast UnderControl)
{
    /// <summary>Number of ensemble members of both forecasts.</summary>
    /// <exception cref="ArgumentException">The two forecasts differ in kind or in members.</exception>
    internal int MemberCount()
    {
        var treated = CountMembers(UnderTreatment);
        if (UnderTreatment.GetType() != UnderControl.GetType() || treated != CountMembers(UnderControl) || treated == 0)
        {
            throw new ArgumentException($"The two forecasts of subject {Subject} must be of one kind with the same members.");
        }

        return treated;
    }

    private static int CountMembers(OutcomeForecast forecast) => forecast switch
    {
        SurvivalForecast survival => survival.Members.Length,
        BinaryForecast binary => binary.Members.Length,
        ContinuousForecast continuous => continuous.Members.Length,
        _ => throw new ArgumentException($"Unknown forecast {forecast.GetType().Name}."),
    };
}
