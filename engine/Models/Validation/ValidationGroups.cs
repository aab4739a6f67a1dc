namespace DigitalTwin.Models.Validation;

/// <summary>How many groups a calibration curve may have.</summary>
internal static class ValidationGroups
{
    private const int SubjectsPerGroup = 25;

    /// <summary>Between 2 and 10, with about 25 subjects a group.</summary>
    public static int Count(int subjectCount) => Math.Clamp(subjectCount / SubjectsPerGroup, 2, 10);

    /// <summary>Rows in ascending order of the prediction, cut into groups of nearly equal size.</summary>
    public static IEnumerable<int[]> Of(double[] predictions)
    {
        var order = Enumerable.Range(0, predictions.Length).OrderBy(i => predictions[i]).ToArray();
        var count = Count(predictions.Length);
        for (var g = 0; g < count; g++)
        {
            yield return order[(int)((long)g * order.Length / count)..(int)((long)(g + 1) * order.Length / count)];
        }
    }
}
