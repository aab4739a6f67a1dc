namespace DigitalTwin.Vocabulary;

/// <summary>Endpoints measured at visits, at times of each subject's own, in long form. A visit that did not take place, or where an endpoint was not measured, has no row.</summary>
/// <param name="Endpoints">Names, each once.</param>
/// <param name="Units">UCUM code of each, shape [endpoints].</param>
/// <param name="SubjectCount">Number of subjects; some may have no measurement.</param>
/// <param name="Subjects">Row number of the subject, shape [measurements].</param>
/// <param name="Days">Days from time zero, finite, shape [measurements].</param>
/// <param name="EndpointIndices">Index into <paramref name="Endpoints"/>, shape [measurements].</param>
/// <param name="Values">In the unit of the endpoint, finite, shape [measurements].</param>
public sealed record LongitudinalOutcome(
    IReadOnlyList<string> Endpoints, IReadOnlyList<string> Units, int SubjectCount, int[] Subjects, double[] Days, int[] EndpointIndices, double[] Values) : OutcomeData
{
    public override EndpointKind Kind => EndpointKind.Longitudinal;

    public override int Count => SubjectCount;

    /// <summary>The chosen subjects; their measurements in the order of subject, day, endpoint and value, whatever it was before.</summary>
    public override OutcomeData Take(ReadOnlySpan<int> subjects)
    {
        var newRow = new int[SubjectCount];
        Array.Fill(newRow, -1);
        for (var i = 0; i < subjects.Length; i++)
        {
            newRow[subjects[i]] = i;
        }

        int[] kept = [.. Enumerable.Range(0, Subjects.Length).Where(k => newRow[Subjects[k]] >= 0)];
        Array.Sort([.. kept.Select(k => (newRow[Subjects[k]], Days[k], EndpointIndices[k], Values[k]))], kept);
        return this with
        {
            SubjectCount = subjects.Length,
            Subjects = [.. kept.Select(k => newRow[Subjects[k]])],
            Days = Pick(Days, kept),
            EndpointIndices = Pick(EndpointIndices, kept),
            Values = Pick(Values, kept),
        };
    }
}
