namespace DigitalTwin.Models.Evaluation;

/// <summary>Who is learnt from and who is judged. No subject is both.</summary>
public sealed record EvaluationSplit
{
    /// <param name="name">Words for tables: <c>fold 2</c>, <c>repeat 3</c>.</param>
    /// <param name="training">Row numbers, ascending.</param>
    /// <param name="test">Row numbers, ascending.</param>
    /// <exception cref="ArgumentException">A side is empty, or a row stands twice or on both sides.</exception>
    public EvaluationSplit(string name, int[] training, int[] test)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        if (training.Length == 0 || test.Length == 0)
        {
            throw new ArgumentException($"'{name}' has {training.Length} training and {test.Length} test subjects; both sides need some.");
        }

        var seen = new HashSet<int>();
        foreach (var row in training.Concat(test))
        {
            if (!seen.Add(row))
            {
                throw new ArgumentException($"'{name}' holds row {row} twice; a subject is learnt from or judged, never both.");
            }
        }

        (Name, Training, Test) = (name, training, test);
    }

    public string Name { get; }

    public int[] Training { get; }

    public int[] Test { get; }
}
