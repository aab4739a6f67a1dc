using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

public sealed class StudyGrainTests
{
    [Fact]
    public async Task Property_AResentEnrolmentIsAnsweredNotAppliedTwice()
    {
        await using var silo = await TestSilo.Start();
        await silo.StudyGrain.Open(SmallStudy.Plan);
        var batch = new EnrolmentBatch(SmallStudy.Enrolment, SmallStudy.Subjects(20));

        var first = await silo.StudyGrain.Enrol(batch);
        var second = await silo.StudyGrain.Enrol(batch);

        Assert.Equal(new EnrolmentReceipt(SmallStudy.Enrolment, 20, 20, WasRepeated: false), first);
        Assert.Equal(new EnrolmentReceipt(SmallStudy.Enrolment, 20, 20, WasRepeated: true), second);
    }

    [Fact]
    public async Task Error_AnOperationIdStandsForOneRequest()
    {
        await using var silo = await TestSilo.Start();
        await silo.StudyGrain.Open(SmallStudy.Plan);
        var subjects = SmallStudy.Subjects(4);
        await silo.StudyGrain.Enrol(new EnrolmentBatch(SmallStudy.Enrolment, subjects));

        subjects[3] = subjects[3] with { Covariates = [99, 0] };
        await Assert.ThrowsAsync<StudyConflictException>(() => silo.StudyGrain.Enrol(new EnrolmentBatch(SmallStudy.Enrolment, subjects)));
        var again = await Assert.ThrowsAsync<StudyConflictException>(() => silo.StudyGrain.Enrol(new EnrolmentBatch(new OperationId("other"), subjects)));
        Assert.Contains("'S0000' is enrolled already", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AnotherPlanIsRefused_TheSamePlanIsNot()
    {
        await using var silo = await TestSilo.Start();
        await silo.StudyGrain.Open(SmallStudy.Plan);
        await silo.StudyGrain.Open(SmallStudy.Plan with { Columns = [.. SmallStudy.Plan.Columns] });
        await Assert.ThrowsAsync<StudyConflictException>(() => silo.StudyGrain.Open(SmallStudy.Plan with { Horizon = Duration.FromDays(5) }));
    }

    [Fact]
    public async Task Error_ABatchWithOneBadSubjectEnrolsNobody_AndNamesNoValue()
    {
        await using var silo = await TestSilo.Start();
        await silo.StudyGrain.Open(SmallStudy.Plan);
        foreach (var (spoil, message) in Spoilers())
        {
            var subjects = SmallStudy.Subjects(5);
            subjects[4] = spoil(subjects[4]);
            var refused = await Assert.ThrowsAsync<InvalidRequestException>(() => silo.StudyGrain.Enrol(new EnrolmentBatch(SmallStudy.Enrolment, subjects)));
            Assert.Contains(message, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("-777", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, (await silo.StudyGrain.Summarize()).SubjectCount);
    }

    [Fact]
    public async Task Property_PagesCoverTheRosterInOrderOfIds_WhateverTheOrderOfEnrolment()
    {
        await using var silo = await TestSilo.Start();
        await silo.StudyGrain.Open(SmallStudy.Plan);
        var subjects = SmallStudy.Subjects(50);
        await silo.StudyGrain.Enrol(new EnrolmentBatch(new OperationId("late"), [.. subjects.Skip(20).Reverse()]));
        await silo.StudyGrain.Enrol(new EnrolmentBatch(new OperationId("early"), [.. subjects.Take(20)]));

        var seen = new List<SubjectId>();
        SubjectPage page;
        SubjectId? after = null;
        do
        {
            page = await silo.StudyGrain.List(after, 7);
            seen.AddRange(page.Subjects.Select(s => s.Subject));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(subjects.Select(s => s.Subject), seen);
        await Assert.ThrowsAsync<InvalidRequestException>(() => silo.StudyGrain.List(null, 0));
        await Assert.ThrowsAsync<InvalidRequestException>(() => silo.StudyGrain.List(null, SubjectPage.MaximumSubjects + 1));
    }

    [Fact]
    public async Task Property_TheModelDoesNotDependOnTheOrderOfEnrolment()
    {
        var forward = await Trained(SmallStudy.Subjects(40));
        var backward = await Trained([.. SmallStudy.Subjects(40).Reverse()]);
        Assert.Equal(forward.Hash, backward.Hash);
    }

    [Fact]
    public async Task Property_SubjectsWithoutOutcomeAreForecastButNeverTrainTheModel()
    {
        await using var silo = await TestSilo.Start();
        await silo.Study.OpenAsync(SmallStudy.Plan);
        var subjects = SmallStudy.Subjects(10);
        subjects[9] = subjects[9] with { Outcome = null };
        await silo.Study.EnrolAsync(SmallStudy.Enrolment, subjects);

        var model = await silo.Study.TrainAsync(SmallStudy.Training);
        var summary = await silo.Study.SummarizeAsync();

        Assert.Equal(9, model.TrainingSubjectCount);
        Assert.Equal([new ArmSummary(SmallStudy.Treated, 5, 5), new ArmSummary(SmallStudy.Control, 5, 4)], summary.Arms);
        Assert.Equal(model.Hash, (await silo.Client.ForecastAsync(SmallStudy.Key(9), SmallStudy.Control)).ModelHash);
    }

    private static async Task<ModelDescription> Trained(SubjectEnrolment[] subjects)
    {
        await using var silo = await TestSilo.Start();
        await silo.Study.OpenAsync(SmallStudy.Plan);
        await silo.Study.EnrolAsync(SmallStudy.Enrolment, subjects);
        return await silo.Study.TrainAsync(SmallStudy.Training);
    }

    private static IEnumerable<(Func<SubjectEnrolment, SubjectEnrolment> Spoil, string Message)> Spoilers() =>
    [
        (s => s with { Covariates = [double.NaN, 0] }, "Covariate 'age' of subject 'S0004'"),
        (s => s with { Covariates = [1] }, "1 covariates"),
        (s => s with { Arm = new ArmId("placebo") }, "'placebo'"),
        (s => s with { Subject = new SubjectId("") }, "1 to 200"),
        (s => s with { Subject = SmallStudy.Subject(0) }, "twice"),
        (s => s with { Outcome = new ObservedBinary(true) }, "another kind"),
        (s => s with { Outcome = new ObservedSurvival(-777, true) }, "negative time"),
    ];
}
