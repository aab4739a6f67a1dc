using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Explanation;

/// <summary>Explanations are of one subject at a time.</summary>
internal static class OneSubject
{
    /// <exception cref="ArgumentException">There are none or several.</exception>
    public static void Check(SubjectInputs inputs, string parameter)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 1)
        {
            throw new ArgumentException($"There are {inputs.Count} subjects and one is explained at a time. Call Take with its row.", parameter);
        }
    }
}
