namespace DigitalTwin.Vocabulary;

/// <summary>Repeated measurements in long form, ordered by subject, then day, then variable.</summary>
/// <param name="variables">The variables observed.</param>
/// <param name="subjects">Shape [observations]; row number of the subject in the cohort.</param>
/// <param name="days">Shape [observations]; days from time zero, finite.</param>
/// <param name="variableIndices">Shape [observations]; index into <paramref name="variables"/>.</param>
/// <param name="values">Shape [observations]; in the variable's unit (level index for categorical), finite.</param>
public sealed class ObservationTable(
    IReadOnlyList<Variable> variables, int[] subjects, double[] days, short[] variableIndices, double[] values)
{
    public IReadOnlyList<Variable> Variables { get; } = variables;

    public ReadOnlySpan<int> Subjects => subjects;

    public ReadOnlySpan<double> Days => days;

    public ReadOnlySpan<short> VariableIndices => variableIndices;

    public ReadOnlySpan<double> Values => values;

    public int Count => values.Length;

    /// <summary>The observations of some variables, told as others.</summary>
    /// <param name="others">The variables they become.</param>
    /// <param name="places">Index into <paramref name="others"/> of each of <see cref="Variables"/>; negative for one that is left out.</param>
    public ObservationTable Choose(IReadOnlyList<Variable> others, short[] places)
    {
        ArgumentNullException.ThrowIfNull(places);
        int[] kept = [.. Enumerable.Range(0, Count).Where(i => places[variableIndices[i]] >= 0)];
        return new ObservationTable(
            others,
            [.. kept.Select(i => subjects[i])],
            [.. kept.Select(i => days[i])],
            [.. kept.Select(i => places[variableIndices[i]])],
            [.. kept.Select(i => values[i])]);
    }

    /// <summary>The observations of the chosen subjects, renumbered to their new rows.</summary>
    /// <param name="chosen">Row numbers in the old cohort, each at most once.</param>
    /// <param name="subjectCount">Number of subjects of the old cohort.</param>
    public ObservationTable Take(ReadOnlySpan<int> chosen, int subjectCount)
    {
        var newRow = new int[subjectCount];
        Array.Fill(newRow, -1);
        for (var i = 0; i < chosen.Length; i++)
        {
            newRow[chosen[i]] = i;
        }

        var kept = new List<int>();
        for (var i = 0; i < subjects.Length; i++)
        {
            if (newRow[subjects[i]] >= 0)
            {
                kept.Add(i);
            }
        }

        kept.Sort((a, b) => newRow[subjects[a]] != newRow[subjects[b]] ? newRow[subjects[a]].CompareTo(newRow[subjects[b]]) : a.CompareTo(b));
        return new ObservationTable(
            Variables,
            [.. kept.Select(i => newRow[subjects[i]])],
            [.. kept.Select(i => days[i])],
            [.. kept.Select(i => variableIndices[i])],
            [.. kept.Select(i => values[i])]);
    }
}
