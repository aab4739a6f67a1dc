using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Numerics.Autodiff;

/// <summary>A NaN or an infinite number turned up; the message names the tensor, the place and, where rows stand for patients, the patient's number in the batch.</summary>
public sealed class NonFiniteException : ArithmeticException
{
    private NonFiniteException(string message, string tensor, int? patient, string? subject = null, Exception? cause = null)
        : base(message, cause)
    {
        (Tensor, Patient, Subject) = (tensor, patient, subject);
    }

    /// <summary>Name of the first offending tensor.</summary>
    public string Tensor { get; }

    /// <summary>Number of the patient in the batch, from 0; null where rows do not stand for patients.</summary>
    public int? Patient { get; }

    /// <summary>Name of the patient's subject, where the one who noticed knew it.</summary>
    public string? Subject { get; }

    /// <summary>A fault in data, before any computing.</summary>
    /// <param name="tensor">Name of the data.</param>
    /// <param name="subject">Whose.</param>
    /// <param name="row">Row of the subject.</param>
    /// <param name="column">Column.</param>
    /// <param name="value">What is there.</param>
    public static NonFiniteException InInput(string tensor, string subject, int row, int column, float value) =>
        new($"Input '{tensor}' of subject '{subject}' is {value} at row {row}, column {column}. Impute missing values first, or leave the subject out.", tensor, null, subject);

    /// <summary>A fault met in training, with the step and the subject.</summary>
    public static NonFiniteException InTraining(NonFiniteException cause, long step, string? subject)
    {
        ArgumentNullException.ThrowIfNull(cause);
        var whose = subject is null ? "" : $" The patient is subject '{subject}'.";
        return new($"Step {step} was not made. {cause.Message}{whose}", cause.Tensor, cause.Patient, subject, cause);
    }

    /// <summary>A fault in the numbers of a tensor.</summary>
    public static NonFiniteException InValue(string tensor, MatrixView view, long place, int patientCount) => Of("value", tensor, view, place, patientCount);

    /// <summary>A fault in the gradient of a tensor.</summary>
    public static NonFiniteException InGradient(string tensor, MatrixView view, long place, int patientCount) => Of("gradient", tensor, view, place, patientCount);

    private static NonFiniteException Of(string what, string tensor, MatrixView view, long place, int patientCount)
    {
        var (row, column) = (place / view.Columns, place % view.Columns);
        var rowsOfOne = patientCount > 0 && view.Rows % patientCount == 0 ? view.Rows / patientCount : 0;
        int? patient = rowsOfOne > 0 ? (int)(row / rowsOfOne) : null;
        var where = patient is null ? $"row {row}, column {column}" : $"patient {patient}, row {row % rowsOfOne} of {rowsOfOne}, column {column}";
        return new NonFiniteException($"The {what} of '{tensor}' {view.ShapeText} is not finite at {where}. Look for missing or extreme inputs, or lower the learning rate.", tensor, patient);
    }
}
