namespace DigitalTwin.Numerics.Compute;

/// <summary>How many patients go at a time, so that their numbers fit in memory: as few batches as fit, sizes that differ by at most one patient, in the order
/// of the patients. It follows from its arguments alone.</summary>
/// <remarks>Gradients of batches are added up, so a loss must be a sum over patients that is divided once. Sums over patients then run batch by batch:
/// the same plan gives the same bytes, another plan the same numbers to rounding.</remarks>
public readonly record struct PatientBatchPlan
{
    private PatientBatchPlan(int patientCount, int batchCount) => (PatientCount, BatchCount) = (patientCount, batchCount);

    public int PatientCount { get; }

    /// <summary>0 without patients.</summary>
    public int BatchCount { get; }

    /// <summary>Patients of the largest batch: what buffers must hold.</summary>
    public int LargestBatch => BatchCount == 0 ? 0 : (PatientCount + BatchCount - 1) / BatchCount;

    /// <summary>First patient of a batch, and its count of patients.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such batch.</exception>
    public (int First, int Count) this[int batch]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(batch);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, BatchCount);
            var first = (int)((long)batch * PatientCount / BatchCount);
            return (first, (int)((batch + 1L) * PatientCount / BatchCount) - first);
        }
    }

    /// <summary>The plan with the fewest batches.</summary>
    /// <param name="patientCount">Patients; not negative.</param>
    /// <param name="bytesPerPatient">What one patient needs at the most: values, gradients and what is kept for them, in bytes; positive.</param>
    /// <param name="fixedBytes">What is needed however few patients there are: parameters, their moments, the graph, in bytes.</param>
    /// <param name="freeBytes">What can be rented, in bytes; see <see cref="MemoryReport.FreeBytes"/>.</param>
    /// <param name="device">Name for the error; see <see cref="IComputeBackend.Name"/>.</param>
    /// <exception cref="InsufficientDeviceMemoryException">Not even one patient fits.</exception>
    public static PatientBatchPlan For(int patientCount, long bytesPerPatient, long fixedBytes, long freeBytes, string device = "The device")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(patientCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytesPerPatient);
        ArgumentOutOfRangeException.ThrowIfNegative(fixedBytes);
        if (patientCount == 0)
        {
            return new PatientBatchPlan(0, 0);
        }

        var fitting = (freeBytes - fixedBytes) / bytesPerPatient;
        if (freeBytes < fixedBytes || fitting < 1)
        {
            throw new InsufficientDeviceMemoryException(device, fixedBytes + bytesPerPatient, freeBytes);
        }

        return new PatientBatchPlan(patientCount, (int)((patientCount + Math.Min(fitting, patientCount) - 1) / Math.Min(fitting, patientCount)));
    }
}
