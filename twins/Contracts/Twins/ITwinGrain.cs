using DigitalTwin.Vocabulary;
using Orleans.Concurrency;

namespace DigitalTwin.Contracts;

/// <summary>The twin of one subject, answering for itself. Keyed by <see cref="TwinKey"/>, <c>study/subject</c>.
/// It only reads: every request may be sent again.</summary>
[Alias("dt.ITwinGrain")]
public interface ITwinGrain : IGrainWithStringKey
{
    /// <summary>What the twin knows of its subject.</summary>
    /// <exception cref="UnknownSubjectException">No such subject was enrolled.</exception>
    [AlwaysInterleave]
    [Alias("Describe")]
    Task<TwinDescription> Describe();

    /// <summary>What the twin expects under one arm.</summary>
    /// <exception cref="UnknownSubjectException">No such subject was enrolled.</exception>
    /// <exception cref="NotTrainedException">The study has no model yet.</exception>
    /// <exception cref="UnknownArmException">The model cannot forecast under that arm.</exception>
    /// <exception cref="HorizonOutOfRangeException">The horizon is not positive or passes the study's.</exception>
    [AlwaysInterleave]
    [Alias("Forecast")]
    Task<TwinForecast> Forecast(ForecastRequest request);

    /// <summary>The twin under several arms, each compared with the first.</summary>
    /// <param name="arms">2 to <see cref="TwinComparison.MaximumArms"/> different arms; the first is the reference.</param>
    /// <param name="horizon">End of the forecasts; null means the study's horizon.</param>
    /// <exception cref="InvalidRequestException">Fewer than 2 arms, too many, or one twice.</exception>
    /// <exception cref="UnknownSubjectException">No such subject was enrolled.</exception>
    /// <exception cref="NotTrainedException">The study has no model yet.</exception>
    /// <exception cref="UnknownArmException">The model cannot forecast under one of the arms.</exception>
    /// <exception cref="HorizonOutOfRangeException">The horizon is not positive or passes the study's.</exception>
    [AlwaysInterleave]
    [Alias("Compare")]
    Task<TwinComparison> Compare(ArmId[] arms, Duration? horizon);

    /// <summary>Why the twin forecasts what it does under one arm.</summary>
    /// <exception cref="UnknownSubjectException">No such subject was enrolled.</exception>
    /// <exception cref="NotTrainedException">The study has no model yet.</exception>
    /// <exception cref="UnknownArmException">The model cannot forecast under that arm.</exception>
    [AlwaysInterleave]
    [Alias("Explain")]
    Task<TwinExplanation> Explain(ArmId arm);
}
