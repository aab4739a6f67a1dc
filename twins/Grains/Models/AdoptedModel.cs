using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>The model a twin forecasts with: its name, not its bytes.</summary>
/// <param name="Kind">Kind of model, which names its reader.</param>
/// <param name="Hash">SHA-256 (hex) of its parameters.</param>
/// <param name="Arms">Arms it can forecast under.</param>
/// <param name="Horizon">Farthest horizon of the study.</param>
/// <param name="OutcomeUnit">UCUM code of a continuous endpoint; empty otherwise.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.AdoptedModel")]
internal sealed record AdoptedModel(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Hash,
    [property: Id(2)] ArmId[] Arms,
    [property: Id(3)] Duration Horizon,
    [property: Id(4)] string OutcomeUnit)
{
    /// <exception cref="UnknownArmException">The model does not know the arm.</exception>
    public void RequireArm(ArmId arm)
    {
        if (!Arms.Contains(arm))
        {
            throw new UnknownArmException(arm, Arms);
        }
    }

    /// <summary>The horizon asked for, or the study's.</summary>
    /// <exception cref="HorizonOutOfRangeException">Not positive, or past the study's.</exception>
    public Duration RequireHorizon(Duration? requested)
    {
        var horizon = requested ?? Horizon;
        return horizon.Days > 0 && horizon <= Horizon ? horizon : throw new HorizonOutOfRangeException(horizon, Horizon);
    }
}
