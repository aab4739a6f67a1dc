using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>No such subject is enrolled in the study, or there is no such study.</summary>
[GenerateSerializer]
[Alias("dt.UnknownSubjectException")]
public sealed class UnknownSubjectException(StudyId study, SubjectId subject)
    : TwinServiceException($"Study '{study}' has no subject '{subject}'. List its subjects to see their ids.")
{
    [Id(0)]
    public StudyId Study { get; } = study;

    [Id(1)]
    public SubjectId Subject { get; } = subject;
}

/// <summary>The model cannot forecast under that arm.</summary>
[GenerateSerializer]
[Alias("dt.UnknownArmException")]
public sealed class UnknownArmException(ArmId arm, ArmId[] known)
    : TwinServiceException($"There is no arm '{arm}'. The model knows: {string.Join(", ", known.Select(a => $"'{a}'"))}.")
{
    [Id(0)]
    public ArmId Arm { get; } = arm;

    /// <summary>Arms the model can forecast under.</summary>
    [Id(1)]
    public ArmId[] Known { get; } = known;
}

/// <summary>The horizon is not positive or passes the study's follow-up.</summary>
[GenerateSerializer]
[Alias("dt.HorizonOutOfRangeException")]
public sealed class HorizonOutOfRangeException(Duration requested, Duration maximum)
    : TwinServiceException(string.Create(
        CultureInfo.InvariantCulture,
        $"A horizon of {requested.Days} days is out of range: it must be more than 0 and at most {maximum.Days} days, the study's horizon."))
{
    [Id(0)]
    public Duration Requested { get; } = requested;

    /// <summary>Farthest horizon the study's follow-up allows.</summary>
    [Id(1)]
    public Duration Maximum { get; } = maximum;
}
