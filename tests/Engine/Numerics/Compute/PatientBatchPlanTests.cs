using CsCheck;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

public sealed class PatientBatchPlanTests
{
    [Theory]
    [InlineData(1000, 40_500, 1)]
    [InlineData(1000, 40_499, 2)]
    [InlineData(1000, 13_860, 3)]
    [InlineData(1000, 540, 1000)]
    [InlineData(1, 540, 1)]
    public void ClosedForm_FewestBatchesThatFit(int patients, long freeBytes, int batches) =>
        Assert.Equal(batches, PatientBatchPlan.For(patients, bytesPerPatient: 40, fixedBytes: 500, freeBytes).BatchCount);

    [Fact]
    public void Property_BatchesCoverEachPatientOnce_AreEqualToOnePatient_AndFit() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Long[1, 1 << 20], Gen.Long[0, 1 << 20], Gen.Long[1, 1L << 32]).Sample((patients, each, constant, spare) =>
        {
            var free = constant + each + spare;
            var plan = PatientBatchPlan.For(patients, each, constant, free);
            var next = 0;
            for (var b = 0; b < plan.BatchCount; b++)
            {
                var (first, count) = plan[b];
                Assert.Equal(next, first);
                Assert.InRange(count, plan.LargestBatch - 1, plan.LargestBatch);
                Assert.True(constant + (count * each) <= free);
                next += count;
            }

            Assert.Equal(patients, next);
            // One batch less would not fit.
            Assert.True(plan.BatchCount == 1 || constant + (((patients + plan.BatchCount - 2) / (plan.BatchCount - 1)) * each) > free);
        });

    [Fact]
    public void ClosedForm_NoPatientsNeedNoBatch() => Assert.Equal(0, PatientBatchPlan.For(0, 1, 100, 0).BatchCount);

    [Fact]
    public void Error_OnePatientThatDoesNotFit_NamesNeededAndFreeBytes()
    {
        var error = Assert.Throws<InsufficientDeviceMemoryException>(() => PatientBatchPlan.For(10, 600, 500, 1000, "Card 0"));
        Assert.Equal((1100, 1000), (error.NeededBytes, error.FreeBytes));
        Assert.StartsWith("Card 0 has 1000 bytes free, and 1100 are needed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ABatchThatIsNotThere() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PatientBatchPlan.For(10, 1, 0, 5)[2]);
}
