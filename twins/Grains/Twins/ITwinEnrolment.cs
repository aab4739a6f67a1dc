using DigitalTwin.Contracts;
using Orleans.Concurrency;

namespace DigitalTwin.Grains;

/// <summary>The door of a twin that only its study uses. The study decides; the twin obeys and saves.</summary>
[Alias("dt.ITwinEnrolment")]
internal interface ITwinEnrolment : IGrainWithStringKey
{
    /// <summary>Becomes the twin of the subject. Repeating it changes nothing.</summary>
    [Alias("Enrol")]
    Task Enrol(SubjectEnrolment subject, AdoptedModel? model);

    /// <summary>Forecasts with that model from now on. Repeating it changes nothing.</summary>
    [Alias("Adopt")]
    Task Adopt(AdoptedModel model);

    /// <summary>What the study trains on.</summary>
    [AlwaysInterleave]
    [Alias("Contribute")]
    Task<SubjectEnrolment> Contribute();
}
