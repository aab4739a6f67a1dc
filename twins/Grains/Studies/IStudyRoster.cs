using DigitalTwin.Contracts;
using Orleans.Concurrency;

namespace DigitalTwin.Grains;

/// <summary>The door of a study that only its training uses.</summary>
[Alias("dt.IStudyRoster")]
internal interface IStudyRoster : IGrainWithStringKey
{
    /// <summary>Every subject enrolled, in ordinal order of their ids.</summary>
    [AlwaysInterleave]
    [Alias("Roster")]
    Task<RosterEntry[]> Roster();
}
