using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

/// <summary>A study the tests enrol: half the subjects treated, follow-up 100 days longer there.</summary>
internal static class SmallStudy
{
    public static readonly StudyId Id = new("small");
    public static readonly ArmId Treated = new("hormone");
    public static readonly ArmId Control = new("control");
    public static readonly OperationId Enrolment = new("enrol-1");
    public static readonly TrainingRequest Training = new(new OperationId("train-1"), 7);

    public static StudyPlan Plan { get; } = new(
        "Small study",
        Treated,
        Control,
        EndpointKind.TimeToEvent,
        "",
        Duration.FromDays(1000),
        [new CovariateColumn("age", null, "Age", false, "a"), new CovariateColumn("grade", "3", "Grade 3", true, "")],
        "fake-linear");

    public static SubjectId Subject(int i) => new($"S{i:0000}");

    public static TwinKey Key(int i) => new(Id, Subject(i));

    public static SubjectEnrolment[] Subjects(int count) => [.. Enumerable.Range(0, count).Select(i => new SubjectEnrolment(
        Subject(i), i % 2 == 0 ? Treated : Control, [i % 10, i % 3 == 0 ? 1 : 0], new ObservedSurvival(300 + (i % 2 == 0 ? 100 : 0) + (i % 50), i % 4 != 0)))];

    /// <summary>Opens, enrols and trains; doing it again on the same state changes nothing.</summary>
    public static async Task<ModelDescription> SetUp(TwinClient client, int count)
    {
        var study = client.Study(Id);
        await study.OpenAsync(Plan);
        await study.EnrolAsync(Enrolment, Subjects(count));
        return await study.TrainAsync(Training);
    }
}
